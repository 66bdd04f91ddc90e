# It stops: neither ended nor running.
# score: 7 = double + shift + table
# %% mean
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
