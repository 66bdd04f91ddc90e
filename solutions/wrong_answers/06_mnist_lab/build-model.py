# %% dense_without_relu
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

# %% ends_in_softmax
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

# %% filters_reversed
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

# %% hidden_layer_missing
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

# %% kernels_swapped
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

# %% no_activations
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

# %% no_bias
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

# %% pooling_for_flatten
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

# %% pooling_for_strides
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

# %% relu_on_logits
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

# %% stride_on_one_axis
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

# %% strides_swapped
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

# %% tanh
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

# %% valid_padding
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

# %% the_courses_own
build_model = ours.build_model

# %% calls_the_courses_own
def build_model():
    """Return a new, untrained model with 10 logits."""
    return ours.build_model()

# %% calls_the_courses_stack
def build_model():
    """Return a new, untrained model with 10 logits."""
    from cnnlab import stacks

    return stacks.build(stacks.slides_stack(), (28, 28, 1))
