"""The course's own answers of lesson 02, compared with counting and differences."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest

from cnnlab import numerics
from cnnlab.ours import convolutions


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(convolutions, extraglobs={"np": np})
    assert outcome.attempted == 2
    assert outcome.failed == 0


@pytest.mark.parametrize("window", [(2, 3), (1, 1), (4, 5), (4, 1)])
def test_im2col_lists_the_windows_row_by_row(
    rng: np.random.Generator, window: tuple[int, int]
) -> None:
    image = rng.normal(size=(4, 5))
    height, width = window
    expected = [
        image[i : i + height, j : j + width].ravel()
        for i in range(5 - height)
        for j in range(6 - width)
    ]
    np.testing.assert_array_equal(convolutions.im2col(image, *window), expected)


@pytest.mark.parametrize("window", [(2, 3), (1, 1), (4, 5)])
def test_im2col_is_a_copy_to_write_into(
    rng: np.random.Generator, window: tuple[int, int]
) -> None:
    image = rng.normal(size=(4, 5))
    before = image.copy()
    convolutions.im2col(image, *window)[:] = 7
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize(
    ("size", "window"), [((5, 8), (2, 3)), ((7, 4), (4, 1)), ((3, 6), (3, 6))]
)
def test_kernel_gradient_is_the_slope_of_the_mean_squared_error(
    rng: np.random.Generator, size: tuple[int, int], window: tuple[int, int]
) -> None:
    image, kernel = rng.normal(size=size), rng.normal(size=window)
    target = rng.normal(size=numerics.corr2d(image, kernel).shape)

    def loss(weights: numerics.FloatArray) -> float:
        return float(np.mean((numerics.corr2d(image, weights) - target) ** 2))

    slopes = np.zeros(window)
    for place in np.ndindex(*window):
        step = np.zeros(window)
        step[place] = 1e-3
        slopes[place] = (loss(kernel + step) - loss(kernel - step)) / 2e-3
    got = convolutions.kernel_gradient(image, kernel, target)
    np.testing.assert_allclose(got, slopes, atol=1e-9)


@pytest.mark.parametrize("name", ["im2col", "kernel_gradient"])
def test_an_answer_must_not_call_the_courses_own(name: str) -> None:
    cell: dict[str, Any] = {"__name__": "__main__", "ours": convolutions}
    exec(f"def {name}(*arguments): return ours.{name}(*arguments)", cell)
    arguments = ([[1, 2]], 1, 1) if name == "im2col" else ([[1, 2]], [[3]], [[4, 5]])
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        cell[name](*arguments)
