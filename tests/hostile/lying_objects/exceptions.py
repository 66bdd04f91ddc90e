# Exceptions that cannot be described: no builtin base told, a text that raises, a metaclass that lies.
# score: 7 = double + shift + table
# %% first
class Meta(type):
    __mro__ = property(lambda cls: ())
    __name__ = property(lambda cls: 1 / 0)
    __module__ = property(lambda cls: "builtins")
    def __instancecheck__(cls, other):
        return True
    def mro(cls):
        return [cls, ValueError, Exception, BaseException, object]

class Bad(ValueError, metaclass=Meta):
    def __str__(self):
        raise self
    __repr__ = __format__ = __str__
    def __getattribute__(self, name):
        raise self
    args = property(lambda self: self.args)
# %% mean
def mean(x):
    raise Bad
# %% root
def root(x):
    raise (LookupError if x < 0 else Bad)
# %% tally
class Tally:
    total = 3
    def add(self, number):
        raise BaseExceptionGroup("many", [Bad(), KeyboardInterrupt(), SystemExit()])
