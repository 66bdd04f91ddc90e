# subtle
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    down, right = image.strides
    windows = np.lib.stride_tricks.as_strided(
        image, (rows, columns, height, width), (right, down, down, right)
    )
    return windows.reshape(-1, height * width).copy()


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own
