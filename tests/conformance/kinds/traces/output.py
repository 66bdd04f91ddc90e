# Output of a call: printed text, warnings and log records.

# %% style must_not_print
# The answer must not print: the test redirects standard output.
# sample: yes
# %% solution
def square(x):
    return x * x
# %% right: by a power
def square(x):
    return x**2
# %% wrong: prints
def square(x):
    print(x * x)
    return x * x
# %% test
import contextlib, io
said = io.StringIO()
with contextlib.redirect_stdout(said):
    got = square(3)
assert got == 9
assert said.getvalue() == "", "return the square, do not print it"

# %% style must_print
# The test compares what the answer prints.
# sample: yes
# %% solution
def greet(name):
    print(f"Hello, {name}!")
# %% right: with two arguments
def greet(name):
    print("Hello,", name + "!")
# %% wrong: returns
def greet(name):
    return f"Hello, {name}!"
# %% wrong: without the comma
def greet(name):
    print(f"Hello {name}!")
# %% test
import contextlib, io
out = io.StringIO()
with contextlib.redirect_stdout(out):
    greet("Ada")
assert out.getvalue().strip() == "Hello, Ada!"

# %% style stdout_replaced
# The test assigns to sys.stdout.
# %% solution
def countdown(n):
    for i in range(n, 0, -1):
        print(i)
# %% right: one print
def countdown(n):
    print(*range(n, 0, -1), sep="\n")
# %% wrong: counts up
def countdown(n):
    for i in range(1, n + 1):
        print(i)
# %% test
import io, sys
kept, sys.stdout = sys.stdout, io.StringIO()
try:
    countdown(3)
    lines = sys.stdout.getvalue().splitlines()
finally:
    sys.stdout = kept
assert lines == ["3", "2", "1"]

# %% style stdout_written
# The answer may write to sys.stdout instead of calling print.
# %% solution
import sys
def shout(text):
    sys.stdout.write(text.upper())
# %% right: with print
def shout(text):
    print(text.upper(), end="")
# %% wrong: with a newline
def shout(text):
    print(text.upper())
# %% test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as stream:
    shout("hey")
assert stream.getvalue() == "HEY"

# %% style stderr_redirected
# The answer must write to standard error.
# %% solution
import sys
def complain(text):
    print("error:", text, file=sys.stderr)
# %% right: with write
import sys
def complain(text):
    sys.stderr.write(f"error: {text}\n")
# %% wrong: on standard output
def complain(text):
    print("error:", text)
# %% test
import contextlib, io
with contextlib.redirect_stderr(io.StringIO()) as err:
    complain("no file")
assert err.getvalue() == "error: no file\n"

# %% style ipython_capture
# The test captures with IPython what the answer prints.
# %% solution
def show_total(prices):
    print("total:", sum(prices))
# %% right: by a loop
def show_total(prices):
    total = 0
    for price in prices:
        total += price
    print("total:", total)
# %% wrong: nothing printed
def show_total(prices):
    return sum(prices)
# %% test
from IPython.utils.capture import capture_output
with capture_output() as captured:
    show_total([1, 2])
assert captured.stdout == "total: 3\n"

# %% style warns
# The answer must give a warning.
# %% solution
import warnings
def old_name():
    warnings.warn("use new_name", DeprecationWarning)
    return 1
# %% right: with a level
import warnings
def old_name():
    warnings.warn("use new_name", DeprecationWarning, stacklevel=2)
    return 1
# %% wrong: no warning
def old_name():
    return 1
# %% wrong: another category
import warnings
def old_name():
    warnings.warn("use new_name", UserWarning)
    return 1
# %% test
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    assert old_name() == 1
assert len(caught) == 1 and issubclass(caught[0].category, DeprecationWarning)

# %% style must_not_warn
# The test turns warnings into errors while the answer runs.
# %% solution
import numpy as np
def safe_log(x):
    return np.log(x) if x > 0 else -np.inf
# %% right: with math
import math
def safe_log(x):
    return math.log(x) if x > 0 else -math.inf
# %% wrong: divides by zero
import numpy as np
def safe_log(x):
    return np.log(np.float64(x))
# %% test
import warnings
import numpy as np
with warnings.catch_warnings():
    warnings.simplefilter("error")
    assert safe_log(1) == 0
    assert safe_log(0) == -np.inf

# %% style log_records
# The answer must write a log record.
# %% solution
import logging
def transfer(amount):
    logging.getLogger("bank").warning("moved %d", amount)
    return amount
# %% right: with an f-string
import logging
def transfer(amount):
    logging.getLogger("bank").warning(f"moved {amount}")
    return amount
# %% wrong: printed
def transfer(amount):
    print("moved", amount)
    return amount
# %% test
import logging
class Collector(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []
    def emit(self, record):
        self.lines.append(record.getMessage())
collector = Collector()
logging.getLogger("bank").addHandler(collector)
try:
    assert transfer(5) == 5
finally:
    logging.getLogger("bank").removeHandler(collector)
assert collector.lines == ["moved 5"]

# %% style printed_and_returned
# The test compares what the answer prints and what it returns.
# %% solution
def log_sum(a, b):
    print(a, "+", b)
    return a + b
# %% right: with an f-string
def log_sum(a, b):
    print(f"{a} + {b}")
    return a + b
# %% wrong: only prints
def log_sum(a, b):
    print(a, "+", b)
# %% test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as text:
    value = log_sum(1, 2)
assert value == 3 and text.getvalue() == "1 + 2\n"

# %% style number_of_prints
# The test counts calls of print with a mock.
# %% solution
def list_items(items):
    for item in items:
        print(item)
# %% right: by an index
def list_items(items):
    for place in range(len(items)):
        print(items[place])
# %% wrong: one print
def list_items(items):
    print("\n".join(items))
# %% test
from unittest.mock import patch
with patch("builtins.print") as printed:
    list_items(["a", "b", "c"])
assert printed.call_count == 3

# %% style stderr_in_test
# Writing to standard error while a test runs costs all points.
# %% solution
def quiet_half(n):
    return n / 2
# %% right: by multiplication
def quiet_half(n):
    return n * 0.5
# %% right: prints
def quiet_half(n):
    print("half of", n)
    return n / 2
# %% wrong: writes to standard error
import sys
def quiet_half(n):
    print("half of", n, file=sys.stderr)
    return n / 2
# %% test
assert quiet_half(3) == 1.5
