def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images.transpose(0, 2, 1)[..., np.newaxis].astype("float32") / 255
