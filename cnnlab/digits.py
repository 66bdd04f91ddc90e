"""scikit-learn's handwritten digits, scaled to the size of MNIST's images.

The arrays are made when this module is imported, which takes a tenth of a second. A
process that imports it before it forks saves its forks that time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage  # type: ignore[import-untyped]
from sklearn.datasets import load_digits


def _scaled(images: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Scale 8x8 grey values of 0-16 to 28x28 values of 0-255, interpolated linearly."""
    small = images * (255 / 16)
    large = ndimage.zoom(small, (1, 3.5, 3.5), order=1, mode="nearest", grid_mode=True)
    scaled: NDArray[np.uint8] = np.rint(large).astype(np.uint8)
    return scaled


_digits = load_digits()
PICTURES = _scaled(_digits.images)
"""Grey values, shape (1797, 28, 28)."""
LABELS: NDArray[np.uint8] = _digits.target.astype(np.uint8)
"""The digit in each image, 0 to 9; shape (1797,)."""
del _digits

__all__ = ["LABELS", "PICTURES"]
