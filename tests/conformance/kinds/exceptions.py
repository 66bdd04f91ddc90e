# Exceptions that student code raises: their kind, text, attributes, cause and context.

# %% style raises_builtin
# A builtin exception is expected.
# sample: yes
# %% solution
def reciprocal(x):
    if x == 0:
        raise ValueError("no reciprocal of 0")
    return 1 / x
# %% right: another text
def reciprocal(x):
    if not x:
        raise ValueError(f"{x} has none")
    return 1 / x
# %% wrong: another kind
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
# A kind of the student's own, by its name.
# sample: yes
# %% solution
class TooPoor(Exception):
    pass
def buy(money, price):
    if money < price:
        raise TooPoor
    return money - price
# %% right: of another base
class TooPoor(ValueError):
    """Not enough money."""
def buy(money, price):
    if price > money:
        raise TooPoor(f"{price} is more than {money}")
    return money - price
# %% wrong: a builtin
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
# The student's kind must derive from a builtin one.
# %% solution
class EmptyStack(IndexError):
    pass
def pop_from(stack):
    if not stack:
        raise EmptyStack("nothing left")
    return stack.pop()
# %% right: two bases
class StackError(Exception):
    pass
class EmptyStack(StackError, IndexError):
    pass
def pop_from(stack):
    if len(stack) == 0:
        raise EmptyStack
    return stack.pop()
# %% wrong: another base
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

# %% style exact_kind
# The kind must be exact: a subclass is not enough.
# %% solution
def lookup_word(words, word):
    if word not in words:
        raise LookupError(word)
    return words[word]
# %% right: get
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

# %% style exception_text
# The text of an exception.
# %% solution
def check_age(age):
    if age < 0:
        raise ValueError(f"age must not be negative: {age}")
# %% right: by concatenation
def check_age(age):
    if age < 0:
        raise ValueError("age must not be negative: " + str(age))
# %% wrong: without the value
def check_age(age):
    if age < 0:
        raise ValueError("age must not be negative")
# %% test
check_age(3)
try:
    check_age(-2)
except ValueError as error:
    assert "negative" in str(error) and "-2" in str(error)
else:
    assert False

# %% style exception_attribute
# An attribute of the student's exception.
# %% solution
class ParseError(Exception):
    def __init__(self, line):
        super().__init__(f"line {line}")
        self.line = line
def parse_lines(lines):
    for n, line in enumerate(lines, 1):
        if "=" not in line:
            raise ParseError(n)
# %% right: a class attribute
class ParseError(Exception):
    line = 0
def parse_lines(lines):
    n = 0
    for line in lines:
        n += 1
        if "=" not in line:
            error = ParseError("bad line")
            error.line = n
            raise error
# %% wrong: from 0
class ParseError(Exception):
    def __init__(self, line):
        super().__init__(f"line {line}")
        self.line = line
def parse_lines(lines):
    for n, line in enumerate(lines):
        if "=" not in line:
            raise ParseError(n)
# %% test
parse_lines(["a=1"])
try:
    parse_lines(["a=1", "b"])
except ParseError as error:
    assert error.line == 2
else:
    assert False

# %% style exception_args
# args of an exception.
# %% solution
def divide_all(numbers, by):
    if by == 0:
        raise ZeroDivisionError("divide_all", len(numbers))
    return [n / by for n in numbers]
# %% right: by a variable
def divide_all(numbers, by):
    if by == 0:
        error = ZeroDivisionError("divide_all", len(numbers))
        raise error
    return [n / by for n in numbers]
# %% wrong: one argument
def divide_all(numbers, by):
    if by == 0:
        raise ZeroDivisionError("divide_all")
    return [n / by for n in numbers]
# %% test
try:
    divide_all([1, 2], 0)
except ZeroDivisionError as error:
    assert error.args == ("divide_all", 2)
else:
    assert False

