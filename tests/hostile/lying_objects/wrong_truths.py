# NaN, NotImplemented, Ellipsis, None, truth values and signs of nought instead of numbers.
# score: 0 =
# %% double
def double(x):
    return NotImplemented
# %% mean
def mean(x):
    return float("nan")
# %% shift
def shift(x, by):
    x[:] = np.nan
    return True
# %% root
def root(x):
    return -0.0 if x < 0 else ...
# %% table
table = np.full((3, 3), np.nan)
# %% tally
class Tally:
    total = float("nan")
    def add(self, number):
        return NotImplemented
