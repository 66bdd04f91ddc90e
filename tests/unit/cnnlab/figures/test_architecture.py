"""The pictures of networks and units agree with Keras' rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from cnnlab import figures
from cnnlab.numerics import corr2d

CONV: dict[str, Any] = {"kind": "conv", "filters": 4, "k": 5, "s": 1, "padding": "same"}
POOL: dict[str, Any] = {"kind": "pool", "k": 2, "s": 2, "padding": "valid"}
SLIDES: list[dict[str, Any]] = [
    CONV,
    CONV | {"filters": 8, "k": 3, "s": 2},
    CONV | {"filters": 12, "k": 3, "s": 2},
    {"kind": "flatten"},
    {"kind": "dense", "units": 200},
    {"kind": "dense", "units": 10},
]


def texts(picture: figures.Picture) -> list[str]:
    return [text.get_text() for text in picture.figure.findobj(Text)]


def boxes(picture: figures.Picture, hatch: str) -> list[Rectangle]:
    rectangles = picture.figure.findobj(Rectangle)
    return [box for box in rectangles if box.get_hatch() == hatch]


def test_slides_model_has_the_published_numbers() -> None:
    picture = figures.architecture(SLIDES, (28, 28, 1), title="slides")
    drawn = texts(picture)
    for fact in ("28 × 28 × 4", "14 × 14 × 8", "7 × 7 × 12", "588"):
        assert fact in drawn
    for seen in ("5 × 5, jump 1", "7 × 7, jump 2", "11 × 11, jump 4"):
        assert f"a unit sees {seen}" in drawn
    for fact in ("121,086 parameters", "296,784 multiply-adds"):
        assert drawn.count(fact) == 1
    assert drawn[drawn.index("117,800 parameters") + 1] == "97.3 %"
    assert drawn[drawn.index("56,448 multiply-adds") + 1] == "19.0 %"
    assert picture.description.startswith(
        "slides: input: 28 × 28 × 1. conv 5 × 5, stride 1,"
    )
    assert picture.description.endswith(
        "Total: 121,086 parameters, 296,784 multiply-adds"
    )


def test_strides_round_up_with_same_padding_and_down_with_valid() -> None:
    conv = CONV | {"k": 3, "s": 2}
    assert "4 × 5 × 4" in texts(figures.architecture([conv], (7, 10, 3)))
    valid = conv | {"padding": "valid"}
    assert "3 × 4 × 4" in texts(figures.architecture([valid], (7, 10, 3)))


def test_pooling_keeps_channels_and_has_no_parameters() -> None:
    picture = figures.architecture([CONV, POOL], (8, 6, 3))
    assert "pool 2 × 2, stride 2, valid: 4 × 3 × 4, 0 parameters" in picture.description
    drawn = texts(picture)  # all parameters are the convolution's
    assert drawn[drawn.index("304 parameters") + 1] == "100.0 %"


def test_flattening_keeps_the_receptive_field_and_a_dense_unit_sees_everything() -> (
    None
):
    picture = figures.architecture(SLIDES[2:5], (9, 9, 1))
    sees = [text for text in texts(picture) if text.startswith("a unit sees")]
    assert sees[1:] == ["a unit sees 3 × 3", "a unit sees the whole image"]


def test_bars_are_as_long_as_their_shares() -> None:
    dense = [{"kind": "dense", "units": 3}, {"kind": "dense", "units": 1}]
    picture = figures.architecture([{"kind": "flatten"}, *dense], (2, 3, 1))
    for hatch, shares in (("////", (21, 4)), ("....", (18, 3))):
        lengths = [box.get_width() for box in boxes(picture, hatch)]
        assert lengths[0] / lengths[1] == pytest.approx(shares[0] / shares[1])


def test_receptive_fields_are_drawn_to_scale_within_the_image() -> None:
    picture = figures.architecture([CONV, CONV], (6, 8, 1))
    one, two = boxes(picture, "xxx")
    assert one.get_width() == pytest.approx(one.get_height())
    assert two.get_width() / one.get_width() == pytest.approx(8 / 5)
    assert two.get_height() / one.get_height() == pytest.approx(6 / 5)


@pytest.mark.parametrize(
    ("stack", "message"),
    [
        ([], "at least one layer"),
        ([{"kind": "softmax"}], "kind must be"),
        ([CONV | {"padding": "full"}], "padding must be"),
        ([CONV | {"k": 9, "padding": "valid"}], "does not fit"),
        ([{"kind": "flatten"}, CONV], "before 'flatten'"),
        ([{"kind": "dense", "units": 2}], "after 'flatten'"),
    ],
)
def test_impossible_networks_are_refused(
    stack: list[dict[str, object]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        figures.architecture(stack, (8, 8, 1))


def test_a_unit_is_the_sum_of_its_products_its_bias_and_relu() -> None:
    rng = np.random.default_rng(3)
    maps, kernel = rng.normal(size=(6, 9, 2)), rng.normal(size=(3, 3, 2))
    padded = np.pad(maps, ((1, 1), (1, 1), (0, 0)))
    answers = sum(corr2d(padded[..., c], kernel[..., c]) for c in range(2))
    place = np.unravel_index(np.argmax(answers), (6, 9))
    picture = figures.inspect_unit(maps, kernel, 0.5, (int(place[0]), int(place[1])))
    (line,) = [text for text in texts(picture) if text.startswith("sums and bias")]
    assert line.endswith(f"ReLU → {np.max(answers) + 0.5:.2f}".rstrip("0"))
    sums, answer = line.split("; ReLU → ")
    assert f"{sums}. ReLU gives {answer}. " in picture.description


def test_relu_cuts_a_negative_unit_to_zero() -> None:
    picture = figures.inspect_unit([[1.0, 2.0]], [[-1.0]], 0.25, (0, 1))
    assert "sum and bias: −2 + 0.25 = −1.75; ReLU → 0" in texts(picture)


def test_same_padding_with_a_stride_is_hatched_where_keras_puts_it() -> None:
    picture = figures.inspect_unit(
        np.ones((4, 6)), np.ones((3, 3)), 0, (1, 2), stride=2
    )
    hatched = boxes(picture, "////")  # below and on the right: 3 + 3 − 1 cells
    assert len(hatched) == 5
    assert "sum 4" in texts(picture)
    assert not boxes(figures.inspect_unit(np.ones((4, 6)), [[1]], 0, (1, 2)), "////")


def corners(axes: Axes) -> set[tuple[float, float, float]]:
    """Return left, top and width of each rectangle; assert that all are rectangles."""
    boxes = [p for p in axes.patches if isinstance(p, Rectangle)]
    assert len(boxes) == len(axes.patches)
    return {(p.get_x(), p.get_y(), p.get_width()) for p in boxes}


def test_window_and_unit_are_outlined_in_the_maps() -> None:
    picture = figures.inspect_unit(
        np.ones((8, 9)), np.ones((3, 3)), 0, (2, 1), stride=2
    )
    _, read, written = picture.figure.axes
    assert corners(read) == {(0.5, 3.5, 3)}  # one column of padding on the left, no row
    assert corners(written) == {(0.5, 1.5, 1)}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (
            lambda: figures.inspect_unit(np.ones((4, 4, 2)), [[1]], 0, (0, 0)),
            ValueError,
        ),
        (lambda: figures.inspect_unit(np.ones(4), [[1]], 0, (0, 0)), ValueError),
        (lambda: figures.inspect_unit(np.ones((4, 4)), [[1]], 0, (4, 0)), IndexError),
        (lambda: figures.inspect_unit(np.ones((4, 4)), [[1]], 0, (0, -1)), IndexError),
    ],
)
def test_units_outside_the_layer_are_refused(
    wrong: Callable[[], object], error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"must have|place must be within"):
        wrong()


def test_layers_between_the_others_are_counted() -> None:
    kinds = [CONV, {"kind": "norm"}, {"kind": "relu"}, {"kind": "global"}]
    spec = [*kinds, {"kind": "dense", "units": 3}]
    picture = figures.architecture(spec, (8, 6, 1))
    for words in (
        "batch norm: 8 × 6 × 4, 16 parameters, 192 multiply-adds, one unit sees 5 × 5",
        "ReLU: 8 × 6 × 4, 0 parameters, 0 multiply-adds, one unit sees 5 × 5",
        "global average: 4, 0 parameters, 0 multiply-adds, one unit sees the whole",
        "dense, 3 units: 3, 15 parameters, 12 multiply-adds",
    ):
        assert words in picture.description
    with pytest.raises(ValueError, match="'global' must come before 'flatten'"):
        figures.architecture([{"kind": "flatten"}, {"kind": "global"}], (8, 6, 1))
