# Files, folders, random state, globals, modules, threads and figures after a call.

# %% style file_written
# The test reads the file that the answer writes.
# %% solution
def save_lines(path, lines):
    with open(path, "w") as file:
        for line in lines:
            file.write(line + "\n")
# %% right: with pathlib
from pathlib import Path
def save_lines(path, lines):
    Path(path).write_text("".join(f"{line}\n" for line in lines))
# %% wrong: no newlines
def save_lines(path, lines):
    with open(path, "w") as file:
        for line in lines:
            file.write(line)
# %% test
save_lines("traces_lines.txt", ["a", "b"])
with open("traces_lines.txt") as file:
    assert file.read() == "a\nb\n"

# %% style file_read
# The test writes a file, which the answer reads.
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
# The answer writes to a temporary folder of the test.
# %% solution
import os
def make_report(folder):
    with open(os.path.join(folder, "report.txt"), "w") as file:
        file.write("done")
# %% right: with pathlib
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
# The answer must leave no file behind.
# %% solution
def describe_number(n):
    return f"n is {n}"
# %% right: with format
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
# The answer must leave the working directory as it was.
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
# The answer must set an environment variable.
# %% solution
import os
def use_language(name):
    os.environ["COURSE_LANGUAGE"] = name
# %% right: with update
import os
def use_language(name):
    os.environ.update(COURSE_LANGUAGE=name)
# %% wrong: a Python variable
def use_language(name):
    global COURSE_LANGUAGE
    COURSE_LANGUAGE = name
# %% test
import os
use_language("fr")
assert os.environ.get("COURSE_LANGUAGE") == "fr"

# %% style random_state_kept
# The answer must leave the global random state as it was.
# %% solution
import random
def roll():
    return random.Random(7).randint(1, 6)
# %% right: NumPy's generator
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
# The test seeds the generator: two runs must return the same numbers.
# %% solution
import random
def shuffled(items):
    items = list(items)
    random.shuffle(items)
    return items
# %% right: with sample
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
# The test calls np.random.seed, which must hold for the answer.
# %% solution
import numpy as np
def noise(n):
    return np.random.normal(size=n)
# %% right: with randn
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
# The answer must use a local variable, not a global one.
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
# The answer counts its calls in a global variable.
# %% solution
calls = 0
def tick():
    global calls
    calls += 1
# %% right: with globals()
calls = 0
def tick():
    globals()["calls"] += 1
# %% wrong: a local variable
calls = 0
def tick():
    calls = 1
# %% test
assert calls == 0
tick()
tick()
assert calls == 2

# %% style global_unchanged
# The answer must not change its global list.
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
# %% wrong: empties the list
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
# The answer must not import a module.
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
# The answer must not import a name into the notebook.
# %% solution
def biggest(items):
    best = items[0]
    for item in items:
        if item > best:
            best = item
    return best
# %% right: with sorted
def biggest(items):
    return sorted(items)[-1]
# %% wrong: imports from heapq
from heapq import nlargest
def biggest(items):
    return nlargest(1, items)[0]
# %% test
assert biggest([3, 9, 2]) == 9
assert "nlargest" not in globals() and "heapq" not in globals()

# %% style threads_ended
# The answer must leave no thread running.
# %% solution
import threading
def in_background(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
# %% right: with an executor
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

# %% style figure_closed
# The answer must close its figure.
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

# %% style history_of_cells
# The test reads the source of the answer's cell from In.
# %% solution
history_total = 0
for number in [1, 2, 3]:
    history_total += number
# %% right: with while
history_total, rest = 0, [1, 2, 3]
while rest:
    history_total += rest.pop()
# %% wrong: with sum
history_total = sum([1, 2, 3])
# %% test
assert history_total == 6
assert "sum(" not in In[-2], "use a loop"
