# Values of absurd size: a long integer, ten million elements, an array of a gigabyte of noughts.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (10**6, 10**6), (0, 0))
# %% root
def root(x):
    return [0] * 10_000_000
# %% tally
class Tally:
    total = property(lambda self: 1 << 10_000_000)
    def add(self, number):
        return "x" * 300_000_000
