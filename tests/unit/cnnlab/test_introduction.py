"""The course's own answers of lesson 01, compared to NumPy and to counting by hand."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from cnnlab.ours import introduction as ours


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(ours)
    assert outcome.attempted == 4
    assert outcome.failed == 0


class TestConvMatrix:
    @pytest.mark.parametrize(("k", "n"), [(1, 4), (3, 8), (4, 5), (6, 6)])
    def test_times_a_row_is_its_correlation(
        self, rng: np.random.Generator, k: int, n: int
    ) -> None:
        kernel, row = rng.normal(size=k), rng.normal(size=n)
        matrix = ours.conv_matrix(kernel, n)
        assert matrix.shape == (n - k + 1, n)
        np.testing.assert_allclose(matrix @ row, np.correlate(row, kernel, "valid"))

    def test_most_cells_are_0_and_the_others_shared(self) -> None:
        matrix = ours.conv_matrix(np.array([2, -1, 3]), 7)
        assert matrix.dtype == np.float64
        assert np.count_nonzero(matrix) == 15
        assert set(matrix.ravel().tolist()) == {0, 2, -1, 3}

    def test_a_kernel_longer_than_the_row_is_refused(self) -> None:
        with pytest.raises(ValueError, match="a window of 4 does not fit"):
            ours.conv_matrix([1, 2, 3, 4], 3)


class TestShufflePixels:
    def test_all_images_in_one_order(self, rng: np.random.Generator) -> None:
        numbers = np.arange(20.0)
        images = np.add.outer(100 * np.arange(5), numbers).reshape(5, 4, 5)
        parts = ours.shuffle_pixels(images[:3], images[3:], seed=2)
        assert [part.shape for part in parts] == [(3, 4, 5), (2, 4, 5)]
        orders = np.concatenate(parts).reshape(5, 20) % 100
        assert (orders == orders[0]).all()
        assert not np.array_equal(orders[0], numbers)
        np.testing.assert_array_equal(np.sort(orders[0]), numbers)

    def test_the_images_stay_and_keep_their_type(self) -> None:
        images = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
        before = images.copy()
        mixed, _ = ours.shuffle_pixels(images, images, seed=2)
        assert mixed.dtype == np.uint8
        np.testing.assert_array_equal(images, before)

    def test_the_seed_decides_on_the_order(self) -> None:
        images = np.arange(24.0).reshape(2, 3, 4)
        first, again, other = (
            ours.shuffle_pixels(images, images, seed)[0] for seed in (2, 2, 3)
        )
        np.testing.assert_array_equal(first, again)
        assert not np.array_equal(first, other)
