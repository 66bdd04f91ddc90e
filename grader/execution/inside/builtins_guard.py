"""Builtins that the kernel itself needs, restored after each cell and each call.

Student code may replace them. That would break the kernel, and the answers that follow
would lose their points. A variable of the notebook that hides a builtin is not a change
of the builtin, and stays.
"""

from __future__ import annotations

import builtins

_NAMES = """
    __build_class__ __import__ abs all any bool bytes callable compile dict enumerate
    exec filter float frozenset getattr hasattr hash id int isinstance issubclass iter
    len list map max memoryview min next object range repr reversed set setattr slice
    sorted str sum super tuple type zip
""".split()
_TABLE = vars(builtins)
_OWN = {name: _TABLE[name] for name in _NAMES}


def put_back() -> None:
    """Restore the original builtins."""
    # This call needs none of the builtins that may have been replaced.
    _TABLE.update(_OWN)


__all__ = ["put_back"]
