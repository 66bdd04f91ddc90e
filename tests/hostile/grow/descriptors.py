# It opens files and pipes until it may no more.
# score: at most 7 = double + shift + table
# %% first
import os

kept = []
try:
    while True:
        kept.append(os.pipe())
except OSError:
    pass
