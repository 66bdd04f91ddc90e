# It waits for a lock that it holds, in two threads.
# score: 7 = double + shift + table
# %% mean
import threading

lock = threading.Lock()
lock.acquire()
threading.Thread(target=lock.acquire).start()

def mean(x):
    lock.acquire()
