# It hangs when it is asked to end: atexit, __del__, a thread that is no daemon.
# score: 7 = double + shift + table
# %% last
import atexit
import threading
import time

class Hangs:
    def __del__(self):
        time.sleep(1e9)

kept = Hangs()
atexit.register(time.sleep, 1e9)
threading.Thread(target=time.sleep, args=(1e9,)).start()
