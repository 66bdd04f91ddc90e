# It sleeps for thirty years.
# score: 7 = double + shift + table
# %% mean
import time
time.sleep(1e9)
