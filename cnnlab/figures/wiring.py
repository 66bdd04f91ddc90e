"""Draw the connections of layers, and compare the costs of two layers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cnnlab.figures._panels import check_labels, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, uncut
from cnnlab.figures._theme import INK, LINES
from cnnlab.figures.plots import log_bars, spoken
from cnnlab.numerics import output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The weights of a window differ in their dashes, not only in colour.
STROKES = ("-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)))

# In inches: the room for names, the distance of inputs and outputs, a node's radius.
_NAMES, _HEIGHT, _RADIUS = 0.8, 1.36, 0.09

Point = tuple[float, float]
Wire = tuple[int, int, int | None]  # output, input, index of a shared weight or None

__all__ = ["compare_wirings", "dense_wiring", "weights_meter"]


def dense_wiring(
    inputs: int, outputs: int, *, input_labels: Sequence[object] = (), alt: str = ""
) -> Picture:
    """Draw a dense layer: one line per weight, from each input to each output.

    Parameters
    ----------
    inputs, outputs
        Numbers of inputs and outputs; at least 1.
    input_labels
        One label per input, or none.
    alt
        Replaces the sentence made from the counts.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If a number is below 1, or there is another number of labels than of inputs.
    """
    if min(inputs, outputs) < 1:
        raise ValueError(
            f"inputs and outputs must be at least 1, not {inputs} and {outputs}"
        )
    check_labels(input_labels, inputs, "input_labels")
    wires = _dense(inputs, outputs)
    count = f"{inputs} × {outputs} = {len(wires)} weights"
    labels = f" The inputs are {', '.join(map(str, input_labels))}."
    words = (
        f"A dense layer: {inputs} inputs below, {outputs} outputs above, and a line "
        f"from each input to each output, {len(wires)} lines in all: {count}."
        f"{labels if input_labels else ''}"
    )

    def draw() -> Sheet:
        width = _side(inputs)
        figure = new_figure(width, 2.3)
        axes = figure.add_axes((0, 0, 1, 1 - 0.35 / 2.3))
        _draw_wires(axes, inputs, outputs, wires, input_labels)
        axes.set_title(count, fontsize=11)
        return uncut(figure)

    sentence = f"{inputs} inputs and {outputs} outputs, a line for each weight: {count}"
    return Picture(draw, alt or sentence, words)


def _side(inputs: int) -> float:
    """Return the width of a drawing in inches: 0.3 per input, and the names."""
    return 0.3 * max(inputs, 6) + _NAMES + 0.15


def compare_wirings(inputs: int, window: int, *, alt: str = "") -> Picture:
    """Draw dense, local, and local shared connections side by side.

    Parameters
    ----------
    inputs
        Number of inputs, which are neighbours in a row.
    window
        Number of neighbouring inputs that an output of a local layer reads, 1 to 4.
    alt
        Replaces the sentence made from the counts.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If `window` is larger than `inputs`, or not 1 to 4.
    """
    if not 1 <= window <= len(STROKES):
        raise ValueError(f"window must be 1 to {len(STROKES)}, not {window}")
    outputs = output_size(inputs, window)
    kinds = _wirings(inputs, outputs, window)
    words = "; ".join(
        f"{name}, {len(wires)} lines, {weights} different weights"
        for name, (wires, weights) in kinds.items()
    )

    def draw() -> Sheet:
        side = _side(inputs)
        figure, boxes = new_figure(3 * side, 2.5), []
        for index, (name, (wires, weights)) in enumerate(kinds.items()):
            axes = figure.add_axes((index / 3, 0, 1 / 3, 1 - 0.55 / 2.5))
            _draw_wires(axes, inputs, outputs, wires)
            axes.set_title(
                f"{name}\n{len(wires)} lines, {weights} weights", fontsize=11
            )
            boxes.append(Box(index * side, 0, side, 2.5, index + 1))
        return Sheet(figure, [boxes])

    sentence = (
        f"Dense, local, and local shared connections of {inputs} inputs: "
        f"{', '.join(str(weights) for _, weights in kinds.values())} weights"
    )
    words = f"{inputs} inputs, {outputs} outputs: {words}"
    return Picture(draw, alt or sentence, words)


def weights_meter(
    image_shape: tuple[int, int, int],
    neurons: int,
    filters: int,
    *,
    kernel_size: int = 3,
    alt: str = "",
) -> Picture:
    """Compare the costs of a dense and a convolutional layer on logarithmic scales.

    The costs are parameters with biases, their size as float32, and multiply-adds for
    one image. The convolution has stride 1 and no padding.

    Parameters
    ----------
    image_shape
        ``(height, width, channels)``.
    neurons
        Number of outputs of the dense layer.
    filters, kernel_size
        Number of filters of the convolution, and the side of their kernels.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If a number is below 1, or the kernel is larger than the image.
    """
    height, width, channels = image_shape
    if min(channels, neurons, filters) < 1:
        raise ValueError(
            "channels, neurons and filters must be at least 1, "
            f"not {channels}, {neurons} and {filters}"
        )
    positions = output_size(height, kernel_size) * output_size(width, kernel_size)
    window = kernel_size**2 * channels
    dense = f"dense, {neurons} neurons"
    conv = f"{filters} filters of {kernel_size}×{kernel_size}"
    parameters = {
        dense: (height * width * channels + 1) * neurons,
        conv: (window + 1) * filters,
    }
    work = {
        dense: height * width * channels * neurons,
        conv: positions * window * filters,
    }
    gigabytes = {name: 4 * count / 1e9 for name, count in parameters.items()}
    groups: dict[str, Mapping[str, float]] = {
        "parameters": parameters,
        "memory for them in float32, in GB": gigabytes,
        "multiply-adds for one image": work,
    }
    title = f"Input {height} × {width} × {channels}"
    sentence = (
        f"{title}: {spoken(parameters[dense])} parameters and {spoken(work[dense])} "
        f"multiply-adds if dense, {spoken(parameters[conv])} and {spoken(work[conv])} "
        "with filters"
    )
    return log_bars(groups, title=title, alt=alt or sentence)


def _dense(inputs: int, outputs: int) -> list[Wire]:
    return [(o, i, None) for o in range(outputs) for i in range(inputs)]


def _wirings(
    inputs: int, outputs: int, window: int
) -> dict[str, tuple[list[Wire], int]]:
    """Return the lines of each kind of layer, and its number of weights."""
    local = [(o, o + w) for o in range(outputs) for w in range(window)]
    return {
        "dense": (_dense(inputs, outputs), inputs * outputs),
        "local": ([(o, i, None) for o, i in local], len(local)),
        "local and shared": ([(o, i, i - o) for o, i in local], window),
    }


def _draw_wires(
    axes: Axes,
    inputs: int,
    outputs: int,
    wires: Sequence[Wire],
    input_labels: Sequence[object] = (),
) -> None:
    shift = (inputs - outputs) / 2  # outputs stand above the middle of the inputs
    for output, source, weight in wires:
        index = 0 if weight is None else weight
        axes.plot(
            *_between((source, 0), (output + shift, 1)),
            color=INK if weight is None else LINES[index],
            linestyle=STROKES[index],
            linewidth=0.7 if weight is None else 1.8,
            zorder=1,
        )
    # Nodes hide nothing, so lines end at their edges.
    for count, x, y in ((inputs, 0.0, 0), (outputs, shift, 1)):
        xs = [x + index for index in range(count)]
        axes.scatter(xs, [y] * count, s=170, color="none", edgecolor=INK, zorder=2)
    for index, label in enumerate(input_labels):
        text: dict[str, Any] = {
            "ha": "center",
            "va": "center_baseline",
            "fontsize": 10.5,
        }
        axes.annotate(str(label), (index, 0), **text)
    left = -_NAMES / 0.3
    axes.text(left + 0.2, 1, "outputs", va="center", fontsize=10.5)
    axes.text(left + 0.2, 0, "inputs", va="center", fontsize=10.5)
    axes.set(xlim=(left, max(inputs, 6)), ylim=(-0.22, 1.22))
    axes.set_axis_off()


def _between(start: Point, end: Point) -> tuple[list[float], list[float]]:
    """Return xs and ys of a line between two nodes, from edge to edge."""
    (x, y), (to_x, to_y) = start, end
    across, up = 0.3 * (to_x - x), _HEIGHT * (to_y - y)
    cut = _RADIUS / math.hypot(across, up)
    ends = (cut, 1 - cut)
    return (
        [x + part * (to_x - x) for part in ends],
        [y + part * (to_y - y) for part in ends],
    )
