"""How a value differs from the one that is wanted, in words."""

from __future__ import annotations

import numbers
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEAR", "SHOWN_CELLS", "argument", "differences", "equals", "kind", "short"]

Array = NDArray[Any]

NEAR = 1e-5
SHOWN_CELLS = 6
_SHOWN_CHARACTERS = 60
_ROUNDING = 1e-12


def equals(got: object, want: object) -> bool:
    """Say whether a value is as wanted, but for rounding."""
    return next(differences(got, want), None) is None


def differences(got: object, want: object) -> Iterator[tuple[str, str]]:
    """Yield how a value differs: what it is, and a lead if its form tells one."""
    if isinstance(want, np.ndarray):
        yield from _array_differences(got, want)
    elif isinstance(want, bool | np.bool_):
        if not isinstance(got, bool | np.bool_) or bool(got) != bool(want):
            yield f"{short(got)}, not {bool(want)}", ""
    elif isinstance(want, numbers.Real):
        yield from _number_differences(got, want)
    elif isinstance(want, tuple | list):
        yield from _sequence_differences(got, want)
    elif isinstance(got, type(want)) and got == want:
        return
    else:
        yield f"{short(got)}, not {short(want)}", ""


def _number_differences(got: object, want: Any) -> Iterator[tuple[str, str]]:
    if isinstance(got, str):
        yield f"the text {short(got)}", "a number, without quotes"
        return
    if isinstance(got, tuple | list) or np.ndim(_plain(got)) > 0:
        yield f"{kind(got)}", "one number is asked for"
        return
    if not isinstance(got, numbers.Real | np.number):
        yield kind(got), "one number is asked for"
    elif not np.isclose(float(got), float(want), rtol=NEAR, atol=NEAR * (want != 0)):
        yield f"{short(got)}, not {short(want)}", ""


def _plain(got: object) -> Any:
    return got if isinstance(got, np.ndarray | numbers.Number) else 0


def _sequence_differences(
    got: object, want: Sequence[object]
) -> Iterator[tuple[str, str]]:
    if not isinstance(got, tuple | list):
        yield kind(got), f"{_count(len(want))} asked for, in a {_name(want)}"
        return
    if len(got) != len(want):
        found = "1 value" if len(got) == 1 else f"{len(got)} values"
        yield f"{found} ({short(got)})", f"{_count(len(want))} asked for"
        return
    for place, (mine, other) in enumerate(zip(got, want, strict=True)):
        for part, lead in differences(mine, other):
            whole = f"{short(got)}: item {place} is {part}"
            yield whole, lead


def _count(values: int) -> str:
    return "1 value is" if values == 1 else f"{values} values are"


def _array_differences(got: object, want: Array) -> Iterator[tuple[str, str]]:
    if not isinstance(got, np.ndarray):
        shape = " × ".join(map(str, want.shape))
        yield f"{kind(got)}, not a NumPy array", f"its shape must be {shape}"
        return
    if got.shape != want.shape:
        lead = _shape_lead(got.shape, want.shape)
        yield f"shape {got.shape} where {want.shape} was asked", lead
        return
    if want.dtype.kind == "f" and got.dtype.kind != "f":
        yield f"an array of {got.dtype}", "floats are asked for"
        return
    if want.dtype.kind in "iu" and got.dtype.kind not in "iu":
        yield f"an array of {got.dtype}", "whole numbers are asked for"
        return
    wrong = ~np.isclose(got, want, rtol=NEAR, atol=NEAR, equal_nan=True)
    if wrong.any():
        place = tuple(int(axis[0]) for axis in np.nonzero(wrong))
        where = ", ".join(map(str, place))
        text = f"an array with {short(got[place])} at [{where}]"
        more = f" ({int(wrong.sum())} of {wrong.size} values differ)"
        yield f"{text}, not {short(want[place])}{more if want.size > 1 else ''}", ""


def _shape_lead(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    """Return the likely cause of a wrong shape; an empty text if none is likely."""
    if got == want[::-1] and len(want) > 1:
        return "axes swapped?"
    if len(got) != len(want):
        axes = "1 axis is" if len(want) == 1 else f"{len(want)} axes are"
        return f"{axes} asked for, not {len(got)}"
    gaps = {have - asked for have, asked in zip(got, want, strict=True)}
    if gaps <= {0, -1}:
        return "one too few: does the last position count?"
    if gaps <= {0, 1}:
        return "one too many: does the last window still fit?"
    return ""


def _name(value: object) -> str:
    return type(value).__name__


def kind(value: object) -> str:
    """Return what kind of thing a value is, with its article."""
    if isinstance(value, str):
        return f"the text {short(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, numbers.Number | np.number):
        return f"the single number {short(value)}"
    name = _name(value)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def short(value: object) -> str:
    """Return a value as one short line of text."""
    if isinstance(value, np.ndarray) and value.size > SHOWN_CELLS:
        return f"an array of shape {value.shape}"
    if isinstance(value, np.ndarray):
        style: Any = {"float_kind": "{:.6g}".format}
        text = np.array2string(_clean(value), separator=", ", formatter=style)
    elif isinstance(value, float | np.floating):
        text = f"{float(value):.6g}"
    elif isinstance(value, np.generic):
        text = str(value.item())
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


def _clean(values: Array) -> Array:
    """Return floats with 0 for what is only rounding beside the largest of them."""
    if values.dtype.kind != "f":
        return values
    largest = np.max(abs(values[np.isfinite(values)]), initial=0.0)
    return np.where(abs(values) < _ROUNDING * largest, 0.0, values)


def argument(value: object) -> str:
    """Return how an argument is written in a message."""
    if isinstance(value, np.ndarray) and value.size > SHOWN_CELLS:
        return "×".join(map(str, value.shape)) + " array"
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return f"[{argument(value[0])}{', …' * (len(value) > 1)}]"
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
        return f"[{len(value)} dicts]"
    return short(value)
