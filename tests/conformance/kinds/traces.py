# What a call leaves behind beside its result: text, warnings, log records, files, the
# working directory, figures, threads, random state, modules and globals.

# %% style must_not_print
# Nothing may be printed; standard output is redirected.
# sample: yes
# %% solution
def square(x):
    return x * x
# %% right: by power
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
# The text that is printed is compared.
# sample: yes
# %% solution
def greet(name):
    print(f"Hello, {name}!")
# %% right: by two arguments
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
# sys.stdout is replaced by hand.
# %% solution
def countdown(n):
    for i in range(n, 0, -1):
        print(i)
# %% right: one print
def countdown(n):
    print(*range(n, 0, -1), sep="\n")
# %% wrong: upwards
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
# Text that is written to sys.stdout counts as printed.
# %% solution
import sys
def shout(text):
    sys.stdout.write(text.upper())
# %% right: by print
def shout(text):
    print(text.upper(), end="")
# %% wrong: with a line end
def shout(text):
    print(text.upper())
# %% test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as stream:
    shout("hey")
assert stream.getvalue() == "HEY"

# %% style stderr_redirected
# An error message must go to standard error, and only there.
# %% solution
import sys
def complain(text):
    print("error:", text, file=sys.stderr)
# %% right: by write
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
# IPython captures what is printed.
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
# A warning must be given.
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
# %% wrong: silent
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
# Warnings are errors while the function runs.
# %% solution
import numpy as np
def safe_log(x):
    return np.log(x) if x > 0 else -np.inf
# %% right: by math
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
# A record must be logged.
# %% solution
import logging
def transfer(amount):
    logging.getLogger("bank").warning("moved %d", amount)
    return amount
# %% right: by an f-string
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

# %% style file_written
# The file that the function writes is read.
# %% solution
def save_lines(path, lines):
    with open(path, "w") as file:
        for line in lines:
            file.write(line + "\n")
# %% right: by pathlib
from pathlib import Path
def save_lines(path, lines):
    Path(path).write_text("".join(f"{line}\n" for line in lines))
# %% wrong: no line ends
def save_lines(path, lines):
    with open(path, "w") as file:
        for line in lines:
            file.write(line)
# %% test
save_lines("traces_lines.txt", ["a", "b"])
with open("traces_lines.txt") as file:
    assert file.read() == "a\nb\n"

# %% style file_read
# The test writes a file, which the function reads.
# %% solution
def count_words(path):
    with open(path) as file:
        return len(file.read().split())
# %% right: line by line
def count_words(path):
    with open(path) as file:
        return sum(len(line.split()) for line in file)
# %% wrong: counts lines
def count_words(path):
    with open(path) as file:
        return len(file.readlines())
# %% test
with open("traces_words.txt", "w") as file:
    file.write("one two\nthree\n")
assert count_words("traces_words.txt") == 3

# %% style temporary_folder
# The function writes below a temporary folder of the test.
# %% solution
import os
def make_report(folder):
    with open(os.path.join(folder, "report.txt"), "w") as file:
        file.write("done")
# %% right: by pathlib
from pathlib import Path
def make_report(folder):
    (Path(folder) / "report.txt").write_text("done")
# %% wrong: another name
import os
def make_report(folder):
    with open(os.path.join(folder, "result.txt"), "w") as file:
        file.write("done")
# %% test
import pathlib, tempfile
with tempfile.TemporaryDirectory() as folder:
    make_report(folder)
    assert (pathlib.Path(folder) / "report.txt").read_text() == "done"

# %% style no_file_left
# No file may be left.
# %% solution
def describe_number(n):
    return f"n is {n}"
# %% right: by format
def describe_number(n):
    return "n is {}".format(n)
# %% wrong: a log file
def describe_number(n):
    with open("traces_log.txt", "a") as log:
        log.write("called\n")
    return f"n is {n}"
# %% test
import os
assert describe_number(3) == "n is 3"
assert not os.path.exists("traces_log.txt"), "leave no files behind"

