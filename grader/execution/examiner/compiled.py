"""Test cells as code: compiled once in the grader, and sent to every examiner.

Not before the fork, in the fork server: kernels are its forks, too, and a student
would find the hidden tests in their memory. Both sides are the same interpreter, as
:mod:`marshal` wants it, and only the grader writes to an examiner's control socket.
"""

from __future__ import annotations

import ast
import marshal
from functools import lru_cache
from types import CodeType

# More than a course has: one instructor's tests, and not what students write.
KEPT = 512


def file_of(grade_id: str) -> str:
    """Return the file name of a test cell in tracebacks."""
    return f"<{grade_id}>"


def compiled(source: str, filename: str) -> tuple[CodeType, CodeType | None]:
    """Return the code of a cell: its statements, and its last expression if it has one.

    Raises
    ------
    SyntaxError, ValueError
        If it is not Python.

    Examples
    --------
    >>> body, last = compiled("x = 3; x + 1", "<cell>")
    >>> exec(body, names := {})
    >>> eval(last, names)
    4
    """
    tree = ast.parse(source, filename)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, filename, "exec"), None
    tree.body.pop()
    value = compile(ast.Expression(last.value), filename, "eval")
    return compile(tree, filename, "exec"), value


@lru_cache(KEPT)
def packed(source: str, filename: str) -> bytes:
    """Return the code of a cell as bytes; none for a cell that cannot be compiled.

    The examiner will find that, too, and has somebody to tell.
    """
    try:
        return marshal.dumps(compiled(source, filename))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return b""


def unpacked(code: bytes) -> tuple[CodeType, CodeType | None]:
    """Return what `packed` made bytes of."""
    body, last = marshal.loads(code)  # noqa: S302 - of the grader's own
    return body, last


__all__ = ["compiled", "file_of", "packed", "unpacked"]
