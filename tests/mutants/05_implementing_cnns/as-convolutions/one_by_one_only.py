# subtle
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 1, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    return wide