# %% style working_directory
# The working directory must be as it was.
# alone: a wrong answer changes the working directory
# %% solution
import os
def entries(folder):
    return sorted(os.listdir(folder))
# %% right: and back again
import os
def entries(folder):
    here = os.getcwd()
    os.chdir(folder)
    try:
        return sorted(os.listdir("."))
    finally:
        os.chdir(here)
# %% wrong: stays there
import os
def entries(folder):
    os.chdir(folder)
    return sorted(os.listdir("."))
# %% test
import os, tempfile
here = os.getcwd()
folder = tempfile.mkdtemp()
open(os.path.join(folder, "a"), "w").close()
assert entries(folder) == ["a"]
assert os.getcwd() == here

# %% style environment_variable
# An environment variable is set.
# %% solution
import os
def use_language(name):
    os.environ["COURSE_LANGUAGE"] = name
# %% right: by update
import os
def use_language(name):
    os.environ.update(COURSE_LANGUAGE=name)
# %% wrong: a variable of Python
def use_language(name):
    global COURSE_LANGUAGE
    COURSE_LANGUAGE = name
# %% test
import os
use_language("fr")
assert os.environ.get("COURSE_LANGUAGE") == "fr"

# %% style random_state_kept
# The global random state must be as it was.
# %% solution
import random
def roll():
    return random.Random(7).randint(1, 6)
# %% right: numpy's generator
import numpy as np
def roll():
    return int(np.random.default_rng(7).integers(1, 7))
# %% wrong: seeds the global generator
import random
def roll():
    random.seed(7)
    return random.randint(1, 6)
# %% test
import random
before = random.getstate()
assert 1 <= roll() <= 6
assert random.getstate() == before, "leave the global generator alone"

# %% style seeded_by_test
# The test seeds the generator; two runs must give the same numbers.
# %% solution
import random
def shuffled(items):
    items = list(items)
    random.shuffle(items)
    return items
# %% right: by sample
import random
def shuffled(items):
    return random.sample(list(items), len(items))
# %% wrong: not random
def shuffled(items):
    return list(items)
# %% wrong: another generator
import random
def shuffled(items):
    items = list(items)
    random.Random().shuffle(items)
    return items
# %% test
import random
random.seed(3)
first = shuffled(range(50))
random.seed(3)
assert shuffled(range(50)) == first
assert shuffled(range(50)) != first

# %% style numpy_seed
# np.random.seed of the test must reach the function.
# %% solution
import numpy as np
def noise(n):
    return np.random.normal(size=n)
# %% right: randn
import numpy as np
def noise(n):
    return np.random.randn(n)
# %% wrong: another seed
import numpy as np
def noise(n):
    return np.random.default_rng(0).normal(size=n)
# %% test
import numpy as np
np.random.seed(0)
expected = np.random.normal(size=3)
np.random.seed(0)
np.testing.assert_allclose(noise(3), expected)

# %% style no_global_made
# A helper variable must be local.
# %% solution
def cube(x):
    traces_step = x * x
    return traces_step * x
# %% right: no variable
def cube(x):
    return x**3
# %% wrong: a global
def cube(x):
    global traces_step
    traces_step = x * x
    return traces_step * x
# %% test
assert cube(2) == 8
assert "traces_step" not in globals(), "it must be local"

# %% style global_counter
# A global of the answer counts calls.
# %% solution
calls = 0
def tick():
    global calls
    calls += 1
# %% right: by globals()
calls = 0
def tick():
    globals()["calls"] += 1
# %% wrong: a local
calls = 0
def tick():
    calls = 1
# %% test
assert calls == 0
tick()
tick()
assert calls == 2

# %% style global_unchanged
# A global list of the answer must not be used up.
# %% solution
stock = [3, 1, 2]
def worth():
    return sum(stock)
# %% right: by a loop
stock = [3, 1, 2]
def worth():
    total = 0
    for piece in stock:
        total += piece
    return total
