"""Recognise what is added to the name of a copied file. Pure.

Browsers, operating systems, Colab, Jupyter, Canvas and people mark copies in their
own ways: ``Copy of lab``, ``lab (1)``, ``lab - Copy``, ``lab-Copy1``, ``lab-2``.
This module is the only place that knows these marks.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_COPY_OF = re.compile(
    r"^(?:copy[ _-]of|kopie[ _-]van|kopie[ _-]von|copie[ _-]de|copia[ _-]de|kopia)"
    r"[ _-]+",
    re.IGNORECASE,
)
# Each ends the name; its group is the copy's number, which may be empty.
_COPY = re.compile(r"[ _-](?:copy|kopie|copie|copia) ?(\d{0,3})$", re.IGNORECASE)
_NUMBERED = re.compile(r"\((\d{1,3})\)$")
_RESUBMITTED = re.compile(r"-(\d{1,2})$")

_MOST_MARKS = 20
"""More are not looked for, so that no name takes long."""

ODD_SUFFIXES = {"", ".json", ".txt", ".text", ".download", ".bin"}
"""Suffixes of notebooks that a browser, a mail program or an LMS has renamed."""

_IPYNB = re.compile(r"\.ipynb(?P<mark>[^.]*)(?:\.\w{1,12})*$", re.IGNORECASE)
_ENDINGS = re.compile(r"(\.tar)?\.\w{1,6}$")


def without_copy_marks(stem: str, *, canvas: bool = True) -> tuple[str, int]:
    """Return a name without the marks of a copy, and the copy's number.

    Parameters
    ----------
    stem
        A file's name without its ending.
    canvas
        Take a final ``-1``, with which Canvas marks a resubmission, for a mark, too.
        Assignments may have such names.

    Returns
    -------
    tuple of (str, int)
        The name, and the highest number of its marks, 0 if they have none. A name
        that consists of marks only is returned as it is.

    Examples
    --------
    >>> without_copy_marks("Copy of lab (2)")
    ('lab', 2)
    >>> without_copy_marks("lab-Copy1")
    ('lab', 1)
    >>> without_copy_marks("lab-2", canvas=False)
    ('lab-2', 0)
    """
    marks = (_COPY, _NUMBERED, _RESUBMITTED) if canvas else (_COPY, _NUMBERED)
    number = 0
    for _ in range(_MOST_MARKS):
        shorter = _COPY_OF.sub("", stem.strip())
        if match := next(filter(None, (mark.search(shorter) for mark in marks)), None):
            number = max(number, int(match[1] or 0))
            shorter = shorter[: match.start()].rstrip(" _-")
        if shorter == stem or not shorter:
            break
        stem = shorter
    return stem, number


def stem_of(name: str) -> str:
    """Return a file's name without its endings and without the marks of a copy.

    Examples
    --------
    >>> stem_of("Kopie von lab.tar.gz")
    'lab'
    """
    return without_copy_marks(_ENDINGS.sub("", name))[0]


def says_notebook(name: str) -> bool:
    """Say whether ``.ipynb`` is in a name, though not at its end."""
    return _IPYNB.search(name) is not None


def notebook_name(name: str) -> str:
    """Return the name that a notebook has without what was added to it.

    Examples
    --------
    >>> notebook_name("lab.ipynb.txt"), notebook_name("lab.ipynb (1).json")
    ('lab.ipynb', 'lab (1).ipynb')
    >>> notebook_name("lab.json"), notebook_name("file1")
    ('lab.ipynb', 'file1.ipynb')
    """
    if match := _IPYNB.search(name):
        return f"{name[: match.start()]}{match['mark']}.ipynb"
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix) if suffix.lower() in ODD_SUFFIXES else name
    return f"{stem}.ipynb"


def taken_as(name: str, target: str) -> str:
    """Return the repair that tells people that such a file was read as a notebook."""
    return f"{name} holds a notebook; it is taken as {target}"


__all__ = [
    "ODD_SUFFIXES",
    "notebook_name",
    "says_notebook",
    "stem_of",
    "taken_as",
    "without_copy_marks",
]
