# Nothing answered.
# score: 0 =
# %% double
def double(x):
    pass
# %% mean
# %% shift
# %% root
# %% table
# %% tally
