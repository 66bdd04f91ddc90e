# %% blank_return
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    gradient = 2 / error.size * numerics.corr2d(image, error)

# %% calls_the_courses_own
def kernel_gradient(image, kernel, target):
    return ours.kernel_gradient(image, kernel, target)

# %% divided_by_pixels
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / image.size * numerics.corr2d(image, error)

# %% divided_by_weights
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / kernel.size * numerics.corr2d(image, error)

# %% error_flipped
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / error.size * numerics.corr2d(image, error[::-1, ::-1])

# %% error_squared
def kernel_gradient(image, kernel, target):
    error = (numerics.corr2d(image, kernel) - target) ** 2
    return 2 / error.size * numerics.corr2d(image, error)

# %% factor_two_missing
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return numerics.corr2d(image, error) / error.size

# %% flipped
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / error.size * numerics.corr2d(image, error)[::-1, ::-1]

# %% flipped_upside_down
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / error.size * numerics.corr2d(image, error)[::-1]

# %% kernel_after_the_step
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return kernel - 0.1 * 2 / error.size * numerics.corr2d(image, error)

# %% mean_error_for_all
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    ones = np.ones(error.shape)
    return 2 * np.mean(error) * numerics.corr2d(image, ones) / error.size

# %% of_the_image
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    around = [(n - 1, n - 1) for n in kernel.shape]
    return 2 / error.size * numerics.corr2d(np.pad(error, around), kernel[::-1, ::-1])

# %% of_the_root
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    gradient = numerics.corr2d(image, error) / error.size
    return gradient / np.sqrt(np.mean(error**2))

# %% one_row_only
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    gradient = np.zeros(kernel.shape)
    gradient[0] = 2 / error.size * numerics.corr2d(image, error)[0]
    return gradient

# %% output_for_error
def kernel_gradient(image, kernel, target):
    output = numerics.corr2d(image, kernel)
    return 2 / output.size * numerics.corr2d(image, output)

# %% rounded [subtle]
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return np.round(2 / error.size * numerics.corr2d(image, error))

# %% sum_not_mean
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 * numerics.corr2d(image, error)

# %% summed_over_columns_only
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    windows = np.lib.stride_tricks.sliding_window_view(image, error.shape)
    return 2 / error.size * (windows * error).sum(axis=(1, 3))

# %% summed_to_one_number
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / error.size * np.sum(numerics.corr2d(image, error))

# %% the_courses_own
kernel_gradient = ours.kernel_gradient

# %% transposed
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 / error.size * numerics.corr2d(image, error).T

# %% two_and_mean_missing
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return numerics.corr2d(image, error)

# %% wrong_sign
def kernel_gradient(image, kernel, target):
    error = target - numerics.corr2d(image, kernel)
    return 2 / error.size * numerics.corr2d(image, error)
