# A function that never ends.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    while True:
        pass
