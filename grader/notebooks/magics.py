"""Turn a cell's source into Python: blank out IPython's magics and shell lines.

This is for reading code, never for running it. IPython is not needed.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from grader.notebooks import syntax

MAX_CHARACTERS = 50_000
"""A longer cell is not parsed: Python may take a second for it."""
# The trees of longer cells are not kept: a tree takes a hundred times as much memory.
MOST_KEPT = 10_000

_BODY_IS_PYTHON = {"%%time", "%%timeit", "%%capture", "%%prun"}
_CELL_MAGIC = re.compile(r"\s*(%%\w+)")
_AROUND = re.compile(r"\A(?P<before>\s*)%%(?:time|capture)[ \t]*$", re.MULTILINE)
_SETTING = re.compile(
    r"^(?P<indent>[ \t]*)%(?:autoreload|config|load_ext|matplotlib)\b[^\n]*$",
    re.MULTILINE,
)
_LINE = re.compile(
    r"^(?P<indent>[ \t]*)"
    r"(?:[%!?][^\n]*|\w[\w.]*\?{1,2}[ \t]*|[\w, ]+=[ \t]*[%!](?!=)[^\n]*)$",
    re.MULTILINE,
)


def without(source: str) -> str:
    r"""Return Python source with each magic or shell line replaced by ``pass``.

    The number of lines stays the same. A cell whose cell magic takes another language
    (``%%bash``, ``%%html``, …) becomes empty.

    Examples
    --------
    >>> without("try:\n    import a\nexcept ImportError:\n    %pip install a")
    'try:\n    import a\nexcept ImportError:\n    pass'
    """
    cell_magic = _CELL_MAGIC.match(source)
    if cell_magic is not None and cell_magic[1] not in _BODY_IS_PYTHON:
        return ""
    return _LINE.sub(r"\g<indent>pass", source)


def without_settings(source: str) -> str:
    r"""Return a cell without the magics that decide nothing for a test.

    These are ``%%time`` and ``%%capture`` above the cell, and settings such as
    ``%matplotlib inline``. Other magics are left as they are. The number of lines stays
    the same.

    Examples
    --------
    >>> without_settings("%%time\n%matplotlib inline\na = %pwd")
    '\npass\na = %pwd'
    """
    return _SETTING.sub(r"\g<indent>pass", _AROUND.sub(r"\g<before>", source, count=1))


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, or None if it is not Python or very long.

    Examples
    --------
    >>> parsed("def f(") is None
    True
    """
    if len(source) > MAX_CHARACTERS:
        return None
    try:
        return syntax.parse(without(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def parsed_to_read(source: str) -> ast.Module | None:
    """Return what `parsed` does, as a tree that is shared and must not be changed.

    A tree is kept for whoever reads the same cell of a submission next, unless it is so
    long that a class could fill the memory.
    """
    return _kept(source) if len(source) <= MOST_KEPT else parsed(source)


_kept = lru_cache(maxsize=64)(parsed)


__all__ = [
    "MAX_CHARACTERS",
    "parsed",
    "parsed_to_read",
    "without",
    "without_settings",
]