# %% style exception_cause
# raise … from …
# %% solution
def read_number(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError("no number") from error
# %% right: with a variable
def read_number(text):
    cause = None
    try:
        return int(text)
    except ValueError as error:
        cause = error
    raise RuntimeError("no number") from cause
# %% wrong: from None
def read_number(text):
    try:
        return int(text)
    except ValueError:
        raise RuntimeError("no number") from None
# %% test
assert read_number("5") == 5
try:
    read_number("x")
except RuntimeError as error:
    assert isinstance(error.__cause__, ValueError)
else:
    assert False

# %% style exception_context
# No cause, but a context.
# %% solution
def first_key(table):
    try:
        return next(iter(table))
    except StopIteration:
        raise KeyError("empty")
# %% right: by for
def first_key(table):
    try:
        return list(table)[0]
    except IndexError:
        raise KeyError("none")
# %% wrong: without a context
def first_key(table):
    for key in table:
        return key
    raise KeyError("empty")
# %% test
assert first_key({"a": 1}) == "a"
try:
    first_key({})
except KeyError as error:
    assert error.__context__ is not None and error.__cause__ is None
else:
    assert False

# %% style must_not_raise
# Any error fails the test.
# %% solution
def to_int(text):
    try:
        return int(text)
    except ValueError:
        return None
# %% right: by isdigit
def to_int(text):
    return int(text) if text.lstrip("-").isdigit() else None
# %% wrong: raises
def to_int(text):
    return int(text)
# %% test
assert to_int("-4") == -4
assert to_int("four") is None

# %% style error_swallowed
# An error must not be swallowed.
# %% solution
def apply_all(functions, x):
    for function in functions:
        x = function(x)
    return x
# %% right: by reduce
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
# The very exception object of a callback comes back.
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
# SystemExit with a status.
# %% solution
import sys
def main_program(arguments):
    if not arguments:
        sys.exit(2)
    return 0
# %% right: raise
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
# An assert of the answer's own is expected.
# %% solution
def rooted(x):
    assert x >= 0, "negative"
    return x**0.5
# %% right: raise
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
# The base method raises NotImplementedError.
# %% solution
class Instrument:
    def sound(self):
        raise NotImplementedError
class Drum(Instrument):
    def sound(self):
        return "bum"
# %% right: with a text
class Instrument:
    def sound(self):
        raise NotImplementedError("each has its own")
class Drum(Instrument):
    def sound(self):
        return "".join("bum")
# %% wrong: pass
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

# %% style exception_group
# An exception group with two kinds.
# %% solution
def check_all(values):
    errors = []
    for value in values:
        if not isinstance(value, int):
            errors.append(TypeError(value))
        elif value < 0:
            errors.append(ValueError(value))
    if errors:
        raise ExceptionGroup("bad values", errors)
# %% right: nested
def check_all(values):
    kinds = [TypeError(v) for v in values if not isinstance(v, int)]
    signs = [ValueError(v) for v in values if isinstance(v, int) and v < 0]
    if kinds + signs:
        raise ExceptionGroup("found", kinds + signs)
# %% wrong: the first only
def check_all(values):
    for value in values:
        if not isinstance(value, int):
            raise TypeError(value)
        if value < 0:
            raise ValueError(value)
# %% test
check_all([1, 2])
try:
    check_all(["x", -1])
except ExceptionGroup as group:
    assert {type(error) for error in group.exceptions} == {TypeError, ValueError}

# %% style os_error
# The number and the name of a file that is missing.
# %% solution
def read_text(path):
    with open(path) as file:
        return file.read()
# %% right: by pathlib
from pathlib import Path
def read_text(path):
    return Path(path).read_text()
# %% wrong: another error
def read_text(path):
    try:
        return open(path).read()
    except OSError:
        raise ValueError("no such file")
# %% test
import errno
try:
    read_text("exceptions_missing.txt")
except FileNotFoundError as error:
    assert error.errno == errno.ENOENT
    assert "exceptions_missing" in str(error.filename)
else:
    assert False

# %% style key_error_key
# The key of a KeyError.
# %% solution
def capital_of(country):
    return {"France": "Paris"}[country]
# %% right: raised
def capital_of(country):
    if country != "France":
        raise KeyError(country)
    return "Paris"
# %% wrong: a text
def capital_of(country):
    if country != "France":
        raise KeyError("unknown country")
    return "Paris"
# %% test
assert capital_of("France") == "Paris"
try:
    capital_of("Peru")
except KeyError as error:
    assert error.args[0] == "Peru"
else:
    assert False

# %% style unicode_error
# An exception that needs several arguments.
# %% solution
def ascii_only(text):
    return text.encode("ascii")
# %% right: named
def ascii_only(text):
    return bytes(text, encoding="ascii")
# %% wrong: replaced
def ascii_only(text):
    return text.encode("ascii", "replace")
# %% test
assert ascii_only("abc") == b"abc"
try:
    ascii_only("né")
except UnicodeEncodeError as error:
    assert error.start == 1
else:
    assert False

# %% style cleanup_after_error
# What must be done is done even if an error is raised.
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
# %% right: except
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

# %% style custom_str
# __str__ of the student's exception.
# %% solution
class Limit(Exception):
    def __init__(self, value):
        self.value = value
    def __str__(self):
        return f"limit is {self.value}"
def limited(x):
    if x > 9:
        raise Limit(9)
    return x
# %% right: by args
class Limit(Exception):
    pass
def limited(x):
    if x > 9:
        raise Limit("limit is 9")
    return x
# %% wrong: the value only
class Limit(Exception):
    pass
def limited(x):
    if x > 9:
        raise Limit(9)
    return x
# %% test
assert limited(3) == 3
try:
    limited(10)
except Exception as error:
    assert str(error) == "limit is 9"
    assert type(error).__name__ == "Limit"
else:
    assert False
