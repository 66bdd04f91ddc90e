"""Parse Python, one thread at a time, and count its lines as Python does.

Call :func:`parse` instead of `ast.parse`, and :func:`lines` instead of
`str.splitlines`.
"""

from __future__ import annotations

import ast
from threading import RLock

# Before 3.11.9 and 3.12.3 Python counts the depth of a tree for all threads together.
# Two threads that parse at once may then get a SystemError (python/cpython#106905).
_ONE_AT_A_TIME = RLock()


def parse(source: str) -> ast.Module:
    """Return the syntax tree of Python source.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        As `ast.parse`.

    Examples
    --------
    >>> len(parse("a = 1; b = 2").body)
    2
    """
    with _ONE_AT_A_TIME:
        return ast.parse(source)


def lines(source: str) -> list[str]:
    r"""Return the lines of Python source, as syntax trees and tracebacks count them.

    `str.splitlines` also splits at form feeds and some characters of Unicode, which end
    no line in Python.

    Examples
    --------
    >>> lines("a = '\f'\r\nb = 2")
    ["a = '\x0c'", 'b = 2']
    """
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


__all__ = ["lines", "parse"]
