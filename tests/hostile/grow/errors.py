# It raises an error with a text of 300 MB.
# score: 7 = double + shift + table
# %% mean
raise ValueError('x' * 300_000_000)
