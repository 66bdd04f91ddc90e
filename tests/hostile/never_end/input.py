# It waits for input from nobody.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    return input('mean? ')
open(0).read()
input()
