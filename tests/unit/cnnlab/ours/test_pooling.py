"""The course's own max pooling and shift change, compared to windows cut by hand."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from cnnlab.ours import pooling


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(pooling)
    assert outcome.attempted == 3
    assert outcome.failed == 0


@pytest.mark.parametrize(
    ("size", "k", "s"), [((5, 8), 3, 2), ((7, 4), 2, 3), ((4, 6), 4, 1)]
)
def test_each_window_gives_its_largest(
    rng: np.random.Generator, size: tuple[int, int], k: int, s: int
) -> None:
    batch = rng.uniform(-3, -1, size=(2, *size, 3))
    pooled = pooling.max_pool2d(batch, k, s)
    rows, columns = ((n - k) // s + 1 for n in size)
    assert pooled.shape == (2, rows, columns, 3)
    for image, i, j, channel in np.ndindex(pooled.shape):
        window = batch[image, i * s : i * s + k, j * s : j * s + k, channel]
        assert pooled[image, i, j, channel] == window.max()


def test_shift_change_of_an_image_with_negative_outputs() -> None:
    image = np.array([[-3.0, 1.0, -7.0, -9.0, -5.0], [-8.0, -6.0, -4.0, -8.0, -9.0]])
    # The outputs are 1 and -4, one column further 1 and -5.
    assert pooling.shift_change(image, 2, 2) == pytest.approx(1 / 5)


def test_an_image_of_equal_columns_does_not_change(rng: np.random.Generator) -> None:
    image = np.outer(rng.random(6), np.ones(9))
    assert pooling.shift_change(image, 3, 2) == 0


@pytest.mark.parametrize("name", ["max_pool2d", "shift_change"])
def test_an_answer_by_that_name_may_not_call_it(name: str) -> None:
    source = f"def {name}(*args):\n    return pooling.{name}(*args)\n"
    notebook = {"__name__": "__main__", "pooling": pooling}
    exec(source, notebook)
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        notebook[name](np.ones((4, 5)), 2, 2)  # type: ignore[operator]
