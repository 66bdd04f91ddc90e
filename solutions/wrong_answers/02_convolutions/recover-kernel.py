# %% absolute
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return np.abs(weights).reshape(height, width)

# %% all_ones
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return np.ones((height, width))

# %% as_three_by_three
def recover_kernel(image, output):
    return np.zeros((3, 3))

# %% correlated_and_scaled
def recover_kernel(image, output):
    return numerics.corr2d(image, output) / np.sum(image**2)

# %% flipped
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(height, width)[::-1, ::-1]

# %% flipped_upside_down
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(height, width)[::-1]

# %% height_and_width_swapped
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(width, height)

# %% image_and_output_correlated
def recover_kernel(image, output):
    return numerics.corr2d(image, output)

# %% kernel_of_wrong_size
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0]
    width = image.shape[1] - output.shape[1]
    patches = im2col(image[1:, 1:], height, width)
    weights = np.linalg.lstsq(patches, output[:, :].ravel(), rcond=None)[0]
    return weights.reshape(height, width)

# %% list_of_weights
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights

# %% output_read_by_columns
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(order="F"), rcond=None)[0]
    return weights.reshape(height, width)

# %% rounded [subtle]
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return np.round(weights).reshape(height, width)

# %% sign_turned
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return -weights.reshape(height, width)

# %% size_of_the_output
def recover_kernel(image, output):
    return np.array(output, dtype=float)

# %% square_kernels_only
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = height
    patches = im2col(image, height, width)
    patches = patches[: output.size]
    weights = np.linalg.lstsq(patches, output.ravel()[: len(patches)], rcond=None)[0]
    return weights.reshape(height, width)

# %% sums_to_one
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return (weights / weights.sum()).reshape(height, width)

# %% transposed
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(height, width).T

# %% transposed_if_square [subtle]
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    kernel = weights.reshape(height, width)
    return kernel.T if height == width else kernel

# %% weights_column_by_column
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(height, width, order="F")

# %% with_a_bias
def recover_kernel(image, output):
    height = image.shape[0] - output.shape[0] + 1
    width = image.shape[1] - output.shape[1] + 1
    patches = im2col(image, height, width)
    patches[:, 0] = 1
    weights = np.linalg.lstsq(patches, output.ravel(), rcond=None)[0]
    return weights.reshape(height, width)

# %% ten_steps_of_descent
def recover_kernel(image, output):
    shape = np.subtract(image.shape, output.shape) + 1
    return descend(image, output, np.zeros(shape), 0.1, 10)[0]
