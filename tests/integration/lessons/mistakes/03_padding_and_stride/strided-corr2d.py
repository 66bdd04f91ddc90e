# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def strided_corr2d(image, kernel, stride):
    print(image[::stride, ::stride])


# %% stride_on_rows_only
# says: shape (2, 5) where (2, 3) was asked: by hand: window i, j starts at [i * stride
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    return np.array(
        [
            [np.sum(image[i : i + h, j : j + w] * kernel) for j in range(columns)]
            for i in range(0, rows, stride)
        ]
    )


# %% last_position_missing
# says: one too few: does the last position count?
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows = (image.shape[0] - h) // stride
    columns = (image.shape[1] - w) // stride
    out = np.empty((rows, columns))
    for i, j in np.ndindex(rows, columns):
        a, b = i * stride, j * stride
        out[i, j] = np.sum(image[a : a + h, b : b + w] * kernel)
    return out


# %% moves_by_one
# says: the stride is 1
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows = (image.shape[0] - h) // stride + 1
    columns = (image.shape[1] - w) // stride + 1
    out = np.empty((rows, columns))
    for i, j in np.ndindex(rows, columns):
        out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out


# %% integers
# says: an array of int64: floats are asked for
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows = (image.shape[0] - h) // stride + 1
    columns = (image.shape[1] - w) // stride + 1
    out = np.zeros((rows, columns), dtype=int)
    for i, j in np.ndindex(rows, columns):
        a, b = i * stride, j * stride
        out[i, j] = np.sum(image[a : a + h, b : b + w] * kernel)
    return out


# %% list_instead_of_array
# says: a list, not a NumPy array
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    return [
        [
            float(np.sum(image[i : i + h, j : j + w] * kernel))
            for j in range(0, image.shape[1] - w + 1, stride)
        ]
        for i in range(0, image.shape[0] - h + 1, stride)
    ]


# %% transposed
# says: shape (3, 2) where (2, 3) was asked: axes swapped?
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    return np.array(
        [
            [
                np.sum(image[i : i + h, j : j + w] * kernel)
                for i in range(0, image.shape[0] - h + 1, stride)
            ]
            for j in range(0, image.shape[1] - w + 1, stride)
        ]
    )


# %% slices_the_courses_own
# says: write strided_corr2d yourself
# wrong answer: calls_the_courses_own
