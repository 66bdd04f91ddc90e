# %% absolute_sum
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.abs(gx) + np.abs(gy)

# %% divided_by_largest
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    strength = np.hypot(gx, gy)
    return strength / strength.max()

# %% larger_of_both
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.maximum(np.abs(gx), np.abs(gy))

# %% one_direction
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.abs(gx)

# %% plain_sum
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.abs(gx + gy)

# %% root_left_out
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return gx**2 + gy**2

# %% signed_square
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.sqrt(np.abs(gx**2 - gy**2))

# %% signed_sum
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return gx + gy

# %% uint8_wrap
def edge_strength(image):
    gx = image[:-1, 1:] + image[1:, 1:] - image[:-1, :-1] - image[1:, :-1]
    gy = image[1:, :-1] + image[1:, 1:] - image[:-1, :-1] - image[:-1, 1:]
    return np.sqrt(gx * 1.0 * gx + gy * 1.0 * gy)

# %% uint8_wrap_in_square
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.sqrt((gx**2 + gy**2).astype(image.dtype))
