# %% flipped_twice [subtle]
def convolve2d(image, kernel):
    kernel = np.flip(kernel)
    return numerics.corr2d(image, kernel[::-1, ::-1])

# %% flips_columns_only [subtle]
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel[:, ::-1])

# %% flips_rows_only [subtle]
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel[::-1])

# %% image_flipped [subtle]
def convolve2d(image, kernel):
    return numerics.corr2d(image[::-1, ::-1], kernel)

# %% no_flip [subtle]
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel)

# %% quarter_turn
def convolve2d(image, kernel):
    return numerics.corr2d(image, np.rot90(kernel))

# %% transposed
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel.T)
