"""Drawings as letters, twelve of ours, and what a network reads of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Place = tuple[float, float]
# A turn, scale and shift: from (y, x) to (a·y - b·x + c, b·y + a·x + d).
Motion = tuple[float, float, float, float]

SIDE, CELLS, MIDDLE = 28, 784, 13.5
# In MNIST, the longer side of a digit is 20 cells, and its centre of mass is at cell
# (14, 14).
BOX, CENTRE = 20, 14

__all__ = ["digits", "inked", "letters", "prepared", "stroke"]


def inked(text: str) -> Array:
    """Read letters: ``A`` to ``Z`` are 1 to 26 blank cells, ``a`` to ``m`` ink 0 to 1.

    Parameters
    ----------
    text
        Up to 784 letters. Cells after the last letter are blank.

    Raises
    ------
    ValueError
        If they stand for more than 784 cells.
    """
    every = re.sub("[A-Z]", lambda run: "a" * (ord(run[0]) - 64), text)
    if len(every) > CELLS:
        raise ValueError(f"ink has {len(every)} cells: at most {CELLS} are legal")
    codes = np.frombuffer(every.ljust(CELLS, "a").encode("ascii"), np.uint8)
    image: Array = (codes - 97.0) / 12
    return image.reshape(SIDE, SIDE)


def letters(image: Array) -> str:
    """Write values from 0 to 1 as letters; a blank image is ``"A"``."""
    codes = np.floor(97.5 + image.ravel() * 12).astype(np.uint8)
    every = codes.tobytes().decode("ascii")
    short = re.sub("a{1,26}", lambda run: chr(64 + len(run[0])), every)
    return short.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or "A"


def stroke(image: Array, start: Place, end: Place) -> Array:
    """Return an image with a line of the pen on it, from one place to another."""
    (y, x), down, across = start, end[0] - start[0], end[1] - start[1]
    i, j = np.mgrid[:SIDE, :SIDE] - np.reshape([y, x], (2, 1, 1))
    length = down * down + across * across or 1.0
    part = ((i * down + j * across) / length).clip(0, 1)
    distance = np.hypot(i - part * down, j - part * across)
    drawn: Array = np.maximum(image, (1.7 - distance).clip(0, 1))
    return drawn


def prepared(state: Mapping[str, Any]) -> Array:
    """Return what the network reads: moved, centred if asked for, with noise."""
    moved = _sampled(inked(state["ink"] or digits()[state["pick"]]), _moves(state))
    there = np.argwhere(moved > 0.05)
    if state["prepare"] and len(there):
        shape = np.ptp(there, axis=0) + 1
        g = float(shape.max()) / BOX
        i, j = np.mgrid[:SIDE, :SIDE]
        y, x = ((axis * moved).sum() / moved.sum() for axis in (i, j))
        moved = _sampled(moved, (g, 0.0, y - CENTRE * g, x - CENTRE * g))
    read: Array = (moved + state["noise"] / 100 * _noise()).clip(0, 1)
    return read


def _moves(state: Mapping[str, Any]) -> Motion:
    """Return where the sliders read each cell."""
    turn = np.deg2rad(state["rotate"])
    a, b = (float(f(turn)) * 100 / state["scale"] for f in (np.cos, np.sin))
    y, x = -MIDDLE - state["down"], -MIDDLE - state["right"]
    return a, b, a * y - b * x + MIDDLE, b * y + a * x + MIDDLE


def _sampled(image: Array, where: Motion) -> Array:
    """Read each cell elsewhere, between four cells; outside is 0."""
    a, b, c, d = where
    i, j = np.mgrid[:SIDE, :SIDE]
    y, x = a * i - b * j + c, b * i + a * j + d
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    total = np.zeros((SIDE, SIDE))
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
        rows, columns = top + down, left + across
        inside = (rows >= 0) & (rows < SIDE) & (columns >= 0) & (columns < SIDE)
        share = abs(1 - down - (y - top)) * abs(1 - across - (x - left))
        cells = image[rows.clip(0, SIDE - 1), columns.clip(0, SIDE - 1)]
        total += np.where(inside, share * cells, 0)
    return total


@cache
def _noise() -> Array:
    """Return numbers from -1 to 1, the same on every computer."""
    seed, found = 1, []
    for _ in range(CELLS):
        seed = seed * 16807 % 2147483647
        found.append(seed / 2**30 - 1)
    return np.array(found).reshape(SIDE, SIDE)


def _arc(centre: Place, radii: Place, start: float, end: float) -> list[Place]:
    """Return places on an ellipse; 0° is on the right, 90° at the bottom."""
    turns = np.deg2rad(np.linspace(start, end, 13))
    y, x = centre[0] + radii[0] * np.sin(turns), centre[1] + radii[1] * np.cos(turns)
    return list(zip(y.tolist(), x.tolist(), strict=True))


# Drawn as people draw: of different sizes, and not in the middle.
_LINES: tuple[tuple[list[Place], ...], ...] = (
    (_arc((13, 12), (9, 6), -80, 280),),
    ([(4, 16), (23, 13)],),
    ([*_arc((9, 14), (5, 6), -170, 30), (23, 7), (23, 22)],),
    (_arc((8, 13), (5, 6), -150, 90), _arc((18, 13), (5, 7), -90, 150)),
    ([(3, 9), (13, 4), (13, 19)], [(6, 15), (22, 13)]),
    ([(4, 20), (4, 10), (12, 9), *_arc((16, 13), (6, 7), -110, 150)],),
    ([(3, 15), (12, 8), *_arc((18, 13), (5, 5), -180, 180)],),
    ([(5, 6), (5, 20), (24, 11)],),
    (_arc((8, 14), (4, 4), -90, 270), _arc((18, 14), (6, 5), -90, 270)),
    ([*_arc((9, 13), (5, 5), 0, -360), (24, 16)],),
)


def _small(digit: int, top: float, left: float) -> tuple[list[Place], ...]:
    """Return a drawing of about half the size, in a corner."""
    return tuple(
        [(0.55 * y + top, 0.55 * x + left) for y, x in line] for line in _LINES[digit]
    )


@cache
def digits() -> tuple[str, ...]:
    """Return our twelve drawings as letters: 0 to 9, a small 3 and a small 0."""
    texts = []
    for lines in (*_LINES, _small(3, 0, 14), _small(0, 0, 0)):
        image = np.zeros((SIDE, SIDE))
        for line in lines:
            for start, end in pairwise(line):
                image = stroke(image, start, end)
        texts.append(letters(image))
    return tuple(texts)
