"""The colours of all figures, for light and dark pages.

A figure has no background of its own. What is written or drawn beside the data has the
page's own text colour (`INK`, which becomes ``currentColor`` in a page). Data have
medium colours that stand out from a light and from a dark page, laid on in the
strength of a value: strength 0 is the page itself. Marks on pictures, which are
opaque, are white or black.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

PAPER = "#ffffff"  # of picture files, which are light
INK = "#1b1b1b"  # becomes the page's text colour; used for nothing else
FAINT = f"{INK}c8"
RULE = f"{INK}73"
GRID = f"{INK}38"

BLUE, ORANGE, PURPLE = "#4390d0", "#df7a26", "#9a75c7"
TINT = f"{BLUE}66"
LINES = (BLUE, "#d0741c", "#4f9d4a", "#c4669f", "#8c8c8c", "#a08a1c")
FILLS = tuple(f"{colour}78" for colour in (BLUE, ORANGE, "#4f9d4a", "#c4669f"))

WHITE, BLACK = "#ffffff", "#101010"  # on opaque pictures

__all__ = [
    "BLACK",
    "BLUE",
    "FAINT",
    "FILLS",
    "GRID",
    "INK",
    "LINES",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "RULE",
    "TINT",
    "WHITE",
    "amounts",
    "signed",
    "style",
]


@cache
def signed() -> Colormap:
    """Return a map from purple (negative) through nothing (0) to orange (positive)."""
    return _faded(PURPLE, ORANGE)


@cache
def amounts() -> Colormap:
    """Return a map from nothing (0) to blue."""
    return _faded("", BLUE)


def _faded(low: str, high: str) -> Colormap:
    """Return a map whose colours are the less opaque the nearer they are to 0."""
    import numpy as np
    from matplotlib.colors import ListedColormap, to_rgb

    strength = np.linspace(-1 if low else 0, 1, 257)
    rows = [
        (*to_rgb(low if value < 0 else high), abs(value)) for value in strength.tolist()
    ]
    return ListedColormap(rows, name=f"cnnlab {low}{high}")


def style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws with these colours."""
    import matplotlib as mpl

    return mpl.rc_context(
        {
            "axes.edgecolor": RULE,
            "axes.facecolor": "none",
            "axes.labelcolor": INK,
            "axes.titlecolor": INK,
            "figure.facecolor": PAPER,
            "grid.color": GRID,
            "legend.edgecolor": "none",
            "legend.facecolor": "none",
            "svg.hashsalt": "cnnlab",
            "text.color": INK,
            "xtick.color": RULE,
            "xtick.labelcolor": INK,
            "ytick.color": RULE,
            "ytick.labelcolor": INK,
        }
    )
