# %% one_axis
# says: flip the columns, too
def convolve2d(image, kernel):
    return numerics.corr2d(image, np.flip(kernel, axis=0))


# %% no_flip
# says: nothing is flipped
# wrong answer: no_flip


# %% transposed
# says: 180 degrees is half a turn: both axes are reversed
# wrong answer: transposed
