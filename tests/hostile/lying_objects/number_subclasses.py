# A float, an int and a str that lie about their value in every way they can.
# score: 0 =
# %% first
class Lies:
    def __eq__(self, other):
        return True
    __ne__ = lambda self, other: False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __sub__ = __rsub__ = __add__ = __radd__ = lambda self, other: 0
    __hash__ = object.__hash__
    __index__ = __int__ = lambda self: 45
    __float__ = lambda self: 70731338.0
    __bool__ = lambda self: True
    __array__ = lambda self, *args, **kwargs: np.array(70731338.0)
    __abs__ = lambda self: 0

class Float(Lies, float): pass
class Int(Lies, int): pass
class Str(Lies, str): pass
# %% double
def double(x):
    return Int(3)
# %% mean
def mean(x):
    return Float(3)
# %% shift
def shift(x, by):
    return Str("moved")
# %% root
def root(x):
    return Float(-1)
# %% table
table = Int(45)
# %% tally
class Tally(dict):
    total = Int(1)
    def add(self, number):
        pass
    def __len__(self):
        return Int(2)
    def __iter__(self):
        return iter((Int(1), Int(2)))