# %% wrong: used up
stock = [3, 1, 2]
def worth():
    total = 0
    while stock:
        total += stock.pop()
    return total
# %% test
before = list(stock)
assert worth() == 6
assert stock == before, "worth() must not use up the stock"

# %% style module_not_imported
# A module must not be imported.
# %% solution
def mean_of(numbers):
    return sum(numbers) / len(numbers)
# %% right: by a loop
def mean_of(numbers):
    total = 0.0
    for number in numbers:
        total += number
    return total / len(numbers)
# %% wrong: imports statistics
import sys
sys.modules.pop("statistics", None)
def mean_of(numbers):
    import statistics
    return statistics.mean(numbers)
# %% test
import sys
sys.modules.pop("statistics", None)
assert mean_of([1, 2, 6]) == 3
assert "statistics" not in sys.modules, "write it yourself"

# %% style name_not_imported
# A name must not have been imported into the notebook.
# %% solution
def biggest(items):
    best = items[0]
    for item in items:
        if item > best:
            best = item
    return best
# %% right: sorted
def biggest(items):
    return sorted(items)[-1]
# %% wrong: from heapq
from heapq import nlargest
def biggest(items):
    return nlargest(1, items)[0]
# %% test
assert biggest([3, 9, 2]) == 9
assert "nlargest" not in globals() and "heapq" not in globals()

# %% style threads_ended
# No thread may be left running.
# %% solution
import threading
def in_background(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
# %% right: by an executor
from concurrent.futures import ThreadPoolExecutor
def in_background(work):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
# %% wrong: left running
import threading, time
def in_background(work):
    def slowly():
        work()
        time.sleep(20)
    thread = threading.Thread(target=slowly, daemon=True)
    thread.start()
    time.sleep(0.2)
# %% test
import threading
before = threading.active_count()
done = []
in_background(lambda: done.append(1))
assert done == [1]
assert threading.active_count() == before

# %% style figure_left_open
# A figure must be closed.
# %% solution
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def save_plot(values, path):
    figure, axes = plt.subplots()
    axes.plot(values)
    figure.savefig(path)
    plt.close(figure)
# %% right: without pyplot
from matplotlib.figure import Figure
def save_plot(values, path):
    figure = Figure()
    figure.subplots().plot(values)
    figure.savefig(path)
# %% wrong: stays open
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def save_plot(values, path):
    plt.figure()
    plt.plot(values)
    plt.savefig(path)
# %% test
import os
import matplotlib.pyplot as plt
plt.close("all")
save_plot([1, 2], "traces_plot.png")
assert os.path.getsize("traces_plot.png") > 0
assert plt.get_fignums() == [], "close the figure"

# %% style printed_and_returned
# The text and the value are both compared.
# %% solution
def log_sum(a, b):
    print(a, "+", b)
    return a + b
# %% right: by an f-string
def log_sum(a, b):
    print(f"{a} + {b}")
    return a + b
# %% wrong: text only
def log_sum(a, b):
    print(a, "+", b)
# %% test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as text:
    value = log_sum(1, 2)
assert value == 3 and text.getvalue() == "1 + 2\n"

# %% style number_of_prints
# The number of calls of print is counted by a mock.
# %% solution
def list_items(items):
    for item in items:
        print(item)
# %% right: by a counter
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

# %% style history_of_cells
# The text of the answer's cell is looked up in In.
# %% solution
history_total = 0
for number in [1, 2, 3]:
    history_total += number
# %% right: with while
history_total, rest = 0, [1, 2, 3]
while rest:
    history_total += rest.pop()
# %% wrong: by the function
history_total = sum([1, 2, 3])
# %% test
assert history_total == 6
assert "sum(" not in In[-2], "use a loop"

# %% style stderr_in_test
# Text on standard error while a test runs costs the points.
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
# %% wrong: warns
import sys
def quiet_half(n):
    print("half of", n, file=sys.stderr)
    return n / 2
# %% test
assert quiet_half(3) == 1.5
