"""Draw a network as a table with one line per layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnlab.figures._panels import new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import FAINT, INK, RULE, TINT
from cnnlab.figures._words import counted, short
from cnnlab.figures.plots import spoken
from cnnlab.numerics import output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Spec = Sequence[Mapping[str, Any]]

_ROW = 0.66  # inches from layer to layer
_SHEET = 0.44  # side of the input, in inches
# Left edges of the columns, in inches.
_NAMES, _BLOCKS, _SHAPES, _PARAMS, _WORK, _FIELDS = 0.1, 2.3, 3.15, 4.3, 6.3, 8.3
_WIDTH = 11.0
_PIECES = (0, _PARAMS - 0.1, _FIELDS - 0.1, _WIDTH)
_BAR = 1.2  # length of a bar for 100 %, in inches

__all__ = ["Spec", "architecture", "box", "inch_axes"]


def architecture(
    spec: Spec, input_shape: tuple[int, int, int], *, title: str = "", alt: str = ""
) -> Picture:
    """Draw a network as a table of shapes, parameters, work and receptive fields.

    Bars show each layer's share of all parameters and of all multiply-adds for one
    image. The small frames show the input, and in it the part that one unit sees.

    Parameters
    ----------
    spec
        One mapping per layer, in order. ``kind`` is ``"conv"`` (with ``filters``,
        ``k``, ``s`` and ``padding``), ``"pool"`` (``k``, ``s``, ``padding``),
        ``"global"`` (average pooling of whole maps), ``"norm"`` (batch
        normalisation), ``"relu"``, ``"flatten"`` or ``"dense"`` (``units``).
        ``padding`` is ``"same"`` or ``"valid"``, as in Keras.
    input_shape
        ``(height, width, channels)`` of one image.
    title
        Text above the table.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no layer, a kind or padding is unknown, layers come in an
        impossible order, or a window does not fit.
    KeyError
        If a layer lacks one of its entries.
    """
    layers = _trace(spec, input_shape)
    above = 0.4 if title else 0.1
    words = ". ".join([layers[0].shape_words(), *(x.words() for x in layers[1:])])
    total = f"Total: {_total_words(layers)}"

    def draw() -> Sheet:
        figure = new_figure(_WIDTH, _ROW * (len(layers) + 1) + above)
        axes = inch_axes(figure, above)
        if title:
            axes.text(_NAMES, -0.18, title, fontsize=12, color=INK, va="center")
        rows: list[list[Box | Words]] = [[Words(title, is_title=True)]] if title else []
        for index, layer in enumerate(layers):
            _draw_layer(axes, index * _ROW + _ROW / 2, layer, layers)
            rows.append([*_boxes(above + index * _ROW, layer is not layers[0])])
        _draw_totals(axes, len(layers) * _ROW + _ROW / 2, layers)
        rows.append([*_boxes(above + len(layers) * _ROW, True)[:2]])
        return Sheet(figure, rows)

    shape = _by(input_shape)
    sentence = short(
        f"{title or 'Network'}: {counted(len(layers) - 1, 'layer')} for input {shape}, "
        f"{_total_words(layers)}"
    )
    return Picture(draw, alt or sentence, f"{title or 'Network'}: {words}. {total}")


# --- arithmetic -------------------------------------------------------------------


@dataclass(frozen=True)
class _Layer:
    """One line of the table; the first line is the input itself."""

    name: str
    shape: tuple[int, ...]
    parameters: int = 0
    work: int = 0
    field: int = 1
    jump: int = 1
    whole: bool = False  # a unit sees the whole image, whatever its size

    @property
    def flat(self) -> bool:
        return len(self.shape) == 1

    def sees(self) -> str:
        if self.whole:
            return "the whole image"
        field = f"{self.field} × {self.field}"
        return field if self.flat else f"{field}, jump {self.jump}"

    def shape_words(self) -> str:
        return f"{self.name}: {_by(self.shape)}"

    def words(self) -> str:
        counts = f"{self.parameters:,} parameters, {self.work:,} multiply-adds"
        return f"{self.shape_words()}, {counts}, one unit sees {self.sees()}"


def _trace(spec: Spec, input_shape: tuple[int, int, int]) -> list[_Layer]:
    if not spec:
        raise ValueError("there is nothing to show: give at least one layer")
    layers = [_Layer("input", tuple(input_shape))]
    for entry in spec:
        layers.append(_next_layer(layers[-1], entry))
    return layers


def _next_layer(previous: _Layer, entry: Mapping[str, Any]) -> _Layer:
    kind = entry["kind"]
    if kind == "flatten":
        shape = (int(np.prod(previous.shape)),)
        return replace(previous, name="flatten", shape=shape, parameters=0, work=0)
    if kind == "dense":
        return _dense(previous, entry["units"])
    if kind == "relu":
        return replace(previous, name="ReLU", parameters=0, work=0)
    if kind == "norm":
        values = int(np.prod(previous.shape))
        parameters = 4 * previous.shape[-1]  # scale, shift, mean, variance
        return replace(previous, name="batch norm", parameters=parameters, work=values)
    if kind not in ("conv", "pool", "global"):
        raise ValueError(
            "kind must be 'conv', 'pool', 'global', 'norm', 'relu', 'flatten' or "
            f"'dense', not {kind!r}"
        )
    if previous.flat:
        raise ValueError(f"{kind!r} must come before 'flatten', not after it")
    if kind == "global":
        return _Layer("global average", previous.shape[-1:], whole=True)
    return _sliding_layer(previous, entry)


def _dense(previous: _Layer, units: int) -> _Layer:
    if not previous.flat:
        raise ValueError("'dense' must come after 'flatten'")
    (inputs,) = previous.shape
    counts = ((inputs + 1) * units, inputs * units)
    return _Layer(f"dense, {units} units", (units,), *counts, whole=True)


def _sliding_layer(previous: _Layer, entry: Mapping[str, Any]) -> _Layer:
    k, s = entry["k"], entry["s"]
    height, width, channels = previous.shape
    rows, columns = (
        _position_count(n, k, s, entry["padding"]) for n in (height, width)
    )
    field, jump = previous.field + (k - 1) * previous.jump, previous.jump * s
    details = f"{k} × {k}, stride {s}, {entry['padding']}"
    if entry["kind"] == "pool":
        shape = (rows, columns, channels)
        return _Layer(f"pool {details}", shape, field=field, jump=jump)
    filters, weights = entry["filters"], k * k * channels * entry["filters"]
    layer = _Layer(f"conv {details}", (rows, columns, filters), field=field, jump=jump)
    return replace(layer, parameters=weights + filters, work=rows * columns * weights)


def _position_count(n: int, k: int, s: int, padding: str) -> int:
    if padding not in ("same", "valid"):
        raise ValueError(f"padding must be 'same' or 'valid', not {padding!r}")
    return -(-n // s) if padding == "same" else output_size(n, k, s)


def _by(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape))


def _total_words(layers: Sequence[_Layer]) -> str:
    parameters = sum(layer.parameters for layer in layers)
    work = sum(layer.work for layer in layers)
    return f"{parameters:,} parameters, {work:,} multiply-adds"


# --- drawing ----------------------------------------------------------------------


def inch_axes(figure: Figure, top: float = 0.0) -> Axes:
    """Add axes that cover the whole figure, with inches from the upper left as unit.

    Parameters
    ----------
    figure
        The figure.
    top
        Space above y = 0, in inches.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose y runs down, from ``-top``.
    """
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height - top, -top))
    axes.set_axis_off()
    return axes


def _boxes(top: float, has_costs: bool) -> list[Box]:
    """Return the pieces of a layer's line: its shape, its costs, what a unit sees."""
    boxes = [Box(left, top, right - left, _ROW) for left, right in pairwise(_PIECES)]
    return boxes if has_costs else boxes[:1]


