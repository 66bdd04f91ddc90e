"""Recognise what is added to the name of a copied file. Pure."""

from __future__ import annotations

import re

_COPY = re.compile(
    r"^(?:copy of|kopie van|kopie von|copie de|copia de|kopia) +"
    r"|(?: +- +|[ _]+)(?:copy|kopie|copie|copia)$",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r" *\((\d{1,3})\)$")


_RESUBMITTED = re.compile(r"-(\d{1,2})$")


def without_copy_marks(stem: str, *, canvas: bool = True) -> tuple[str, int]:
    """Return a name without ``Copy of``, ``(1)`` and the like, and the copy's number.

    ``canvas`` takes a final ``-1`` for one, too; assignments may have such names.

    Examples
    --------
    >>> without_copy_marks("Copy of lab (2)")
    ('lab', 2)
    """
    number = 0
    while True:
        shorter = _COPY.sub("", stem.strip())
        marks = (_NUMBERED, _RESUBMITTED) if canvas else (_NUMBERED,)
        if match := next(filter(None, (m.search(shorter) for m in marks)), None):
            number = max(number, int(match[1]))
            shorter = shorter[: match.start()]
        if shorter == stem or not shorter:
            return stem, number
        stem = shorter


__all__ = ["without_copy_marks"]
