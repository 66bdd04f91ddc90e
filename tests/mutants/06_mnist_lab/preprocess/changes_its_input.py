# subtle
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    images = images.astype("float32", copy=False)
    images /= 255
    return images[..., np.newaxis]
