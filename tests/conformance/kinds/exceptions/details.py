# What a test reads from an exception: message, attributes, cause, context.

# %% style exception_message
# The test reads the message of an exception.
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
# The test reads an attribute of the student's exception.
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
# %% wrong: counts from 0
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
# The test reads the args of an exception.
# %% solution
def divide_all(numbers, by):
    if by == 0:
        raise ZeroDivisionError("divide_all", len(numbers))
    return [n / by for n in numbers]
# %% right: with a variable
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
# The exception must have a cause, by `raise … from …`.
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
# The exception must have a context, but no cause.
# %% solution
def first_key(table):
    try:
        return next(iter(table))
    except StopIteration:
        raise KeyError("empty")
# %% right: by an index
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

# %% style exception_group
# The answer must raise an exception group with two exceptions.
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
# %% right: by comprehensions
def check_all(values):
    kinds = [TypeError(v) for v in values if not isinstance(v, int)]
    signs = [ValueError(v) for v in values if isinstance(v, int) and v < 0]
    if kinds + signs:
        raise ExceptionGroup("found", kinds + signs)
# %% wrong: only the first exception
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
# The test reads the error number and the file name of an OSError.
# %% solution
def read_text(path):
    with open(path) as file:
        return file.read()
# %% right: with pathlib
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
# The test reads the key of a KeyError.
# %% solution
def capital_of(country):
    return {"France": "Paris"}[country]
# %% right: with raise
def capital_of(country):
    if country != "France":
        raise KeyError(country)
    return "Paris"
# %% wrong: a message
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
# The answer must raise an exception that is made from several arguments.
# %% solution
def ascii_only(text):
    return text.encode("ascii")
# %% right: with bytes
def ascii_only(text):
    return bytes(text, encoding="ascii")
# %% wrong: other letters replaced
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

# %% style custom_str
# The test reads str() of the student's exception.
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
# %% right: as the message
class Limit(Exception):
    pass
def limited(x):
    if x > 9:
        raise Limit("limit is 9")
    return x
# %% wrong: only the value
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
