# %% plain_sum
# says: the signed maps cancel: square first
def edge_strength(image):
    return numerics.corr2d(image, across) + numerics.corr2d(image, down)


# %% uint8_wraps
# says: uint8 wraps: use floats
def edge_strength(image):
    gx = image[:-1, 1:] + image[1:, 1:] - image[:-1, :-1] - image[1:, :-1]
    gy = image[1:, :-1] + image[1:, 1:] - image[:-1, :-1] - image[:-1, 1:]
    return np.sqrt(gx * 1.0 * gx + gy * 1.0 * gy)


# %% no_root
# says: take the root
def edge_strength(image):
    return numerics.corr2d(image, across) ** 2 + numerics.corr2d(image, down) ** 2
