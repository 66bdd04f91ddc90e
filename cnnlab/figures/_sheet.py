"""``Sheet``: a figure, and how to cut it into pieces for a narrow window.

A wide window shows the pieces of a row side by side. In a narrow one they wrap, as
words do. Sizes are inches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Box", "Piece", "Sheet", "Words", "uncut"]


class Box(NamedTuple):
    """A part of a figure that stays in one piece.

    Attributes
    ----------
    x, y : float
        Its upper left corner, measured from the figure's.
    width, height : float
        Its size.
    axes : int
        Number of the axes that it shows, from 1; 0 shows all that lies in it.
    """

    x: float
    y: float
    width: float
    height: float
    axes: int = 0


class Words(NamedTuple):
    """A text that the page shows as text, so that its lines break where they must.

    The figure shows it, too, outside all boxes: a picture file needs it.
    """

    text: str
    is_title: bool = False


Piece = Box | Words


@dataclass(frozen=True)
class Sheet:
    """A figure and its pieces.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The whole figure.
    rows : sequence of sequence of (Box or Words)
        Its pieces in the order of reading.
    """

    figure: Figure
    rows: Sequence[Sequence[Piece]]


def uncut(figure: Figure) -> Sheet:
    """Return a figure as one piece."""
    width, height = (float(size) for size in figure.get_size_inches())
    return Sheet(figure, [[Box(0, 0, width, height)]])
