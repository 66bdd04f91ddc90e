# %% column_by_column
# says: list the pixels of each window row by row
def im2col(image, height, width):
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].T.ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own


# %% list_of_windows
# says: a list, not a NumPy array
def im2col(image, height, width):
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    return [
        image[i : i + height, j : j + width].ravel()
        for i in range(rows)
        for j in range(columns)
    ]


def image_after_writing(image, height, width):
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own


# %% windows_as_columns
# says: one row per window, not one column
def im2col(image, height, width):
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    windows = [
        image[i : i + height, j : j + width].ravel()
        for i in range(rows)
        for j in range(columns)
    ]
    return np.array(windows).T


def image_after_writing(image, height, width):
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own


# %% read_only
# says: return a copy, into which one can write
# wrong answer: read_only_view
