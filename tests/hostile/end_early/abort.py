# The process aborts while its cell runs.
# score: 7 = double + shift + table
# %% mean
import os
os.abort()
