"""The pooling bench's arithmetic against NumPy and the figures, and its bad inputs."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest

from cnnlab import figures
from cnnlab.explorers import PoolBench
from cnnlab.explorers.pooling import _arriving, _output
from cnnlab.numerics import FloatArray
from tests.support.explorers import arithmetic, node, random_state

LARGEST = {"rows": 12, "columns": 12, "size": 6, "stride": 1, "up": 4, "left": 4}
EXAMPLE = np.array(
    [
        [3, -1, 0, 2, -4, -2],
        [7, -1, 5, -3, -1, -5],
        [-2, 4, 1, 1, 0, 8],
        [6, -6, 2, -4, 3, -1],
    ]
)
PATTERN = np.array(
    [
        [0, 9, 0, 0, 0, 0, 0, 7],
        [0, 0, 0, 5, 0, 3, 0, 0],
        [0, 0, 8, 0, 0, 0, 6, 0],
        [4, 0, 0, 0, 2, 0, 0, 0],
    ]
)
LESSON_IMAGE = np.array(
    [
        [1, 0, 2, -1, 3],
        [4, -2, 0, 8, -3],
        [0, 1, 7, 2, 5],
        [-1, 3, 0, -2, 6],
        [2, 6, -4, 1, 0],
    ]
)


def ask(name: str, bench: PoolBench) -> Any:
    traits = bench.traits
    return node(arithmetic("pooling"), [(name, [traits["state"], traits["data"]])])[0]


def numeric_gradient(bench: PoolBench, arriving: FloatArray) -> FloatArray:
    """Return the slope of the outputs' weighted sum in each cell of the map."""
    s = bench.state
    image = bench._image(s)
    gradient, step = np.zeros(image.shape), 1e-4

    def total(values: FloatArray) -> float:
        output = _output(values, s["kind"], s["size"], s["stride"], s["padding"])
        assert output is not None
        return float((output * arriving).sum())

    for cell in np.ndindex(image.shape):
        bump = np.zeros(image.shape)
        bump[cell] = step
        gradient[cell] = (total(image + bump) - total(image - bump)) / (2 * step)
    return gradient


def test_it_pools_as_numpy() -> None:
    rng = random.Random(4)
    states = [random_state(PoolBench.fields, rng) for _ in range(150)]
    kinds = PoolBench.fields["kind"].options  # type: ignore[union-attr]
    states += [LARGEST | {"kind": kind, "padding": "same"} for kind in kinds]
    benches = [PoolBench(**state) for state in states]
    calls = [("bench", [b.traits["state"], b.traits["data"]]) for b in benches]
    found = node(arithmetic("pooling"), calls)
    without = 0
    for bench, got in zip(benches, found, strict=True):
        s = bench.state
        rest = s["kind"], s["size"], s["stride"], s["padding"]
        wanted = _output(bench._image(s), *rest)
        if wanted is None:
            assert got is None, s
            without += 1
            continue
        np.testing.assert_allclose(got["value"], wanted, atol=1e-9, err_msg=str(s))
        first = _output(bench._image(s | {"up": 0, "left": 0}), *rest)
        assert first is not None
        gap = np.abs(wanted - first)
        assert got["changed"] == np.count_nonzero(gap > 1e-9)
        np.testing.assert_allclose(got["above"], gap.sum(), atol=1e-9)
        np.testing.assert_allclose(got["below"], np.abs(first).sum(), atol=1e-9)
    assert 10 < without < 120


@pytest.mark.parametrize("kind", ["max", "average", "stride", "blur", "global"])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "stride"), [(3, 2), (2, 3), (4, 1)])
def test_gradients_are_the_numeric_ones(
    kind: str, padding: str, size: int, stride: int
) -> None:
    image = np.random.default_rng(5).permutation(63).reshape(7, 9) / 7 - 4
    bench = PoolBench(
        image=image, kind=kind, padding=padding, size=size, stride=stride, backward=True
    )
    output = _output(bench._image(bench.state), kind, size, stride, padding)
    assert output is not None
    got = ask("answers", bench)["Keras"]["keras_gradient"]
    wanted = numeric_gradient(bench, _arriving(output, size))
    np.testing.assert_allclose(got, wanted, atol=1e-6)


def test_the_first_of_equal_cells_gets_the_gradient() -> None:
    bench = PoolBench(image=np.ones((3, 3)), stride=1, backward=True)
    got = ask("answers", bench)["Keras"]["keras_gradient"]
    assert got == [[8, 4, 0], [-4, 12, 0], [0, 0, 0]]


def test_the_lesson_s_numbers() -> None:
    bench = PoolBench(image=LESSON_IMAGE, size=3, backward=True)
    gradient = ask("answers", bench)["Keras"]["keras_gradient"]
    assert gradient[2][2] == 36
    shifted = ask("bench", PoolBench(image=PATTERN, columns=6, left=1))
    assert (shifted["changed"], shifted["above"], shifted["below"]) == (3, 14, 31)
    assert ask("bench", PoolBench())["value"] == [[7, 5, -1], [6, 2, 8]]


def test_the_static_pictures_are_the_lesson_s() -> None:
    pictures = {
        figures.pool_bench(EXAMPLE): PoolBench(),
        figures.pool_gradients(LESSON_IMAGE, [[18, 9], [-9, 27]], 3, 2): PoolBench(
            image=LESSON_IMAGE, size=3, backward=True
        ),
        figures.shift_microscope(PATTERN[:, :7], shifts=(0, 1)): PoolBench(
            image=PATTERN, columns=6, left=1
        ),
    }
    for picture, bench in pictures.items():
        assert bench.figure().alt == picture.alt
        assert bench.figure().description == picture.description


def test_what_does_not_fit_is_said() -> None:
    small = PoolBench(rows=2, size=5)
    assert "a window of 5 does not fit in 2 × 6 cells" in ask("impossible", small)
    assert "does not fit" in small.figure().alt
    assert ask("code", small)["NumPy"].startswith("# a window of 5")
    own = PoolBench(image=EXAMPLE, rows=3)
    state = own.state | {"up": 2}
    calls = [("impossible", [state, own.traits["data"]])]
    assert "move back" in node(arithmetic("pooling"), calls)[0]
    own._state = state
    assert "does not fit" in own.figure().alt


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros(5), "image must have the shape (rows, columns), each from 1 to 16"),
        (np.zeros((1000, 1000)), "not (1000, 1000)"),
        (np.zeros((0, 3)), "not (0, 3)"),
        ([[1, 2], [3]], "image must be rows of numbers, all of one length"),
        ("house", "image must be rows of numbers"),
        ([[1, np.nan]], "image must hold numbers up to ±999, not nan"),
        ([[1, np.inf]], "not inf"),
        ([[1000.0]], "not 1000.0"),
    ],
)
def test_bad_images_are_named(image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        PoolBench(image=image)


def test_a_view_beyond_an_image_is_named() -> None:
    message = "4 × 6 cells, moved 0 up and 1 left, must lie within the image of 4 × 6"
    with pytest.raises(ValueError, match=message):
        PoolBench(image=EXAMPLE, left=1)
    assert PoolBench(image=EXAMPLE, left=1, columns=5).state["left"] == 1
    text = PoolBench(image=EXAMPLE, size=3).text
    assert text == "pooling?size=3"
    assert PoolBench(text, image=EXAMPLE).state["columns"] == 6
