"""Match submitted files to the notebooks of an assignment, by name. Pure.

An assignment of nbgrader's may have several notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TypeVar

from grader.notebooks.file_names import without_copy_marks

P = TypeVar("P", bound=PurePath)


def matched(names: Sequence[str], paths: Sequence[P]) -> dict[str, list[P]]:
    """Return the files that may be the notebook of each name.

    Parameters
    ----------
    names
        The notebooks of the assignment, without ``.ipynb``.
    paths
        The files of one student.

    Returns
    -------
    dict
        For each name its files. With one name these are all files. With several
        they are the files of that name and copies of it, see
        :mod:`grader.notebooks.file_names`; if only one notebook has no file then,
        it gets the files that are left.

    Examples
    --------
    >>> files = [PurePath("one.ipynb"), PurePath("Two (1).ipynb")]
    >>> matched(["one", "two"], files)["two"]
    [PurePosixPath('Two (1).ipynb')]
    """
    found: dict[str, list[P]] = {name: [] for name in names}
    rest = list(paths)
    if len(found) == 1:
        return {names[0]: rest}
    ways: tuple[Callable[[str], str], ...] = (str, _original)
    for way in ways:
        for name, files in found.items():
            taken = [path for path in rest if way(path.stem) == way(name)]
            files += taken
            rest = [path for path in rest if path not in taken]
    empty = [name for name, files in found.items() if not files]
    if len(empty) == 1:
        found[empty[0]] += rest
    return found


def _original(stem: str) -> str:
    """Return the name of what a file is a copy of, without regard to case."""
    return without_copy_marks(stem, canvas=False)[0].lower()


__all__ = ["matched"]
