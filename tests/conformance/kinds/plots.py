# Figures of Matplotlib: what tests read from axes, lines, labels and bars.

# %% style axes_returned
# The test reads the labels of the axes that the function returns.
# sample: yes
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
def plot_speed(t, v):
    figure, axes = plt.subplots()
    axes.plot(t, v)
    axes.set_xlabel("time")
    axes.set_ylabel("speed")
    return axes
# %% right: with set
def plot_speed(t, v):
    axes = plt.figure().add_subplot()
    axes.plot(t, v)
    axes.set(xlabel="time", ylabel="speed")
    return axes
# %% wrong: the labels swapped
def plot_speed(t, v):
    figure, axes = plt.subplots()
    axes.plot(t, v)
    axes.set_xlabel("speed")
    axes.set_ylabel("time")
    return axes
# %% test
axes = plot_speed([0, 1], [0, 9])
assert axes.get_xlabel() == "time" and axes.get_ylabel() == "speed"
assert len(axes.lines) == 1

# %% style line_data
# The test reads the data of a line.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
# %% solution
def plot_sine(n):
    x = np.linspace(0, 2 * np.pi, n)
    _, axes = plt.subplots()
    axes.plot(x, np.sin(x))
    return axes
# %% right: another colour
def plot_sine(n):
    axes = plt.figure().gca()
    x = np.linspace(0, 2 * np.pi, n)
    axes.plot(x, np.sin(x), "r--")
    return axes
# %% wrong: a cosine
def plot_sine(n):
    x = np.linspace(0, 2 * np.pi, n)
    _, axes = plt.subplots()
    axes.plot(x, np.cos(x))
    return axes
# %% test
x, y = plot_sine(20).lines[0].get_data()
assert len(x) == 20
np.testing.assert_allclose(y, np.sin(x), atol=1e-12)

# %% style current_figure
# The test reads with plt.gca() what the answer has drawn.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
def draw_bars(counts):
    plt.figure()
    plt.bar(list(counts), list(counts.values()))
    plt.title("counts")
# %% right: with axes
def draw_bars(counts):
    _, axes = plt.subplots()
    axes.bar(list(counts.keys()), list(counts.values()))
    axes.set_title("counts")
# %% wrong: no title
def draw_bars(counts):
    plt.figure()
    plt.bar(list(counts), list(counts.values()))
# %% test
plt.close("all")
draw_bars({"a": 2, "b": 5})
drawn = plt.gca()
assert [bar.get_height() for bar in drawn.patches] == [2, 5]
assert drawn.get_title() == "counts"
plt.close("all")

# %% style figure_variable
# The answer is a figure and its axes, in variables.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
panel_figure, panel_axes = plt.subplots(1, 2)
panel_axes[0].plot([1, 2])
panel_axes[1].hist([1, 1, 2])
# %% right: one by one
panel_figure = plt.figure()
panel_axes = [panel_figure.add_subplot(1, 2, 1), panel_figure.add_subplot(1, 2, 2)]
panel_axes[0].plot([1, 2])
panel_axes[1].hist([1, 1, 2])
# %% wrong: an empty panel
panel_figure, panel_axes = plt.subplots(1, 2)
panel_axes[0].plot([1, 2])
# %% test
assert len(panel_figure.axes) == 2
assert len(panel_axes[0].lines) == 1
assert sum(bar.get_height() for bar in panel_axes[1].patches) == 3

# %% style legend_labels
# The test reads the labels of a legend.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
def two_lines():
    _, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], label="up")
    axes.plot([0, 1], [1, 0], label="down")
    axes.legend()
    return axes
# %% right: labels passed to legend
def two_lines():
    _, axes = plt.subplots()
    axes.plot([0, 1], [0, 1])
    axes.plot([0, 1], [1, 0])
    axes.legend(["up", "down"])
    return axes
# %% wrong: no legend
def two_lines():
    _, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], label="up")
    axes.plot([0, 1], [1, 0], label="down")
    return axes
# %% test
legend = two_lines().get_legend()
assert legend is not None
assert [text.get_text() for text in legend.get_texts()] == ["up", "down"]

# %% style axes_argument
# The test passes axes for the answer to draw on.
# %% solution
def add_threshold(axes, y):
    axes.axhline(y, color="red")
# %% right: with plot
def add_threshold(axes, y):
    axes.plot([0, 1], [y, y], color="red")
# %% wrong: a vertical line
def add_threshold(axes, y):
    axes.axvline(y, color="red")
# %% test
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
add_threshold(axes, 3)
assert len(axes.lines) == 1
assert list(axes.lines[0].get_ydata()) == [3, 3]
plt.close(figure)

# %% style scatter_points
# The test reads the points and the limits of a scatter plot.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
def scatter_of(points):
    _, axes = plt.subplots()
    axes.scatter([p[0] for p in points], [p[1] for p in points])
    axes.set_xlim(0, 10)
    return axes
# %% right: with zip
def scatter_of(points):
    axes = plt.figure().add_subplot()
    axes.scatter(*zip(*points))
    axes.set(xlim=(0, 10))
    return axes
# %% wrong: a line plot
def scatter_of(points):
    _, axes = plt.subplots()
    axes.plot(*zip(*points))
    axes.set_xlim(0, 10)
    return axes
# %% test
axes = scatter_of([(1, 2), (3, 4)])
assert axes.collections, "use scatter"
assert axes.collections[0].get_offsets().tolist() == [[1, 2], [3, 4]]
assert axes.get_xlim() == (0, 10)

# %% style show_patched
# The test patches plt.show, so that no window opens.
# %% given
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
# %% solution
def show_line(values):
    plt.plot(values)
    plt.show()
# %% right: with axes
def show_line(values):
    figure, axes = plt.subplots()
    axes.plot(values)
    plt.show()
# %% wrong: not shown
def show_line(values):
    plt.plot(values)
# %% test
from unittest.mock import patch
with patch("matplotlib.pyplot.show") as show:
    show_line([1, 2, 3])
show.assert_called_once()
plt.close("all")
