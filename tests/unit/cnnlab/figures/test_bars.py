"""Bars and wirings: lengths, counts and alt texts match the numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.lines import Line2D

from cnnlab import figures
from cnnlab.figures.plots import spoken

GROUPS = {"work": {"dense": 2_500_000.0, "conv": 4000.0}, "GB": {"dense": 0.00002}}


def texts(picture: figures.Picture) -> list[str]:
    """Return all texts that are drawn, without the blanks around them."""
    from matplotlib.text import Text

    return [text.get_text().strip() for text in picture.figure.findobj(Text)]


def lengths(axes: object) -> list[float]:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

    assert isinstance(axes, Axes)
    return [bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle)]


def nodes(line: Line2D) -> list[float]:
    """Return x of the nodes that a line joins; it ends at their edges."""
    return [float(x) for x in np.round(2 * np.asarray(line.get_xdata())) / 2]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2_397_081_700, "2.4 billion"),
        (21_542_900_400, "21.5 billion"),
        (7_978_852, "7.98 million"),
        (3.2e12, "3.2 trillion"),
        (2800, "2,800"),
        (896, "896"),
        (4.96, "4.96"),
        (0.25, "0.25"),
        (0.0000112, "0.000011"),
        (0.02, "0.02"),
        (0, "0"),
    ],
)
def test_numbers_are_formatted_as_people_say_them(value: float, words: str) -> None:
    assert spoken(value) == words


def test_bars_are_as_long_as_their_values_on_one_scale() -> None:
    picture = figures.bars({"CNN": {"plain": 4, "mixed": 9}, "dense": {"plain": 6}})
    first, second = picture.figure.axes
    assert lengths(first) == [4, 9]
    assert lengths(second) == [6]
    assert first.get_xlim() == second.get_xlim()
    assert first.get_xlim()[0] == 0
    assert picture.description == "Bars. CNN: plain 4, mixed 9; dense: plain 6"
    assert {"CNN", "dense", "plain", "mixed", "4", "9", "6"} <= set(texts(picture))


def test_bars_can_all_be_zero() -> None:
    picture = figures.bars({"errors": {"none": 0}})
    assert picture.description.endswith("none 0")
    assert picture.figure.axes[0].get_xlim() == (0, 1.2)


def test_log_bars_show_each_group_on_its_own_powers_of_ten() -> None:
    picture = figures.log_bars(GROUPS, title="costs")
    work, size = picture.figure.axes
    assert work.get_xscale() == size.get_xscale() == "log"
    assert work.get_xlim()[0] == 1
    assert 0 < size.get_xlim()[0] < 0.00002
    assert work.get_xlim()[1] > 2_500_000
    assert {"2.5 million", "4,000", "0.00002"} <= set(texts(picture))
    assert (
        picture.description
        == "costs. work: dense 2.5 million, conv 4,000; GB: dense 0.00002"
    )


def test_neighbouring_bars_differ_in_hatching() -> None:
    axes = figures.bars({"one": {"a": 1, "b": 2, "c": 3, "d": 4}}).figure.axes[0]
    assert len({bar.get_hatch() for bar in axes.patches}) == 4


def test_dense_wiring_draws_a_line_from_each_input_to_each_output() -> None:
    picture = figures.dense_wiring(3, 2, input_labels="RGB")
    (axes,) = picture.figure.axes
    ends = {tuple(nodes(line)) for line in axes.lines}
    assert ends == {(i, o + 0.5) for i in range(3) for o in range(2)}
    assert {"R", "G", "B", "3 × 2 = 6 weights"} <= set(texts(picture))
    assert "6 lines" in picture.description


def test_wirings_are_dense_local_and_shared() -> None:
    picture = figures.compare_wirings(7, 3)
    dense, local, shared = picture.figure.axes
    assert [len(axes.lines) for axes in (dense, local, shared)] == [35, 15, 15]
    # Output o is drawn one cell right of input o and sees inputs o to o + 2.
    for line in shared.lines:
        source, output = np.subtract(nodes(line), (0, 1))
        assert source - output in (0, 1, 2)
    assert "local and shared, 15 lines, 3 different weights" in picture.description


def test_each_shared_weight_has_one_stroke_and_colour() -> None:
    shared = figures.compare_wirings(6, 4).figure.axes[2]
    strokes: dict[float, set[str]] = {}
    for line in shared.lines:
        source, output = nodes(line)
        dashes = vars(line)["_unscaled_dash_pattern"]
        look = f"{line.get_linestyle()} {dashes} {line.get_color()}"
        strokes.setdefault(source - output, set()).add(look)
    assert [len(looks) for looks in strokes.values()] == [1, 1, 1, 1]
    assert len(set.union(*strokes.values())) == 4


@pytest.mark.slow
def test_weights_meter_counts_what_keras_counts() -> None:
    keras = pytest.importorskip("keras")
    shape, layers = (6, 9, 2), keras.layers
    dense = keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(5)])
    conv = keras.Sequential([keras.Input(shape), layers.Conv2D(4, 3)])
    parameters, memory, work = figures.weights_meter(shape, 5, 4).figure.axes
    counts = [dense.count_params(), conv.count_params()]
    assert lengths(parameters) == counts
    assert lengths(memory) == pytest.approx([count * 4e-9 for count in counts])
    places = np.prod(conv.output_shape[1:3])
    assert lengths(work) == [6 * 9 * 2 * 5, places * 3 * 3 * 2 * 4]


def test_weights_meter_of_the_photo_has_its_numbers_in_the_alt_text() -> None:
    alt = figures.weights_meter((2448, 3264, 3), 100, 100).description
    assert "parameters: dense, 100 neurons 2.4 billion, 100 filters of 3×3 2,800" in alt
    assert "image: dense, 100 neurons 2.4 billion, 100 filters of 3×3 21.5" in alt


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: figures.bars({}),
        lambda: figures.bars({"empty": {}}),
        lambda: figures.bars({"a": {"b": -1}}),
        lambda: figures.bars({"a": {"b": np.nan}}),
        lambda: figures.log_bars({}),
        lambda: figures.log_bars({"a": {"b": 0}}),
        lambda: figures.log_bars({"a": {"b": np.inf}}),
        lambda: figures.dense_wiring(0, 3),
        lambda: figures.dense_wiring(3, 0),
        lambda: figures.dense_wiring(3, 2, input_labels="ab"),
        lambda: figures.compare_wirings(7, 5),
        lambda: figures.compare_wirings(7, 0),
        lambda: figures.compare_wirings(2, 3),
        lambda: figures.weights_meter((6, 9, 0), 5, 4),
        lambda: figures.weights_meter((6, 9, 2), 0, 4),
        lambda: figures.weights_meter((2, 9, 2), 5, 4),
    ],
)
def test_unusable_input_raises_a_clear_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"must|at least one|does not fit"):
        wrong()
