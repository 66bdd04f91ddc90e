# A cell that never ends.
# score: 7 = double + shift + table
# %% mean
while True:
    pass
