# Which exceptions student code must raise, let pass, or handle.

# %% style raises_builtin
# The answer must raise a builtin exception.
# sample: yes
# %% solution
def reciprocal(x):
    if x == 0:
        raise ValueError("no reciprocal of 0")
    return 1 / x
# %% right: another message
def reciprocal(x):
    if not x:
        raise ValueError(f"{x} has none")
    return 1 / x
# %% wrong: another exception
def reciprocal(x):
    return 1 / x
# %% wrong: returned
def reciprocal(x):
    return ValueError("no") if x == 0 else 1 / x
# %% test
assert reciprocal(4) == 0.25
try:
    reciprocal(0)
except ValueError:
    pass
else:
    raise AssertionError("0 must be refused")

# %% style own_exception
# The answer must raise an exception class of its own.
# sample: yes
# %% solution
class TooPoor(Exception):
    pass
def buy(money, price):
    if money < price:
        raise TooPoor
    return money - price
# %% right: another base class
class TooPoor(ValueError):
    """Not enough money."""
def buy(money, price):
    if price > money:
        raise TooPoor(f"{price} is more than {money}")
    return money - price
# %% wrong: a builtin exception
class TooPoor(Exception):
    pass
def buy(money, price):
    if money < price:
        raise Exception("too poor")
    return money - price
# %% test
assert buy(5, 3) == 2
try:
    buy(1, 2)
except TooPoor:
    pass
else:
    assert False, "raise TooPoor"

# %% style own_exception_base
# The student's exception class must derive from a builtin one.
# %% solution
class EmptyStack(IndexError):
    pass
def pop_from(stack):
    if not stack:
        raise EmptyStack("nothing left")
    return stack.pop()
# %% right: two base classes
class StackError(Exception):
    pass
class EmptyStack(StackError, IndexError):
    pass
def pop_from(stack):
    if len(stack) == 0:
        raise EmptyStack
    return stack.pop()
# %% wrong: another base class
class EmptyStack(Exception):
    pass
def pop_from(stack):
    if not stack:
        raise EmptyStack("nothing left")
    return stack.pop()
# %% test
assert pop_from([1, 2]) == 2
assert issubclass(EmptyStack, IndexError)
try:
    pop_from([])
except IndexError as error:
    assert type(error) is EmptyStack

# %% style exact_exception_class
# The exception must have exactly the given class, not a subclass.
# %% solution
def lookup_word(words, word):
    if word not in words:
        raise LookupError(word)
    return words[word]
# %% right: with get
def lookup_word(words, word):
    found = words.get(word)
    if found is None:
        raise LookupError("unknown: " + word)
    return found
# %% wrong: a subclass
def lookup_word(words, word):
    return words[word]
# %% test
assert lookup_word({"a": 1}, "a") == 1
try:
    lookup_word({}, "b")
except Exception as error:
    assert type(error) is LookupError

# %% style must_not_raise
# The answer must not raise an error.
# %% solution
def to_int(text):
    try:
        return int(text)
    except ValueError:
        return None
# %% right: with isdigit
def to_int(text):
    return int(text) if text.lstrip("-").isdigit() else None
# %% wrong: raises
def to_int(text):
    return int(text)
# %% test
assert to_int("-4") == -4
assert to_int("four") is None

# %% style error_swallowed
# The answer must not swallow the error of a function that it calls.
# %% solution
def apply_all(functions, x):
    for function in functions:
        x = function(x)
    return x
# %% right: with reduce
from functools import reduce
def apply_all(functions, x):
    return reduce(lambda value, function: function(value), functions, x)
# %% wrong: swallowed
def apply_all(functions, x):
    for function in functions:
        try:
            x = function(x)
        except Exception:
            pass
    return x
# %% test
def broken(x):
    raise OverflowError("broken")
assert apply_all([abs, str], -1) == "1"
try:
    apply_all([broken], 1)
except OverflowError:
    pass
else:
    assert False, "let the error pass"

# %% style exception_of_test_passed_through
# The answer must let the exception object of a callback pass.
# %% solution
def call_twice(function):
    function()
    function()
# %% right: by a loop
def call_twice(function):
    for _ in range(2):
        function()
# %% wrong: another exception
def call_twice(function):
    try:
        function()
        function()
    except Exception as error:
        raise type(error)(*error.args)
# %% test
class Stop(Exception):
    pass
stop = Stop("now")
def stopping():
    raise stop
try:
    call_twice(stopping)
except Stop as error:
    assert error is stop
else:
    assert False

# %% style system_exit
# The answer must raise SystemExit with a status.
# %% solution
import sys
def main_program(arguments):
    if not arguments:
        sys.exit(2)
    return 0
# %% right: with raise
def main_program(arguments):
    if len(arguments) == 0:
        raise SystemExit(2)
    return 0
# %% wrong: returns the status
def main_program(arguments):
    return 0 if arguments else 2
# %% wrong: status 1
import sys
def main_program(arguments):
    if not arguments:
        sys.exit(1)
    return 0
# %% test
assert main_program(["x"]) == 0
try:
    main_program([])
except SystemExit as error:
    assert error.code == 2
else:
    assert False

# %% style assertion_of_student
# The answer must raise an AssertionError.
# %% solution
def rooted(x):
    assert x >= 0, "negative"
    return x**0.5
# %% right: with raise
def rooted(x):
    if x < 0:
        raise AssertionError(f"negative: {x}")
    return x**0.5
# %% wrong: no check
def rooted(x):
    return x**0.5
# %% test
assert rooted(9) == 3
try:
    rooted(-1)
except AssertionError as error:
    assert "negative" in str(error)
else:
    raise RuntimeError("a negative number must be refused")

# %% style not_implemented
# A method of the base class must raise NotImplementedError.
# %% solution
class Instrument:
    def sound(self):
        raise NotImplementedError
class Drum(Instrument):
    def sound(self):
        return "bum"
# %% right: with a message
class Instrument:
    def sound(self):
        raise NotImplementedError("each has its own")
class Drum(Instrument):
    def sound(self):
        return "".join("bum")
# %% wrong: does nothing
class Instrument:
    def sound(self):
        pass
class Drum(Instrument):
    def sound(self):
        return "bum"
# %% test
assert Drum().sound() == "bum"
try:
    Instrument().sound()
except NotImplementedError:
    pass
else:
    assert False

# %% style cleanup_after_error
# The answer must clean up after an error.
# %% solution
class Door:
    def __init__(self):
        self.open = False
    def use(self, action):
        self.open = True
        try:
            return action()
        finally:
            self.open = False
# %% right: with except
class Door:
    def __init__(self):
        self.open = False
    def use(self, action):
        self.open = True
        try:
            result = action()
        except BaseException:
            self.open = False
            raise
        self.open = False
        return result
# %% wrong: stays open
class Door:
    def __init__(self):
        self.open = False
    def use(self, action):
        self.open = True
        result = action()
        self.open = False
        return result
# %% test
door = Door()
assert door.use(lambda: 5) == 5 and door.open is False
try:
    door.use(lambda: 1 / 0)
except ZeroDivisionError:
    pass
assert door.open is False
