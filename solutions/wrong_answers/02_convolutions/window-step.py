# %% absolute
def window_step(patch, kernel, bias):
    return np.sum(np.abs(patch * kernel)) + bias

# %% bias_per_weight
def window_step(patch, kernel, bias):
    return np.sum(patch * kernel + bias)

# %% matrix_product
def window_step(patch, kernel, bias):
    return np.sum(patch @ kernel) + bias

# %% matrix_product_transposed
def window_step(patch, kernel, bias):
    return np.sum(patch @ kernel.T) + bias

# %% max_of_products
def window_step(patch, kernel, bias):
    return np.max(patch * kernel) + bias

# %% mean_of_products
def window_step(patch, kernel, bias):
    return np.mean(patch * kernel) + bias

# %% no_bias
def window_step(patch, kernel, bias):
    return np.sum(patch * kernel)

# %% not_added_up
def window_step(patch, kernel, bias):
    return patch * kernel + bias

# %% rectified
def window_step(patch, kernel, bias):
    return max(np.sum(patch * kernel) + bias, 0.0)

# %% returns_zero
def window_step(patch, kernel, bias):
    return 0.0
