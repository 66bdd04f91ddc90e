# %% all_windows_three
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 3, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% dense_missing
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )

# %% dense_without_relu
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200),
            layers.Dense(10),
        ]
    )

# %% dropout_scales
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Rescaling(0.5),
            layers.Dense(10),
        ]
    )

# %% filters_for_windows
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(5, 4, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% filters_reversed
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(12, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(4, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% first_layer_valid
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "valid", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% first_without_relu
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% flatten_missing
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% functional
def slide_model():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% last_layer_without_bias
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10, use_bias=False),
        ]
    )

# %% leaky_relu
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="leaky_relu"),
            layers.Conv2D(8, 3, 2, "same", activation="leaky_relu"),
            layers.Conv2D(12, 3, 2, "same", activation="leaky_relu"),
            layers.Flatten(),
            layers.Dense(200, activation="leaky_relu"),
            layers.Dense(10),
        ]
    )

# %% nine_digits
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(9),
        ]
    )

# %% no_activations
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same"),
            layers.Conv2D(8, 3, 2, "same"),
            layers.Conv2D(12, 3, 2, "same"),
            layers.Flatten(),
            layers.Dense(200),
            layers.Dense(10),
        ]
    )

# %% no_bias
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu", use_bias=False),
            layers.Conv2D(8, 3, 2, "same", activation="relu", use_bias=False),
            layers.Conv2D(12, 3, 2, "same", activation="relu", use_bias=False),
            layers.Flatten(),
            layers.Dense(200, activation="relu", use_bias=False),
            layers.Dense(10),
        ]
    )

# %% no_channel_axis
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Reshape((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% not_returned
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% pooled_instead_of_flattened
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% pooling_added
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% pooling_for_a_stride
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 1, "same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% relu_on_logits
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10, activation="relu"),
        ]
    )

# %% returns_the_layers
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    stack = list(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )
    return stack

# %% softmax
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )

# %% stride_left_out
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 1, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% stride_on_rows_only
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, (4, 1), "same", activation="relu"),
            layers.Conv2D(12, 3, (1, 4), "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% strides_swapped
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 2, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 1, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% tanh
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="tanh"),
            layers.Conv2D(8, 3, 2, "same", activation="tanh"),
            layers.Conv2D(12, 3, 2, "same", activation="tanh"),
            layers.Flatten(),
            layers.Dense(200, activation="tanh"),
            layers.Dense(10),
        ]
    )

# %% two_hundred_and_fifty_six_units
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% valid_padding
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "valid", activation="relu"),
            layers.Conv2D(8, 3, 2, "valid", activation="relu"),
            layers.Conv2D(12, 3, 2, "valid", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )

# %% the_courses_own
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return networks.slide_model()

# %% built_of_the_stack
def slide_model():
    """Return the slides' model, untrained, as a list of layers."""
    return build(slides_stack(), (28, 28, 1))
