# Values that hold themselves, or are nested a hundred thousand deep.
# score: 7 = double + shift + table
# %% first
inside = []
inside.append(inside)
deep = []
for _ in range(100_000):
    deep = [deep]
# %% mean
def mean(x):
    return inside
# %% root
def root(x):
    return deep
# %% tally
class Tally:
    total = inside
    def add(self, number):
        return deep
