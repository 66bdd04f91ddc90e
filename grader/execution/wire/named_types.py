"""The types that are sent by their names. Pure.

Both sides have them, so that a name is enough. They only make data: a student can
neither name a type that runs code of its own, nor one that is not in this list.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import pathlib
import types
from typing import Any

import numpy as np

_BUILTINS = """
    bool int float complex str bytes bytearray list tuple set frozenset dict range slice
    object
""".split()
_STANDARD: tuple[type, ...] = (
    *(collections.Counter, collections.OrderedDict, collections.defaultdict),
    *(collections.deque, fractions.Fraction, decimal.Decimal, types.NoneType),
    *(datetime.date, datetime.time, datetime.datetime, datetime.timedelta),
    *(pathlib.PurePosixPath, pathlib.PureWindowsPath),
)
_ERRORS = (
    kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, Exception)
)


def _named(*kinds: type) -> dict[str, type]:
    return {f"{kind.__module__}.{kind.__qualname__}": kind for kind in kinds}


#: The types by their names on the wire.
TYPES: dict[str, type[Any]] = {
    **_named(*(getattr(builtins, name) for name in _BUILTINS), *_STANDARD, *_ERRORS),
    **{
        f"numpy.{kind.__name__}": kind
        for kind in {np.dtype(code).type for code in "?bBhHiIlLqQefdgFDGSUmM"}
    },
}
#: The names of these types.
NAMES = {kind: name for name, kind in TYPES.items()}


__all__ = ["NAMES", "TYPES"]
