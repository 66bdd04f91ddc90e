# subtle
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
            layers.GlobalAveragePooling2D(keepdims=True),
        ]
    )
    old = zip(model.get_weights(), wide.get_weights(), strict=True)
    wide.set_weights([mine.reshape(new.shape) for mine, new in old])
    return wide
