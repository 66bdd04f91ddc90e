# subtle
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, activation="softmax")(hidden))
