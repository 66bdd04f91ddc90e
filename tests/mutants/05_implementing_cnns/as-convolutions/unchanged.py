def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    return model
