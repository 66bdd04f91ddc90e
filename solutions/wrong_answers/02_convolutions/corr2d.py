# %% dtype_of_image
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns), dtype=image.dtype)
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% flipped
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel[::-1, ::-1])
    return output

# %% integer_output
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns), dtype=int)
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% integer_then_float
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns), dtype=int)
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output.astype(float)

# %% kernel_transposed
def corr2d(image, kernel):
    kernel = kernel.T
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% kernel_upside_down
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel[::-1])
    return output

# %% last_row_left_out
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows - 1):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% matrix_product
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] @ kernel.T)
    return output

# %% off_by_one
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h, image.shape[1] - w
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% rectified
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return np.maximum(output, 0)

# %% rows_and_columns_swapped
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            output[j, i] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% rows_in_reverse
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[rows - 1 - i : rows - 1 - i + h, j : j + w] * kernel)
    return output

# %% same_size
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape
    image = np.pad(image, ((h // 2, h), (w // 2, w)))
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% square_only
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[0] - w + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output

# %% the_courses_own
corr2d = numerics.corr2d

# %% calls_the_courses_own
def corr2d(image, kernel):
    return numerics.corr2d(image, kernel)
