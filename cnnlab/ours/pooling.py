"""Max pooling and the shift change, which students write in lesson 04."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnnlab.exercises import course_answer

Array = NDArray[Any]

__all__ = ["max_pool2d", "shift_change"]


@course_answer()
def max_pool2d(batch: Array, k: int, s: int) -> Array:
    """Keep the largest number of each window, for each image and channel by itself.

    Parameters
    ----------
    batch
        Shape ``(N, H, W, C)``.
    k, s
        Side of the square window, and cells from one window to the next.

    Returns
    -------
    ndarray
        Shape ``(N, rows, columns, C)``, where ``rows`` is ``(H - k) // s + 1``, and
        ``columns`` likewise.

    Examples
    --------
    >>> batch = np.array([[3, -1, 0, 2], [7, -1, 5, -3]]).reshape(1, 2, 4, 1)
    >>> max_pool2d(batch, 2, 2).ravel()
    array([7, 5])
    """
    windows = sliding_window_view(batch, (k, k), axis=(1, 2))[:, ::s, ::s]
    largest: Array = windows.max(axis=(4, 5))
    return largest


@course_answer()
def shift_change(image: Array, k: int, s: int) -> float:
    """Say how much max pooling's output changes when the image moves by one column.

    Parameters
    ----------
    image
        Shape ``(H, W)``. One view of it leaves out the last column, one the first.
    k, s
        Side of the square window, and cells from one window to the next.

    Returns
    -------
    float
        The sum of the sizes of all changes, divided by the sum of the sizes of all
        outputs of the first view; 0 if nothing changes.

    Examples
    --------
    >>> round(shift_change(np.array([[1.0, 2.0, 4.0]]), 1, 1), 3)
    1.0
    """
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., np.newaxis], k, s)
    return float(np.abs(second - first).sum() / np.abs(first).sum())
