# subtle
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
