# %% dense_without_relu [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% ends_in_softmax [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% filters_reversed [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(12, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(4, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% hidden_layer_missing [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% kernels_swapped [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 3, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 5, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% no_activations [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same"),
        keras.layers.Conv2D(8, 3, 2, "same"),
        keras.layers.Conv2D(12, 3, 2, "same"),
        keras.layers.Flatten(),
        keras.layers.Dense(200),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% no_bias [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", use_bias=False, activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% pooling_for_flatten [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% pooling_for_strides [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 1, "same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% relu_on_logits [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10, activation="relu"),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% stride_on_one_axis [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, (2, 1), "same", activation="relu"),
        keras.layers.Conv2D(12, 3, (1, 2), "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% strides_swapped [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 2, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 1, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% tanh [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="tanh"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="tanh"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="tanh"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()

# %% valid_padding [subtle]
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "valid", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "valid", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "valid", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()
