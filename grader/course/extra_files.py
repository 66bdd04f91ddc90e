"""Provide the files beside an instructor's notebook: data, modules, pictures.

nbgrader puts them beside each submission; we write them into the work folder of each
kernel before any cell runs. They travel with the assignment, in pieces that are
small enough for a kernel's limits.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from grader.errors import CourseError

Files = tuple[tuple[str, bytes], ...]
MOST_BYTES = 8 << 20
"""How much may lie beside a notebook: each kernel gets all of it."""
_PIECE = 128 << 10
# What nbgrader leaves out, and what only makes the tests.
_IGNORED = ("*.ipynb", "*.pyc", "__pycache__", ".*", "autotests.yml")


def beside(folder: Path) -> Files:
    """Return the files below `folder`, by their path in it; links are left out.

    Raises
    ------
    CourseError
        They are too large together.
    """
    paths = [path for path in sorted(folder.rglob("*")) if _wanted(path, folder)]
    size = sum(path.stat().st_size for path in paths)
    if size > MOST_BYTES:
        largest = max(paths, key=lambda path: path.stat().st_size)
        raise CourseError(
            f"{folder}: {size:,} bytes lie beside its notebooks; at most "
            f"{MOST_BYTES:,} can be given to each submission; the largest is "
            f"{largest.name}; make it smaller, or move away what no cell reads"
        )
    return tuple((p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths)


def _wanted(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    ignored = any(fnmatch(part, pattern) for part in parts for pattern in _IGNORED)
    return path.is_file() and not path.is_symlink() and not ignored


def cells(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Yield cells that write `files` where the kernel stands, and leave no name.

    Modules among them can be imported, but hide none of another place.
    """
    given = tuple(files)
    for name, content in given:
        for at in range(0, max(len(content), 1), _PIECE):
            piece = base64.b64encode(content[at : at + _PIECE]).decode()
            yield _CELL.format(name=name, mode="ab" if at else "wb", piece=piece)
    if any(name.endswith(".py") for name, _ in given):
        yield _IMPORTABLE


_IMPORTABLE = "__import__('sys').path.append(str(__import__('pathlib').Path.cwd()))"
_CELL = """\
def _supply():
    import base64, pathlib
    path = pathlib.Path({name!r})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open({mode!r}) as file:
        file.write(base64.b64decode({piece!r}))
_supply()
del _supply
"""


__all__ = ["MOST_BYTES", "Files", "beside", "cells"]
