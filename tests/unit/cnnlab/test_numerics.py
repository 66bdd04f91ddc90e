"""The shared arithmetic, compared to Keras and to counting by hand."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest

from cnnlab import numerics


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(numerics)
    assert outcome.attempted == 3
    assert outcome.failed == 0


def test_corr2d_gives_the_worked_example() -> None:
    rows = ["11100", "01110", "00111", "00110", "01100"]
    image = [[int(digit) for digit in row] for row in rows]
    cross = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    expected = [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    np.testing.assert_array_equal(numerics.corr2d(image, cross), expected)


@pytest.mark.parametrize(
    ("size", "window"), [((5, 8), (2, 3)), ((7, 4), (4, 1)), ((3, 6), (3, 6))]
)
@pytest.mark.slow
def test_corr2d_agrees_with_keras(
    rng: np.random.Generator, size: tuple[int, int], window: tuple[int, int]
) -> None:
    keras = pytest.importorskip("keras")
    image = rng.normal(size=size).astype("float32")
    kernel = rng.normal(size=window).astype("float32")
    theirs = keras.ops.conv(image[None, :, :, None], kernel[:, :, None, None])
    expected = keras.ops.convert_to_numpy(theirs)[0, :, :, 0]
    np.testing.assert_allclose(numerics.corr2d(image, kernel), expected, atol=1e-5)


def test_corr2d_with_a_delta_kernel_shifts(rng: np.random.Generator) -> None:
    image = rng.normal(size=(5, 7))
    delta = np.zeros((2, 3))
    delta[1, 0] = 1
    np.testing.assert_array_equal(numerics.corr2d(image, delta), image[1:, :-2])


def test_corr2d_keeps_fractions_and_does_not_wrap() -> None:
    pixels = np.array([[3, 5], [250, 10]], dtype=np.uint8)
    assert numerics.corr2d(pixels, [[1, -1]]).tolist() == [[-2.0], [240.0]]
    assert numerics.corr2d(pixels, [[0.5]]).tolist() == [[1.5, 2.5], [125.0, 5.0]]


def test_corr2d_refuses_arrays_that_are_not_2d() -> None:
    with pytest.raises(ValueError, match="3-D and 2-D"):
        numerics.corr2d(np.ones((2, 2, 1)), np.ones((1, 1)))


def test_corr2d_refuses_a_kernel_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match=r"(?i)window"):
        numerics.corr2d(np.ones((2, 5)), np.ones((3, 1)))


@pytest.mark.parametrize("name", ["corr2d", "strided_corr2d"])
def test_corr2d_is_not_called_by_an_answer_that_must_do_its_work(name: str) -> None:
    source = f"def {name}(x, k): return numerics.corr2d(x, k)\n{name}([[2]], [[3]])"
    cell = {"__name__": "__main__", "numerics": numerics}
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        exec(source, cell)


def test_corr2d_is_called_by_answers_that_build_on_it() -> None:
    cell: dict[str, Any] = {"__name__": "__main__", "numerics": numerics}
    exec("def convolve2d(x, k): return numerics.corr2d(x, k)", cell)
    assert cell["convolve2d"]([[2]], [[3]]).tolist() == [[6]]


@pytest.mark.parametrize("name", ["output_size", "checked_size"])
def test_output_size_is_not_called_by_an_answer_that_must_do_its_work(
    name: str,
) -> None:
    source = f"def {name}(n, k): return numerics.output_size(n, k)\n{name}(3, 2)"
    cell = {"__name__": "__main__", "numerics": numerics}
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        exec(source, cell)


def test_output_size_counts_the_positions() -> None:
    for n in range(1, 13):
        for k in range(1, n + 1):
            for stride in range(1, 5):
                places = [i for i in range(0, n, stride) if i + k <= n]
                assert numerics.output_size(n, k, stride) == len(places)


def test_output_size_takes_the_sum_of_both_paddings() -> None:
    assert numerics.output_size(5, 3, padding=2) == 5
    assert numerics.output_size(2, 3, padding=1) == 1


@pytest.mark.parametrize(
    "arguments", [(0, 1), (3, 0), (3, 1, 0), (3, 1, 1, -1), (2, 3)]
)
def test_output_size_refuses_impossible_numbers(arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"at least|does not fit"):
        numerics.output_size(*arguments)


@pytest.mark.parametrize("size", [16, 48, 129])
def test_house_has_horizontal_vertical_and_sloping_edges(size: int) -> None:
    house = numerics.draw_house(size)
    assert house.shape == (size, size)
    assert house.min() >= 0
    assert house.max() == 1
    across = abs(np.diff(house, axis=1)[:-1]) > 0.2
    down = abs(np.diff(house, axis=0)[:, :-1]) > 0.2
    assert (across & ~down).any()
    assert (down & ~across).any()
    assert (down & across).any()


def test_summed_kernel_does_not_see_the_right_slope_of_the_roof() -> None:
    house = numerics.draw_house(64)
    across = numerics.corr2d(house, [[-1, 1], [-1, 1]])
    down = numerics.corr2d(house, [[-1, -1], [1, 1]])
    unseen = (across > 0.2) & (abs(across + down) < 0.05)
    assert unseen[8:28, 27:48].sum() >= 15


def test_house_refuses_a_size_that_is_too_small() -> None:
    with pytest.raises(ValueError, match="at least 16, not 15"):
        numerics.draw_house(15)


def test_fresh_rng_repeats_under_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_SEED", "42")
    first, second = numerics.fresh_rng().random(4), numerics.fresh_rng().random(4)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, np.random.default_rng(42).random(4))


def test_fresh_rng_differs_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_SEED", raising=False)
    assert numerics.fresh_rng().random() != numerics.fresh_rng().random()


@pytest.mark.parametrize("seed", ["", "-1", "1.5", "tomorrow", "²"])
def test_fresh_rng_refuses_a_seed_that_is_no_whole_number(
    monkeypatch: pytest.MonkeyPatch, seed: str
) -> None:
    monkeypatch.setenv("GRADER_SEED", seed)
    with pytest.raises(ValueError, match="GRADER_SEED must be a whole number"):
        numerics.fresh_rng()
