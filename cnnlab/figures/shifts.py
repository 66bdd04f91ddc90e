"""Show what shifting a pattern changes after max pooling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._grids import Grid, describe, draw_grids, in_rows, outline_cells
from cnnlab.figures._panels import matrix
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Sheet
from cnnlab.figures._words import listed, number
from cnnlab.figures.pooling import pooling_windows
from cnnlab.numerics import FloatArray

__all__ = ["shift_microscope"]


def shift_microscope(
    pattern: ArrayLike,
    k: int = 2,
    s: int = 2,
    *,
    shifts: Sequence[int] = (0, 1, 2),
    alt: str = "",
) -> Picture:
    """Show a pattern under several shifts, its max pooling, and what changes.

    Each view is cut from `pattern`: shift ``d`` starts at column ``d``, so that real
    pixels come in on the right and nothing wraps around. All views are equally wide.
    Cells that differ from those of the first shift are outlined.

    Parameters
    ----------
    pattern
        Shape ``(height, width)``, wider than the largest shift.
    k, s
        Side of the square window, and cells from one window to the next.
    shifts
        Columns to shift by. All others are compared to the first one.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If `pattern` is not 2-D, there is no shift, a shift is negative, or the
        window is larger than a view.
    """
    values = matrix(pattern, "pattern")
    if not shifts or min(shifts) < 0:
        raise ValueError(
            f"shifts must hold at least one number, none below 0, not {shifts}"
        )
    width = values.shape[1] - max(shifts)
    views = [values[:, d : d + width] for d in shifts]
    pooled = [pooling_windows(view, k, s).max(axis=(2, 3)) for view in views]
    rows = [
        [Grid(view, f"shift {d}"), Grid(out, "max pooled")]
        for d, view, out in zip(shifts, views, pooled, strict=True)
    ]
    for row, out in zip(rows[1:], pooled[1:], strict=True):
        row.append(_changes(out, pooled[0], shifts[0]))
    note = f"Max pooling, {k} × {k} window, stride {s}."
    notes = [
        f"{note} Thick outline: differs from the map of shift {shifts[0]}.",
        f"Fraction: sizes of all changes / sizes in the map of shift {shifts[0]}.",
    ]
    words = "; ".join(describe(grid) for row in rows for grid in row)

    def draw() -> Sheet:
        return draw_grids(in_rows(rows), notes)

    start = f"A pattern, its max pooling ({k} × {k}, stride {s}) and what changes: "
    sentence = listed(start, (f"shift {d}" for d in shifts))
    return Picture(draw, alt or sentence, f"{note} {words}")


def _changes(out: FloatArray, first: FloatArray, shift: int) -> Grid:
    change = out - first
    changed = [(int(row), int(column)) for row, column in np.argwhere(change)]
    above, below = (float(np.abs(values).sum()) for values in (change, first))
    share = number(above / below if below else np.nan)
    title = f"change from shift {shift},\nin {len(changed)} of {change.size} cells"
    ratio = f"{number(above)} / {number(below)} = {share}"
    return Grid(change, f"{title}:\n{ratio}", outlines=outline_cells(changed))
