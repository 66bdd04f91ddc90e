# A function exits when it is called.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import sys
    sys.exit(0)
