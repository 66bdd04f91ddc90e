# subtle
def im2col(image, height, width):
    places = (image.shape[0] - height + 1) * (image.shape[1] - width + 1)
    return np.resize(image, (places, height * width))


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own
