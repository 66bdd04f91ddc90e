"""Pictures that our own code makes, and pictures that readers pass."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.numerics import FloatArray

__all__ = ["checked", "encoded", "fractions", "still_life"]

_LIGHT = np.array([-0.5, -0.65, 0.57])
# Centre and radius of each ball in shares of the picture, and its colour.
_BALLS = (
    ((0.72, 0.63), 0.2, (0.93, 0.78, 0.1)),
    ((0.27, 0.66), 0.17, (0.82, 0.1, 0.08)),
    ((0.5, 0.77), 0.15, (0.25, 0.62, 0.12)),
)


@cache
def still_life(size: int = 96) -> NDArray[np.uint8]:
    """Make a picture: a red, a green and a yellow ball on a chequered cloth.

    It has what photographs have: soft light, shadows, edges in all directions, grain.

    Parameters
    ----------
    size
        Rows and columns; 96 can be divided by it.

    Returns
    -------
    ndarray
        Of shape ``(size, size, 3)``: red, green and blue, from 0 to 255.
    """
    y, x = (np.mgrid[:192, :192] + 0.5) / 192
    picture = _wall(x, y)
    table = y > 0.6
    picture[table] = _cloth(x, y)[table]
    for (at_x, at_y), radius, _ in _BALLS:
        reach = np.hypot((x - at_x - 0.09) / 1.5, (y - at_y - 0.8 * radius) * 2.6)
        dark = np.clip(1.35 - reach / radius, 0, 0.55) * table
        picture *= (1 - dark)[..., None]
    for (at_x, at_y), radius, colour in _BALLS:
        across, down = (x - at_x) / radius, (y - at_y) / radius
        inside = np.hypot(across, down) < 1
        picture[inside] = _shaded(across[inside], down[inside], np.array(colour))
    picture += np.random.default_rng(seed=3).normal(0, 0.02, y.shape)[..., None]
    block = 192 // size
    small = picture.reshape(size, block, size, block, 3).mean(axis=(1, 3))
    return np.asarray(np.round(255 * np.clip(small, 0, 1)), np.uint8)


def _wall(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return a blue wall in the light of a lamp, with a framed picture on it."""
    light = 1.02 - 0.55 * np.hypot(x - 0.1, y - 0.05)
    wall: FloatArray = light[..., None] * [0.52, 0.68, 0.92]
    frame = (abs(x - 0.72) < 0.17) & (abs(y - 0.2) < 0.14)
    paper = (abs(x - 0.72) < 0.13) & (abs(y - 0.2) < 0.1)
    wall[frame] = (0.24, 0.15, 0.09)
    wall[paper] = (0.93, 0.92, 0.88)
    hill = paper & (y - 0.2 > 0.05 * np.cos(30 * x))
    wall[hill] = (0.3, 0.33, 0.4)
    return wall


def _cloth(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return a cloth of light and dark squares, smaller in the distance."""
    near = 0.35 / (y - 0.35).clip(0.05)
    row, column = 6 * near, 4.5 * (x - 0.5) * near
    dark = (np.floor(row) + np.floor(column)) % 2 > 0
    cloth: FloatArray = np.where(dark, 0.6, 0.95)[..., None] * [0.97, 0.95, 0.93]
    return cloth * (1.05 - 0.35 * x)[..., None]


def _shaded(across: FloatArray, down: FloatArray, colour: FloatArray) -> FloatArray:
    """Return the colours of a ball's points, with a highlight."""
    height = np.sqrt(1 - across**2 - down**2)
    facing = np.stack([across, down, height], axis=-1) @ _LIGHT
    shine = np.clip(facing, 0, 1) ** 30
    bright = 0.22 + 0.85 * np.clip(facing, 0, 1)
    ball: FloatArray = bright[:, None] * colour + 0.7 * shine[:, None]
    return ball


def checked(image: ArrayLike, axes: int, smallest: int, largest: int) -> FloatArray:
    """Return a reader's image as whole numbers from 0 to 255.

    Parameters
    ----------
    image
        Fractions from 0 to 1, or whole numbers from 0 to 255.
    axes
        2 for a grey image; 3 for one with red, green and blue.
    smallest, largest
        Rows and columns that can be shown.

    Raises
    ------
    ValueError
        If the image is another one, with what it is and what is legal.
    """
    pixels = np.asarray(image)
    wanted = "(rows, columns)" if axes == 2 else "(rows, columns, 3)"
    if pixels.ndim != axes or (axes == 3 and pixels.shape[2] != 3):
        raise ValueError(f"image must have the shape {wanted}, not {pixels.shape}")
    if not all(smallest <= side <= largest for side in pixels.shape[:2]):
        raise ValueError(
            f"image must have {smallest} to {largest} rows and columns, "
            f"not {pixels.shape[0]} and {pixels.shape[1]}"
        )
    return np.round(fractions(pixels, "image") * 255)


def fractions(pixels: NDArray[Any], name: str) -> FloatArray:
    """Return the values of an image as fractions from 0 to 1.

    Parameters
    ----------
    pixels
        Fractions from 0 to 1, or whole numbers from 0 to 255.
    name
        What a message calls them.

    Raises
    ------
    ValueError
        If they are no numbers, or not in their range.
    """
    if pixels.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold numbers, not {pixels.dtype}")
    most = 255 if pixels.dtype.kind in "iu" else 1
    low, high = pixels.min(), pixels.max()
    if not (low >= 0 and high <= most):
        raise ValueError(
            f"{name} must have values from 0 to {most}, not {low} to {high}"
        )
    return np.asarray(pixels / most, np.float64)


def encoded(pixels: ArrayLike) -> dict[str, object]:
    """Return an image for the page: its sides, and its bytes as a text."""
    cells = np.asarray(pixels, np.uint8)
    return {
        "rows": cells.shape[0],
        "columns": cells.shape[1],
        "bytes": base64.b64encode(cells.tobytes()).decode("ascii"),
    }
