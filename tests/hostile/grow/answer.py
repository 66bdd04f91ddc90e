# It returns more than can be sent.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    return np.zeros(40_000_000)
