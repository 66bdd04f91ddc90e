# A thread changes the array that a test gave it, after the call.
# score: 7 = double + shift + table
# %% shift
import threading
import time

def shift(x, by):
    x += by
    def spoil():
        time.sleep(0.02)
        while True:
            x[:] = 99
            time.sleep(0.001)
    threading.Thread(target=spoil, daemon=True).start()
