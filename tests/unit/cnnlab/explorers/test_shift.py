"""The shift microscope's arithmetic against NumPy, its claims, and its bad inputs."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest

from cnnlab.explorers import ShiftMicroscope
from cnnlab.explorers.shift import _moved
from tests.support.explorers import arithmetic, node, random_state

KINDS = ("none", "max", "average", "stride", "blur", "global")
LARGEST = {"right": 8, "down": 8, "stages": 2, "size": 3, "stride": 1}
OWN = np.random.default_rng(4).uniform(-9, 9, size=(8, 10))
SHIFTS = range(9)


def ask(name: str, shown: ShiftMicroscope) -> Any:
    traits = shown.traits
    return node(arithmetic("shift"), [(name, [traits["state"], traits["data"]])])[0]


def numbers(values: list[Any]) -> list[float]:
    """Return a curve with NaN where there is no number, as x / 0."""
    found = [float("nan" if each is None else each) for each in values]
    return [each if np.isfinite(each) else float("nan") for each in found]


@pytest.mark.parametrize("image", [None, OWN, [[0.5, -0.25]], [[0]]])
def test_its_curves_are_numpy_s(image: Any) -> None:
    rng = random.Random(4)
    states = [random_state(ShiftMicroscope.fields, rng) for _ in range(40)]
    states += [LARGEST | {"relu": relu, "measure": "amount"} for relu in (True, False)]
    shown = [ShiftMicroscope(image=image, **state) for state in states]
    calls = [("curves", [each.traits["state"], each.traits["data"]]) for each in shown]
    for each, got in zip(shown, node(arithmetic("shift"), calls), strict=True):
        for kind in KINDS:
            np.testing.assert_allclose(
                numbers(got[kind]), each._curve(kind), atol=1e-9, err_msg=each.text
            )


@pytest.mark.parametrize("pattern", ["seven", "stroke", "ring"])
@pytest.mark.parametrize(("stages", "stride"), [(1, 1), (1, 2), (1, 3), (2, 2)])
def test_what_the_lesson_says(pattern: str, stages: int, stride: int) -> None:
    state: dict[str, Any] = {"pattern": pattern, "stages": stages, "stride": stride}
    along = ShiftMicroscope(compare="along", **state)
    before_the_edge = range(7 if stages == 1 else 5)
    # A convolution's map moves along; a global average does not change at all.
    assert along._curve("none")[:7] == [0] * 7
    assert ShiftMicroscope(**state)._curve("global")[:7] == [0] * 7
    assert along._curve("global")[8] == 1
    step = stride**stages
    for kind in ("max", "average", "stride"):
        curve = along._curve(kind)
        for shift in before_the_edge:
            assert (curve[shift] == 0) == (shift % step == 0), (kind, shift)
        assert ask("period", ShiftMicroscope(kind=kind, **state)) == step
    assert ask("period", ShiftMicroscope(kind="none", **state)) == 1


def test_pooling_softens_a_shift_and_blurring_softens_it_more() -> None:
    shown = ShiftMicroscope(measure="amount")
    change = {kind: shown._curve(kind)[1] for kind in KINDS}
    assert change["stride"] > change["none"] > change["average"] > change["max"]
    assert change["max"] > change["blur"] > change["global"] == 0


def test_maps_step_by_step() -> None:
    shown = ShiftMicroscope(right=1, stages=2, kind="average", stride=3, size=2)
    layers = ask("layers", shown)
    assert [each["name"] for each in layers] == ["convolution", "average"] * 2
    assert [each["step"] for each in layers] == [1, 3, 3, 9]
    assert [np.shape(each["map"]) for each in layers] == [
        (12, 14),
        (4, 5),
        (4, 5),
        (2, 2),
    ]
    np.testing.assert_allclose(layers[-1]["map"], shown._output("average", 0, 1))
    one = ask("layers", ShiftMicroscope(kind="global"))[-1]
    assert np.shape(one["map"]) == (1, 1)


@pytest.mark.parametrize(("pixels", "cells"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_a_map_moves_along_to_the_nearest_cell(pixels: int, cells: int) -> None:
    shown = ShiftMicroscope(compare="along", right=pixels)
    wanted = _moved(shown._output("max", 0, 0), 0, cells)
    assert ask("answers", shown)["NumPy"]["before"] == wanted.tolist()


def test_what_leaves_the_image_is_cut_off() -> None:
    last = ShiftMicroscope(image=np.ones((8, 10)), right=8, down=8)
    assert np.sum(ask("image", last)) == 3
    assert np.shape(ask("image", last)) == (12, 14)


def test_the_static_picture_tells_the_curves() -> None:
    picture = ShiftMicroscope(compare="along").figure()
    assert picture.alt.endswith("compared with the output before, moved along")
    assert "; max: 0 0.6 0 0.6 0 0.6 0 0.6 0.125; average: " in picture.description
    assert "stride 3" in ShiftMicroscope(stride=3).figure().alt
    nothing = ShiftMicroscope(image=[[0]], measure="cosine").figure()
    assert "Cosine similarity, shifts 0 to 8; no pooling: 1 1" in nothing.description


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros(5), "image must have 1 to 8 rows and 1 to 10 columns, not the shape"),
        (np.zeros((1000, 1000)), "not the shape (1000, 1000)"),
        (np.zeros((9, 3)), "not the shape (9, 3)"),
        (np.zeros((3, 11)), "not the shape (3, 11)"),
        (np.zeros((0, 3)), "not the shape (0, 3)"),
        ([[1, 2], [3]], "image must be rows of numbers, all of one length"),
        ("seven", "image must be rows of numbers"),
        ([[1, np.nan]], "image must hold numbers up to ±9, not nan"),
        ([[1, -np.inf]], "not -inf"),
        ([[255.0]], "not 255.0"),
    ],
)
def test_bad_images_are_named(image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ShiftMicroscope(image=image)


def test_an_image_is_no_part_of_the_text() -> None:
    shown = ShiftMicroscope(image=OWN, right=2)
    assert shown.text == "shift?right=2"
    assert ShiftMicroscope("shift?right=2", image=OWN).traits == shown.traits
