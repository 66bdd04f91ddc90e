# It computes for ever inside C code, where no exception can be raised.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import re
    re.match('(a+)+$', 'a' * 64 + 'b')
