"""Builtins that a kernel itself needs: student code may exchange them.

A cell or a call that does so would take the kernel along with it, and with the kernel
what later answers could have earned. So they are put back when it is over. A variable
that hides a builtin in the notebook is nothing of that kind and stays.
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
    """Make the builtins that a kernel needs its own again."""
    # One call that needs none of them.
    _TABLE.update(_OWN)


__all__ = ["put_back"]
