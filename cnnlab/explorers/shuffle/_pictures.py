"""Small pictures that the code draws: whole grey values, and smooth outlines."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.explorers.draw._image import digits, inked

Array = NDArray[np.float64]

SIDE, MOST = 12, 9

__all__ = ["MOST", "NAMES", "SIDE", "pictures"]

NAMES = ("house", "face", "digit 3", "waves")


@cache
def pictures() -> list[list[list[int]]]:
    """Return four pictures of 12 × 12 whole grey values, 0 is black and 9 white."""
    drawn = (_house(), _face(), _digit(3), _waves())
    return [np.rint(MOST * picture).astype(int).tolist() for picture in drawn]


def _points() -> tuple[Array, Array]:
    """Return the rows and columns of 4 × 4 points in each pixel."""
    i, j = np.mgrid[: 4 * SIDE, : 4 * SIDE]
    return (i + 0.5) / 4, (j + 0.5) / 4


def _mean(points: NDArray[Any]) -> Array:
    """Return the mean of the points of each pixel."""
    mean: Array = points.reshape(SIDE, 4, SIDE, 4).mean(axis=(1, 3))
    return mean


def _house() -> Array:
    y, x = _points()
    roof = (y > 1) & (y < 5.5) & (abs(x - 6) < 1.25 * (y - 1))
    walls = (y >= 5.5) & (y < 11) & (abs(x - 6) < 4.5)
    door = (y > 7) & (abs(x - 8) < 1)
    pane = (y > 6.5) & (y < 9) & (abs(x - 4.25) < 1.25)
    return _mean(roof * 0.65 + walls * 1.0 * ~(door | pane) + pane * 0.35)


def _face() -> Array:
    y, x = _points()
    head = np.hypot(y - 6, x - 6) < 5.5
    eyes = np.hypot(y - 4.5, abs(x - 6) - 2) < 0.9
    ring = np.hypot(y - 6, x - 6)
    mouth = (ring > 2.6) & (ring < 3.6) & (y > 7)
    return _mean(head * 0.9 * ~(eyes | mouth))


def _digit(digit: int) -> Array:
    """Return one of our digits, reduced from 28 × 28 to 14 × 14 pixels."""
    middle = inked(digits()[digit])[2:26, 2:26]
    halved: Array = middle.reshape(SIDE, 2, SIDE, 2).mean(axis=(1, 3))
    return halved


def _waves() -> Array:
    y, x = _points()
    return _mean(0.5 + 0.5 * np.sin(0.55 * x + 0.35 * y + 0.5))
