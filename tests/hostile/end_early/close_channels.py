# It closes every descriptor, so that nobody hears from it.
# sample: yes
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import os
    os.closerange(0, 4096)
