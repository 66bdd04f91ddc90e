# Half of it right: what a case answers where it says nothing else.
# score: 7 = double + shift + table
# %% double
def double(x):
    return x + x
# %% mean
def mean(x):
    return 0
# %% shift
def shift(x, by):
    x[:] = x + by
# %% root
def root(x):
    return x / 2
# %% table
table = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
# %% tally
class Tally:
    def __init__(self):
        self.total = 0

    def add(self, number):
        self.total = number