def _draw_layer(axes: Axes, y: float, layer: _Layer, layers: Sequence[_Layer]) -> None:
    first = layers[0]
    _write(axes, _NAMES, y, layer.name)
    _draw_block(axes, y, layer, first)
    _write(axes, _SHAPES, y, _by(layer.shape))
    if layer is not first:
        costs = {"parameters": layer.parameters, "multiply-adds": layer.work}
        totals = [sum(x.parameters for x in layers), sum(x.work for x in layers)]
        for (name, count), total, x, hatch in zip(
            costs.items(), totals, (_PARAMS, _WORK), ("////", "...."), strict=True
        ):
            _draw_share(axes, x, y, name, (count, total), hatch)
        _draw_field(axes, y, layer, first)
    _rule(axes, y + _ROW / 2, 0.6)


def _write(axes: Axes, x: float, y: float, text: str, colour: str = INK) -> None:
    axes.text(x, y, text, fontsize=10.5, color=colour, va="center")


def _draw_block(axes: Axes, y: float, layer: _Layer, first: _Layer) -> None:
    """Draw maps as sheets to scale, and a vector as an upright bar."""
    if layer.flat:
        box(axes, _BLOCKS + 0.3, y - _SHEET / 2, 0.08, _SHEET, fc=TINT, ec=INK)
        return
    unit = _SHEET / max(first.shape[:2])
    height, width = layer.shape[0] * unit, layer.shape[1] * unit
    sheets = min(layer.shape[2], 5)
    for sheet in reversed(range(sheets)):
        x = _BLOCKS + 0.07 * sheet
        top = y - height / 2 + 0.03 * ((sheets - 1) / 2 - sheet)
        box(axes, x, top, width, height, fc=TINT, ec=INK, lw=0.7)


