# subtle
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return (images // 255)[..., np.newaxis].astype("float32")
