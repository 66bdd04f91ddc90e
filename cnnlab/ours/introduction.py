"""The course's own answers to exercises of lesson 01.

``conv_matrix``     a convolution of a row of values, written as a matrix
``shuffle_pixels``  all pixels of all images in one random order
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.exercises import course_answer
from cnnlab.numerics import FloatArray, output_size

__all__ = ["conv_matrix", "shuffle_pixels"]


@course_answer()
def conv_matrix(kernel: ArrayLike, n: int) -> FloatArray:
    """Write the convolution of a row of `n` values with `kernel` as a matrix.

    Parameters
    ----------
    kernel
        Shape ``(k,)``, with `k` at least 1 and at most `n`. It is not reversed.
    n
        Length of the row.

    Returns
    -------
    ndarray
        float64, shape ``(n - k + 1, n)``: row ``i`` holds the kernel from column ``i``
        on, and 0 elsewhere.

    Raises
    ------
    ValueError
        If the kernel is empty or longer than the row.

    Examples
    --------
    >>> conv_matrix([2, -1], 3)
    array([[ 2., -1.,  0.],
           [ 0.,  2., -1.]])
    """
    weights = np.asarray(kernel, dtype=np.float64)
    positions = np.arange(output_size(n, len(weights)))
    matrix = np.zeros((len(positions), n))
    for index, weight in enumerate(weights):
        matrix[positions, positions + index] = weight
    return matrix


@course_answer()
def shuffle_pixels(
    train: NDArray[Any], test: NDArray[Any], seed: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Rearrange the pixels of all images in one random order.

    Parameters
    ----------
    train, test
        Images of one size, shape ``(count, height, width)``. They stay as they are.
    seed
        Seed of the random order. The same seed gives the same order.

    Returns
    -------
    tuple of ndarray
        `train` and `test`, rearranged, of the same shapes and types.

    Examples
    --------
    >>> images = np.arange(12).reshape(2, 2, 3)
    >>> first, second = shuffle_pixels(images, images[:1], seed=1)
    >>> first.shape, second.shape, sorted(first[1].ravel().tolist())
    ((2, 2, 3), (1, 2, 3), [6, 7, 8, 9, 10, 11])
    """
    size = train.shape[1] * train.shape[2]
    order = np.random.default_rng(seed).permutation(size)
    return _rearranged(train, order), _rearranged(test, order)


def _rearranged(images: NDArray[Any], order: NDArray[np.int64]) -> NDArray[Any]:
    rows = images.reshape(len(images), -1)
    return np.take(rows, order, axis=1).reshape(images.shape)
