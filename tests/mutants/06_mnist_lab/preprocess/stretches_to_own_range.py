# subtle
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    x = images[..., np.newaxis].astype("float32")
    return (x - x.min()) / (x.max() - x.min())
