# %% averaged
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.GlobalAveragePooling2D(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% channels_before_pixels
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Permute((3, 1, 2)), layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% dense_then_flatten_then_dense
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Dense(10), layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% flattened_after_dense
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Dense(10), layers.Flatten()]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% flattened_first
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% logits_not_declared
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    model.compile("adam", loss)
    return model

# %% maximum
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.GlobalMaxPooling2D(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% not_compiled
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return model

# %% one_hot_loss
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% pooled_then_flattened
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.MaxPooling2D(2), layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% relu_lost
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% softmax_added
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="softmax")]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% squared_error
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.MeanSquaredError()
    model.compile("adam", loss)
    return model

# %% stride_lost
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 1, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model

# %% unchanged
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model
