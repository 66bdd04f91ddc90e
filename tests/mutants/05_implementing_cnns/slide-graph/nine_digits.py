def slide_graph():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(9)(hidden))
