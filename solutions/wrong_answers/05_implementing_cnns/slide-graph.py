# %% a_list_again
def slide_graph():
    """Return the slides' model, untrained, as a list of layers."""
    return keras.Sequential(
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

# %% all_windows_three
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 3, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% dense_without_relu
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200)(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% ends_at_the_hidden_layer
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, hidden)

# %% filters_for_windows
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(5, 4, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% filters_reversed
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(12, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(4, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% first_layer_valid
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "valid", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% first_without_relu
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% last_layer_without_bias
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, use_bias=False)(hidden))

# %% layer_not_called_on_the_last_maps
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(keras.ops.ones_like(maps))
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% leaky_relu
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="leaky_relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="leaky_relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="leaky_relu")(maps)
    hidden = layers.Dense(200, activation="leaky_relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% nine_digits
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(9)(hidden))

# %% no_activations
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same")(image)
    maps = layers.Conv2D(8, 3, 2, "same")(maps)
    maps = layers.Conv2D(12, 3, 2, "same")(maps)
    hidden = layers.Dense(200)(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% no_bias
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu", use_bias=False)(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu", use_bias=False)(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu", use_bias=False)(maps)
    hidden = layers.Dense(200, activation="relu", use_bias=False)(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% relu_on_logits
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, activation="relu")(hidden))

# %% returns_the_tensor
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return layers.Dense(10)(hidden)

# %% softmax
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, activation="softmax")(hidden))

# %% stride_left_out
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% stride_on_rows_only
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, (4, 1), "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, (1, 4), "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% strides_swapped
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 2, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% tanh
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="tanh")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="tanh")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="tanh")(maps)
    hidden = layers.Dense(200, activation="tanh")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% two_hundred_and_fifty_six_units
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(256, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% valid_padding
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "valid", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "valid", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "valid", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% ends_of_the_courses_own
def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    model = networks.slide_model()
    return keras.Model(model.inputs[0], model.outputs[0])
