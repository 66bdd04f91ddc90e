# subtle
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    image = keras.Input((None, None, 1))
    logits = model(image[:, :28, :28])
    return keras.Model(image, layers.Reshape((1, 1, 10))(logits))
