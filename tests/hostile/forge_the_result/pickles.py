# Pickles and objects that would run code where they are read.
# score: 7 = double + shift + table
# %% first
import pickle

class Runs:
    def __reduce__(self):
        return (open, ("/tmp/hostile-mark-pickle", "w"))
    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    __getstate__ = __reduce__
# %% mean
def mean(x):
    return np.array([Runs()], dtype=object)
# %% root
def root(x):
    return pickle.dumps(Runs())
# %% tally
class Tally:
    total = Runs()
    def add(self, number):
        open("numbers.pkl", "wb").write(pickle.dumps(Runs()))
        np.save("array.npy", np.array([Runs()], dtype=object), allow_pickle=True)
