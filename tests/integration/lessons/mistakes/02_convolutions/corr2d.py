# %% whole_numbers
# says: the fractions are lost: is the output an array of whole numbers?
def corr2d(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1), dtype=int)
    for i, j in np.ndindex(output.shape):
        output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output


# %% transposed
# says: shape (3, 2) where (2, 3) was asked: axes swapped?
def corr2d(image, kernel):
    return corr2d_rows(image, kernel).T


def corr2d_rows(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i, j in np.ndindex(output.shape):
        output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output


# %% off_by_one
# says: shape (1, 2) where (2, 3) was asked: one too few: does the last position count?
def corr2d(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h, image.shape[1] - w))
    for i, j in np.ndindex(output.shape):
        output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output


# %% list_of_rows
# says: a list, not a NumPy array
def corr2d(image, kernel):
    h, w = kernel.shape
    return [
        [
            np.sum(image[i : i + h, j : j + w] * kernel)
            for j in range(image.shape[1] - w + 1)
        ]
        for i in range(image.shape[0] - h + 1)
    ]


# %% flipped
# says: the kernel is flipped
def corr2d(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i, j in np.ndindex(output.shape):
        output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel[::-1, ::-1])
    return output


# %% return_in_the_loop
# says: returned an array with 0 at [0, 1], not -3.5
def corr2d(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
            return output


# %% the_courses_own
# says: write corr2d yourself, instead of calling the course's own
# wrong answer: the_courses_own


# %% forgets_to_return
# says: returned None: `print` shows a value, `return` hands it over
def corr2d(image, kernel):
    h, w = kernel.shape
    output = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i, j in np.ndindex(output.shape):
        output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)


# %% written_into_the_image
# says: changed its input, and returned [[10, -3, 11], [-8, 5, 0]], not
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    for i, j in np.ndindex(rows, columns):
        image[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return image[:rows, :columns]
