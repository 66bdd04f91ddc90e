# %% flipped_twice
def convolve2d(image, kernel):
    kernel = np.flip(kernel)
    return numerics.corr2d(image, kernel[::-1, ::-1])

# %% flips_columns_only
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel[:, ::-1])

# %% flips_rows_only
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel[::-1])

# %% image_flipped
def convolve2d(image, kernel):
    return numerics.corr2d(image[::-1, ::-1], kernel)

# %% no_flip
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel)

# %% quarter_turn
def convolve2d(image, kernel):
    return numerics.corr2d(image, np.rot90(kernel))

# %% transposed
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel.T)
