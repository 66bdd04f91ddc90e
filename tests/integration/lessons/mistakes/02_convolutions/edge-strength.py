# %% plain_sum
# says: the signed maps cancel: square first
def edge_strength(image):
    return numerics.corr2d(image, across) + numerics.corr2d(image, down)


# %% uint8_wraps
# says: uint8 wraps: use floats
# wrong answer: uint8_wrap


# %% no_root
# says: take the root
def edge_strength(image):
    return numerics.corr2d(image, across) ** 2 + numerics.corr2d(image, down) ** 2
