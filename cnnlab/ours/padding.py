"""Lesson 03's answers, for later sections and lessons; and a layer to port there.

``pad2d``           zeros around each image of a batch
``strided_corr2d``  a convolution whose window moves in steps
``same_padding``    the cells that Keras adds on an axis with ``padding="same"``
``torch_weights``   kernel and bias of a layer that was made with PyTorch
``torch_layer``     what that layer computes
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.exercises import course_answer
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["pad2d", "same_padding", "strided_corr2d", "torch_layer", "torch_weights"]

Pair = tuple[int, int]
Array = NDArray[Any]


@course_answer()
def pad2d(batch: Array, rows: Pair, columns: Pair) -> Array:
    """Add zeros around each image of a batch.

    Parameters
    ----------
    batch
        Shape ``(N, H, W, C)``.
    rows
        How many rows to add, (top, bottom).
    columns
        How many columns to add, (left, right).

    Returns
    -------
    ndarray
        Shape ``(N, top + H + bottom, left + W + right, C)``.
    """
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)))


@course_answer()
def strided_corr2d(image: Array, kernel: Array, stride: int) -> FloatArray:
    """Slide a kernel over an image in steps, without padding and without a flip.

    Parameters
    ----------
    image
        Shape ``(H, W)``.
    kernel
        Shape ``(h, w)``, no larger than the image on either axis.
    stride
        Cells from one position to the next, on both axes; at least 1.

    Returns
    -------
    ndarray
        float64, shape ``((H - h) // stride + 1, (W - w) // stride + 1)``.

    Examples
    --------
    >>> strided_corr2d(np.array([[1, 2, 3, 4]]), np.array([[-1, 2]]), stride=2)
    array([[3., 5.]])
    """
    return corr2d(image, kernel)[::stride, ::stride]


@course_answer()
def same_padding(n: int, k: int, s: int) -> Pair:
    """Say how many cells Keras adds on an axis with ``padding="same"``.

    Parameters
    ----------
    n, k
        Lengths of the axis and of the window, in cells; at least 1.
    s
        The stride; at least 1.

    Returns
    -------
    tuple of int
        (before, after). An odd cell is after.

    Examples
    --------
    >>> same_padding(28, 3, 2)
    (0, 1)
    """
    positions = -(-n // s)
    total = max((positions - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def torch_weights() -> tuple[FloatArray, FloatArray]:
    """Return the weights of the layer that is to be ported, in Keras' order.

    Returns
    -------
    tuple of ndarray
        Kernel, shape ``(3, 3, 2, 4)``, and bias, shape ``(4,)``.
    """
    rng = np.random.default_rng(seed=3)
    return rng.normal(size=(3, 3, 2, 4)), rng.normal(size=4)


def torch_layer(batch: Array) -> FloatArray:
    """Compute what PyTorch computes with ``padding=1`` and ``stride=2``.

    Parameters
    ----------
    batch
        Shape ``(N, H, W, 2)``.

    Returns
    -------
    ndarray
        float64, shape ``(N, (H - 1) // 2 + 1, (W - 1) // 2 + 1, 4)``: a map for each
        of the 4 filters.
    """
    kernel, bias = torch_weights()
    padded = pad2d(batch, (1, 1), (1, 1))
    maps = [
        [_filtered(image, kernel[..., f]) + bias[f] for f in range(len(bias))]
        for image in padded
    ]
    return np.moveaxis(np.array(maps), 1, -1)


def _filtered(image: Array, kernel: FloatArray) -> FloatArray:
    """Apply one filter with stride 2: a map for each channel, added up."""
    channels = range(image.shape[-1])
    maps = [strided_corr2d(image[..., c], kernel[..., c], 2) for c in channels]
    total: FloatArray = np.sum(maps, axis=0)
    return total
