"""The special methods of a class that the examiner passes on to the jail. Pure.

An *ability* is a special method that not every object has, such as ``__len__``: the
stand-in for a student's class has those that the student's class itself has. What
Python answers for every object, such as ``repr``, is asked in any case.

Both sides call the operation of a special method by its name without underscores:
``len``, ``add``. ``a.__radd__(b)`` is the operation ``add`` of `b` and `a`.
"""

from __future__ import annotations

_NUMERIC = "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul"
#: Operators of two operands. All have a reflected form, all but one an in-place form.
ARITHMETIC = tuple(_NUMERIC.split())
IN_PLACE = tuple(f"i{name}" for name in ARITHMETIC if name != "divmod")
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
#: Operations with one operand.
UNARY = tuple(
    "neg pos abs invert int float complex index bool len length_hint bytes round trunc "
    "floor ceil iter next reversed hash array".split()
)
#: Calls of a special method with any arguments.
SPECIAL_CALLS = ("enter", "exit", "aiter", "anext", "aenter", "aexit", "await")
ITEMS = ("getitem", "setitem", "delitem", "contains")

#: Every ability that a description of a class may name.
ABILITIES = frozenset(
    f"__{name}__"
    for name in (
        *ARITHMETIC,
        *(f"r{name}" for name in ARITHMETIC),
        *IN_PLACE,
        *COMPARISONS,
        *UNARY,
        *SPECIAL_CALLS,
        *ITEMS,
        "call",
    )
) | {"send", "throw", "close"}

__all__ = [
    "ABILITIES",
    "ARITHMETIC",
    "COMPARISONS",
    "IN_PLACE",
    "ITEMS",
    "SPECIAL_CALLS",
    "UNARY",
]
