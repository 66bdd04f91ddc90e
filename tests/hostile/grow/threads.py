# It starts threads for ever.
# score: 7 = double + shift + table
# %% mean
import threading, time
while True:
    threading.Thread(target=time.sleep, args=(600,)).start()
