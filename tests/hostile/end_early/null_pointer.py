# It reads the address nought.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import ctypes
    return ctypes.string_at(0)
