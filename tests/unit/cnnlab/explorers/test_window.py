"""The sliding window: its steps against NumPy, and the numbers it is given."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest

from cnnlab.explorers import SlidingWindow
from tests.support.explorers import arithmetic, node, random_state

FILE = arithmetic("window")


def by_numpy(x: Any, kernels: Any, s: dict[str, Any]) -> Any:
    """Return the output, [filter][row][column]; None where the kernel does not fit."""
    pads = ((0, 0), (s["around"],) * 2, (s["around"],) * 2)
    image, weights = np.pad(x, pads), np.asarray(kernels)
    if s["flip"]:
        weights = weights[:, :, ::-1, ::-1]
    window = weights.shape[2:]
    if np.any(np.subtract(image.shape[1:], window) < 0):
        return None
    views = np.lib.stride_tricks.sliding_window_view(image, window, (1, 2))
    every = views[:, :: s["stride"], :: s["stride"]]
    return np.einsum("cijab,fcab->fij", every, weights) + s["bias"]


def test_the_output_is_numpys() -> None:
    rng = random.Random(5)
    states = [random_state(SlidingWindow.fields, rng) for _ in range(40)]
    images = node(FILE, [("image", [s]) for s in states])
    kernels = node(FILE, [("kernels", [s]) for s in states])
    outputs = node(FILE, [("output", [s]) for s in states])
    reasons = node(FILE, [("impossible", [s]) for s in states])
    possible = 0
    for s, x, k, got, why in zip(
        states, images, kernels, outputs, reasons, strict=True
    ):
        want = by_numpy(x, k, s)
        assert (want is None) == bool(why)
        if want is not None:
            possible += 1
            np.testing.assert_allclose(got, want)
    assert 0 < possible < len(states)


def test_which_outputs_read_a_pixel() -> None:
    s = SlidingWindow("", rows=6, columns=7, stride=2, around=1).state
    x = np.zeros((6, 7))
    base = by_numpy(x[None], np.ones((1, 1, 3, 2)), s)[0]
    for i, j in np.ndindex(6, 7):
        x[:] = 0
        x[i, j] = 1
        changed = by_numpy(x[None], np.ones((1, 1, 3, 2)), s)[0] != base
        places = list(np.ndindex(*changed.shape))
        read = node(FILE, [("reads", [s, *place, i, j]) for place in places])
        assert read == [bool(changed[place]) for place in places]


def test_it_shows_the_numbers_it_is_given() -> None:
    x, k = np.arange(12).reshape(3, 4) - 5.5, np.array([[1, 0], [-2, 99]])
    explorer = SlidingWindow.of(x, k, column=1)
    calls = [("image", [explorer.state]), ("kernels", [explorer.state])]
    images, kernels = node(FILE, calls)
    np.testing.assert_array_equal(images[0], x)
    np.testing.assert_array_equal(kernels[0][0], k)
    assert explorer.figure().alt


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.ones(4), "image must be a 2-D array of numbers, not 1-D of float64"),
        (np.ones((1000, 1000)), "1 to 12 rows and columns, not (1000, 1000)"),
        (np.ones((0, 3)), "1 to 12 rows and columns, not (0, 3)"),
        (np.full((2, 2), np.nan), "numbers from -99 to 99, not nan"),
        (np.full((2, 2), 100), "numbers from -99 to 99, not 100"),
        (np.array([["a"]]), "a 2-D array of numbers, not 2-D of <U1"),
    ],
)
def test_bad_numbers_are_named(image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        SlidingWindow.of(image, np.ones((1, 1)))
