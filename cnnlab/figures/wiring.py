"""Draw the connections of layers, and compare the costs of two layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cnnlab.figures._panels import INK, PAPER, check_labels, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures.plots import LINES, log_bars
from cnnlab.numerics import output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The weights of a window differ in their dashes, not only in colour.
STROKES = ("-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)))

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
        Replaces the description made from the counts.

    Returns
    -------
    Picture
        The figure and its alt text.

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
    words = (
        f"A dense layer: {inputs} inputs below, {outputs} outputs above, and a line "
        f"from each input to each output, {len(wires)} lines in all"
    )

    def draw() -> Figure:
        figure = new_figure(6.4, 2.6, layout="constrained")
        axes = figure.subplots()
        _draw_wires(axes, inputs, outputs, wires, input_labels)
        axes.set_title(f"{inputs} × {outputs} = {len(wires)} weights", fontsize=11)
        return figure

    return Picture(draw, alt or words)


def compare_wirings(inputs: int, window: int, *, alt: str = "") -> Picture:
    """Draw dense, local, and local shared connections side by side.

    Parameters
    ----------
    inputs
        Number of inputs, which are neighbours in a row.
    window
        Number of neighbouring inputs that an output of a local layer reads, 1 to 4.
    alt
        Replaces the description made from the counts.

    Returns
    -------
    Picture
        The figure and its alt text.

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

    def draw() -> Figure:
        figure = new_figure(8.4, 2.7, layout="constrained")
        for axes, (name, (wires, weights)) in zip(
            figure.subplots(1, 3), kinds.items(), strict=True
        ):
            _draw_wires(axes, inputs, outputs, wires)
            axes.set_title(
                f"{name}\n{len(wires)} lines, {weights} weights", fontsize=11
            )
        return figure

    return Picture(draw, alt or f"{inputs} inputs, {outputs} outputs: {words}")


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
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

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
    return log_bars(groups, title=f"Input {height} × {width} × {channels}", alt=alt)


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
            [source, output + shift],
            [0, 1],
            color=INK if weight is None else LINES[index],
            linestyle=STROKES[index],
            linewidth=0.7 if weight is None else 1.8,
            zorder=1,
        )
    for count, x, y in ((inputs, 0.0, 0), (outputs, shift, 1)):
        xs = [x + index for index in range(count)]
        axes.scatter(xs, [y] * count, s=150, color=PAPER, edgecolor=INK, zorder=2)
    for index, label in enumerate(input_labels):
        axes.annotate(str(label), (index, 0), ha="center", va="center", fontsize=9)
    axes.text(-0.9, 1, "outputs", ha="right", va="center", fontsize=9)
    axes.text(-0.9, 0, "inputs", ha="right", va="center", fontsize=9)
    axes.set(xlim=(-0.8 - 0.18 * inputs, inputs - 0.5), ylim=(-0.25, 1.25))
    axes.set_axis_off()
