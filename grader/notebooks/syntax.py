"""Parse Python, one thread at a time: call this instead of `ast.parse`."""

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


__all__ = ["parse"]
