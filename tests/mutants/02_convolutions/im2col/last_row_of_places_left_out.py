def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows - 1)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own
