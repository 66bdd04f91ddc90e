"""Test cells as code: compiled once in the grader, and sent to every examiner.

They cannot be compiled in the fork server before the fork: kernels are its forks, too,
and students would find the hidden tests in their memory. Both sides run the same
interpreter, as :mod:`marshal` requires, and only the grader writes to an examiner's
control socket.
"""

from __future__ import annotations

import ast
import marshal
from functools import lru_cache
from types import CodeType

from grader.notebooks import magics

# As in a notebook, a cell may await something at its top level.
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
# More than the tests of one course. Code of students is never compiled here.
CACHE_SIZE = 512


def file_of(grade_id: str) -> str:
    """Return the file name of a test cell in tracebacks."""
    return f"<{grade_id}>"


def compiled(source: str, filename: str) -> tuple[CodeType, CodeType | None]:
    """Return the code of a cell: its statements, and its last expression if it has one.

    Code with an ``await`` at its top level returns a coroutine.

    Parameters
    ----------
    source
        Of the cell.
    filename
        The file name of its lines in tracebacks.

    Raises
    ------
    SyntaxError, ValueError
        If the cell is not valid Python.

    Examples
    --------
    >>> body, last = compiled("x = 3; x + 1", "<cell>")
    >>> exec(body, names := {})
    >>> eval(last, names)
    4
    """
    tree = _parsed(source, filename)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return _code(tree, filename, "exec"), None
    tree.body.pop()
    value = _code(ast.Expression(last.value), filename, "eval")
    return _code(tree, filename, "exec"), value


def _parsed(source: str, filename: str) -> ast.Module:
    try:
        return ast.parse(source, filename)
    except SyntaxError:
        return ast.parse(magics.without_settings(source), filename)


def _code(tree: ast.Module | ast.Expression, filename: str, mode: str) -> CodeType:
    # Without dont_inherit the cell would have the __future__ features of this module.
    code: CodeType = compile(tree, filename, mode, _FLAGS, dont_inherit=True)
    return code


@lru_cache(CACHE_SIZE)
def packed(source: str, filename: str) -> bytes:
    """Return the code of a cell as bytes.

    Parameters
    ----------
    source, filename
        As for :func:`compiled`.

    Returns
    -------
    bytes
        Empty if the cell cannot be compiled. The examiner then compiles it again, and
        reports the error as the outcome of the test.
    """
    try:
        return marshal.dumps(compiled(source, filename))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return b""


def unpacked(code: bytes) -> tuple[CodeType, CodeType | None]:
    """Return the code of a cell from the bytes that :func:`packed` made."""
    body, last = marshal.loads(code)  # noqa: S302 - written by the grader itself
    return body, last


__all__ = ["compiled", "file_of", "packed", "unpacked"]
