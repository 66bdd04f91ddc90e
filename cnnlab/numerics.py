"""NumPy arithmetic that lessons and figures share.

``output_size``   number of positions of a window along one axis
``corr2d``        the cross-correlation that deep learning calls convolution
``draw_house``    a grey image with edges in every direction
``fresh_rng``     random numbers for tests, repeatable with ``GRADER_SEED``
"""

from __future__ import annotations

import os

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlab.exercises import course_answer

FloatArray = NDArray[np.float64]

__all__ = ["FloatArray", "corr2d", "draw_house", "fresh_rng", "output_size"]


@course_answer("checked_size")
def output_size(n: int, k: int, stride: int = 1, padding: int = 0) -> int:
    """Count the positions of a window of length `k` along an axis of length `n`.

    Parameters
    ----------
    n, k
        Lengths of the axis and of the window, in cells; at least 1.
    stride
        Cells from one position to the next; at least 1.
    padding
        Cells added to the axis, before and after it together; at least 0.

    Returns
    -------
    int
        ``(n + padding - k) // stride + 1``.

    Raises
    ------
    ValueError
        If a number is out of range or the window is longer than the padded axis.

    Examples
    --------
    >>> output_size(5, 3)
    3
    >>> output_size(7, 2, stride=3)
    2
    """
    if min(n, k, stride) < 1 or padding < 0:
        raise ValueError(
            f"n, k and stride must be at least 1 and padding at least 0, "
            f"not n={n}, k={k}, stride={stride}, padding={padding}"
        )
    if k > n + padding:
        raise ValueError(f"a window of {k} does not fit into {n} + {padding} cells")
    return (n + padding - k) // stride + 1


@course_answer("strided_corr2d")
def corr2d(image: ArrayLike, kernel: ArrayLike) -> FloatArray:
    """Slide `kernel` over `image` without flipping it (cross-correlation).

    Parameters
    ----------
    image
        Shape ``(height, width)``.
    kernel
        Shape ``(kh, kw)``, no larger than the image on either axis.

    Returns
    -------
    ndarray
        float64, shape ``(height - kh + 1, width - kw + 1)``.

    Raises
    ------
    ValueError
        If one of them is not 2-D, or the kernel is larger than the image.

    Examples
    --------
    >>> corr2d([[1, 2, 3], [4, 5, 6]], [[-1, 1]])
    array([[1., 1.],
           [1., 1.]])
    """
    pixels = np.asarray(image, dtype=np.float64)
    weights = np.asarray(kernel, dtype=np.float64)
    if pixels.ndim != 2 or weights.ndim != 2:
        raise ValueError(
            f"image and kernel must be 2-D, not {pixels.ndim}-D and {weights.ndim}-D"
        )
    windows = sliding_window_view(pixels, (weights.shape[0], weights.shape[1]))
    result: FloatArray = np.einsum("ijab,ab->ij", windows, weights)
    return result


def draw_house(size: int = 64) -> FloatArray:
    """Draw a house and the sun: edges in every direction, and flat areas.

    Parameters
    ----------
    size
        Height and width in pixels; at least 16.

    Returns
    -------
    ndarray
        float64, shape ``(size, size)``, 0 black to 1 white.

    Raises
    ------
    ValueError
        If `size` is below 16, too small to show the door and the window.
    """
    if size < 16:
        raise ValueError(f"size must be at least 16, not {size}")
    y, x = np.mgrid[:size, :size] / size
    picture: FloatArray = 0.75 - 0.25 * y
    picture[np.hypot(x - 0.84, y - 0.18) < 0.1] = 1.0
    picture[y >= 0.86] = 0.35
    picture[(abs(x - 0.42) <= 0.3) & (y >= 0.45) & (y < 0.86)] = 0.85
    picture[(y >= 0.12) & (y < 0.45) & (abs(x - 0.42) <= y - 0.08)] = 0.2
    picture[(abs(x - 0.28) <= 0.08) & (abs(y - 0.62) <= 0.08)] = 0.1
    picture[(abs(x - 0.55) <= 0.07) & (y >= 0.58) & (y < 0.86)] = 0.05
    return picture


def fresh_rng() -> np.random.Generator:
    """Make the random generator from which a test draws its inputs.

    Returns
    -------
    numpy.random.Generator
        Seeded with the environment variable ``GRADER_SEED`` if it is set, so that
        grading can be repeated; seeded differently each time otherwise.

    Raises
    ------
    ValueError
        If ``GRADER_SEED`` is set to something other than a whole number >= 0.
    """
    seed = os.environ.get("GRADER_SEED")
    if seed is None:
        return np.random.default_rng()
    if not (seed.isascii() and seed.isdigit()):
        raise ValueError(f"GRADER_SEED must be a whole number >= 0, not {seed!r}")
    return np.random.default_rng(int(seed))