def _draw_share(
    axes: Axes, x: float, y: float, name: str, share: tuple[int, int], hatch: str
) -> None:
    """Write a count, and draw its share of the total as a bar with its percentage."""
    count, total = share
    if not count:
        _write(axes, x, y, f"0 {name}", FAINT)
        return
    _write(axes, x, y - 0.13, f"{_spoken(count)} {name}")
    length = _BAR * count / total
    box(axes, x, y + 0.06, _BAR, 0.14, fc="none", ec=RULE, lw=0.6)
    box(axes, x, y + 0.06, length, 0.14, fc=TINT, ec=INK, lw=0.7, hatch=hatch)
    _write(axes, x + _BAR + 0.08, y + 0.13, f"{100 * count / total:.1f} %")


def _spoken(count: int) -> str:
    return f"{count:,}" if count < 10_000_000 else spoken(count)


def _draw_field(axes: Axes, y: float, layer: _Layer, first: _Layer) -> None:
    unit = _SHEET / max(first.shape[:2])
    height, width = first.shape[0] * unit, first.shape[1] * unit
    seen = [n if layer.whole else min(layer.field, n) for n in first.shape[:2]]
    tall, wide = (n * unit for n in seen)
    box(axes, _FIELDS, y - height / 2, width, height, fc="none", ec=FAINT, lw=0.8)
    left = _FIELDS + (width - wide) / 2
    box(axes, left, y - tall / 2, wide, tall, fc=TINT, ec=INK, lw=0.8, hatch="xxx")
    _write(axes, _FIELDS + 0.55, y, f"a unit sees {layer.sees()}")


def _draw_totals(axes: Axes, y: float, layers: Sequence[_Layer]) -> None:
    _write(axes, _NAMES, y, "in all")
    parameters = sum(layer.parameters for layer in layers)
    work = sum(layer.work for layer in layers)
    _write(axes, _PARAMS, y, f"{_spoken(parameters)} parameters")
    _write(axes, _WORK, y, f"{_spoken(work)} multiply-adds")


def _rule(axes: Axes, y: float, width: float = 1.0) -> None:
    axes.plot([_NAMES, _WIDTH - 0.1], [y, y], color=RULE, linewidth=width)


def box(
    axes: Axes, x: float, y: float, width: float, height: float, **style: Any
) -> None:
    """Draw a rectangle.

    Parameters
    ----------
    axes
        Axes to draw on; their y runs down.
    x, y, width, height
        Upper left corner and size of the rectangle.
    style
        Matplotlib's arguments for a patch.
    """
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, **style))
