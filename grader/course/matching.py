"""Match submitted files to the notebooks of an assignment, by name. Pure.

Assignments of nbgrader can have several notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TypeVar

from grader.notebooks.file_names import notebook_name, without_copy_marks

AnyPath = TypeVar("AnyPath", bound=PurePath)
_OWN_NAME = 2


def matched(names: Sequence[str], paths: Sequence[AnyPath]) -> dict[str, list[AnyPath]]:
    """Return the files that may be the notebook of each name.

    Parameters
    ----------
    names
        The notebooks of the assignment, without ``.ipynb``.
    paths
        The files of one student for the assignment.

    Returns
    -------
    dict
        The files of each notebook. If there is only one notebook, it has all files.
        Otherwise it has the files of its name and their copies, see
        :mod:`grader.notebooks.file_names`; a single notebook without any such file
        gets all other files.

    Examples
    --------
    >>> files = [PurePath("one.ipynb"), PurePath("Two (1).ipynb")]
    >>> matched(["one", "two"], files)["two"]
    [PurePosixPath('Two (1).ipynb')]
    """
    files_of: dict[str, list[AnyPath]] = {name: [] for name in names}
    rest = list(paths)
    if len(files_of) == 1:
        return {names[0]: rest}
    normal_forms: tuple[Callable[[str], str], ...] = (str, _original)
    for normal_form in normal_forms:
        for name, files in files_of.items():
            same = [p for p in rest if normal_form(_stem(p)) == normal_form(name)]
            files += same
            rest = [path for path in rest if path not in same]
    empty = [name for name, files in files_of.items() if not files]
    if len(empty) == 1:
        files_of[empty[0]] += rest
    return files_of


def likeness(name: str, path: PurePath) -> int:
    """Return how much like a notebook's own name the name of a file is.

    Parameters
    ----------
    name
        The name of the notebook, without ``.ipynb``.
    path
        The file.

    Examples
    --------
    >>> files = map(PurePath, ("lab.ipynb", "lab (1).ipynb", "x.ipynb"))
    >>> [likeness("lab", path) for path in files]
    [3, 1, 0]
    """
    if path.name == f"{name}.ipynb":
        return 3
    if _stem(path).lower() == name.lower():
        return _OWN_NAME
    return int(_original(_stem(path)) == _original(name))


def has_own_name(name: str, path: PurePath) -> bool:
    """Say whether a file has a notebook's own name, in whatever case.

    Parameters
    ----------
    name, path
        As for :func:`likeness`.
    """
    return likeness(name, path) >= _OWN_NAME


def _stem(path: PurePath) -> str:
    return PurePath(notebook_name(path.name)).stem


def _original(stem: str) -> str:
    """Return the name of the file that `stem` is a copy of, in lower case."""
    return without_copy_marks(stem, canvas=False)[0].lower()


__all__ = ["has_own_name", "likeness", "matched"]
