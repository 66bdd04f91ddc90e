# %% both_changed
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    model.compile("adam", loss)
    return model

# %% flatten_lost
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.GlobalAveragePooling2D(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% loss_by_name
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = "sparse_categorical_crossentropy"
    model.compile("adam", loss)
    return model

# %% not_compiled
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return model

# %% one_hot_loss
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% relu_lost
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% relu_on_logits
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="relu")]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% sigmoid
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="sigmoid")]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% smoothed
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    model.compile("adam", loss)
    return model

# %% softmax_layer_for_activation
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10), layers.Softmax()]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% softmax_twice_in_the_model
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10), layers.Softmax(), layers.Softmax()]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    model.compile("adam", loss)
    return model

# %% stride_lost
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 1, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% unchanged
def mended_c():
    """Return the third model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="softmax")]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model
