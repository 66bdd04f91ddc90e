# Objects whose name, text and documentation are huge or raise; arguments changed after the call.
# score: 7 = double + shift + table
# %% first
import threading
import time

class Big:
    __name__ = "x" * 50_000_000
    __repr__ = __str__ = lambda self: "y" * 50_000_000
    __doc__ = "z" * 50_000_000
    __array__ = lambda self, *args, **kwargs: np.full(1, Big(), dtype=object)
    __float__ = lambda self: "not a float"
    __len__ = lambda self: -1
# %% mean
def mean(x):
    return Big()
# %% root
def root(x):
    return Big
# %% tally
class Tally:
    total = Big()
    def add(self, number):
        later = threading.Thread(target=lambda: (time.sleep(0.01), setattr(Tally, "total", 70731345)))
        later.start()
