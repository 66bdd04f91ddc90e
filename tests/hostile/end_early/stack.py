# It recurses until the stack of C is used up.
# score: 7 = double + shift + table
# %% mean
import sys

sys.setrecursionlimit(10**9)

class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")
    __repr__ = lambda self: repr(self)

def mean(x):
    return eval("(" * 5_000 + repr(Deep()) + ")" * 5_000)
