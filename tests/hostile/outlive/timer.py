# Signals of a timer and at the end of each cell run its code again.
# score: 7 = double + shift + table
# %% first
import signal

def again(*args):
    globals()["mean"] = lambda x: 2

signal.signal(signal.SIGALRM, again)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
get_ipython().events.register("post_run_cell", again)
get_ipython().events.register("pre_run_cell", again)
