"""The course's own answers to exercises of lesson 02.

``im2col``           the pixels of each window as a row of a matrix
``kernel_gradient``  the slope of the mean squared error for each weight of a kernel
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlab.exercises import course_answer
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["im2col", "kernel_gradient"]


@course_answer()
def im2col(image: NDArray[np.generic], height: int, width: int) -> NDArray[np.generic]:
    """List the pixels of each window in a row.

    Parameters
    ----------
    image
        Shape ``(rows, columns)``.
    height, width
        Size of the window, no larger than the image.

    Returns
    -------
    ndarray
        A copy of the pixels, one row per window: shape
        ``((rows - height + 1) * (columns - width + 1), height * width)``.

    Examples
    --------
    >>> im2col(np.array([[1, 2, 3], [4, 5, 6]]), 2, 2)
    array([[1, 2, 4, 5],
           [2, 3, 5, 6]])
    """
    windows = sliding_window_view(image, (height, width))
    return np.array(windows.reshape(-1, height * width))


@course_answer()
def kernel_gradient(
    image: ArrayLike, kernel: ArrayLike, target: ArrayLike
) -> FloatArray:
    """Return the gradient of the mean squared error with respect to the kernel.

    Parameters
    ----------
    image, kernel
        As for :func:`cnnlab.numerics.corr2d`.
    target
        What the kernel should make of the image; the shape of the output.

    Returns
    -------
    ndarray
        float64, the shape of the kernel.

    Examples
    --------
    >>> kernel_gradient([[1, 2, 0], [0, -1, 3]], [[1, -1]], [[1, 0], [1, -2]])
    array([[ 2., -5.]])
    """
    error = corr2d(image, kernel) - np.asarray(target)
    gradient: FloatArray = 2 / error.size * corr2d(image, error)
    return gradient
