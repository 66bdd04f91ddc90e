# subtle
def im2col(image, height, width):
    windows = np.lib.stride_tricks.sliding_window_view(
        image, (height, width), writeable=True
    )
    return windows.reshape(-1, height * width)


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own
