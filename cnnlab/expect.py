"""Compare an answer with a worked value, and lead from a wrong one to the mistake.

``call_answer``    call the student's function, and lead from a likely error
``expect``         call the student's function and compare what it returns
``expect_value``   compare a value that the student was asked for
``expect_letter``  whether the answer to a question is one of its letters

These are for visible tests only: their messages show the inputs and what came back.
After grading a student reads less, the attribute ``feedback`` of the error, which
holds nothing that student code could have put there.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mistake", "call_answer", "expect", "expect_letter", "expect_value"]

Array = NDArray[Any]
Slips = Mapping[str, object]

NEAR = 1e-5
_SHOWN_CELLS = 6
_SHOWN_CHARACTERS = 60
_ROUNDING = 1e-12


class Mistake(AssertionError):
    """An answer is not what was asked for.

    Parameters
    ----------
    message
        What the student reads on screen: what came back, and what that may come from.
    feedback
        What the student reads after grading: only words of the course.

    Attributes
    ----------
    feedback : str
    """

    def __init__(self, message: str, feedback: str = "") -> None:
        super().__init__(message)
        self.feedback = feedback

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows: the message, without the lines of this module."""
        return [f"\x1b[1;31mNot right yet.\x1b[0m {self}"]


def expect(
    function: Callable[..., object],
    *args: object,
    gives: object,
    slips: Slips | None = None,
    errors: Mapping[str, str] | None = None,
    hint: str = "",
) -> None:
    """Call the student's function, and compare what it returns with a worked value.

    Parameters
    ----------
    function
        The student's function.
    args
        What it is called with.
    gives
        What it must return: a number, a text, an array, or a tuple of these. Type,
        shape and, of arrays, the kind of number are compared as well.
    slips
        ``{lead: wrong value}``: what a likely mistake would return, and the words that
        lead to it. Several wrong values of one mistake stand in a list. Of a tuple
        or a list, it may be the value of one item.
    errors
        ``{part of an error's text: lead}``: an error of the student's code that a
        likely mistake makes, such as ``"KeyError: 'filters'"``.
    hint
        What leads from any other wrong value, if its form does not tell the mistake.

    Raises
    ------
    Mistake
        If the value is another one.

    Examples
    --------
    >>> expect(lambda n: n + 1, 4, gives=5, slips={"add 1, not 2": 6})
    """
    __tracebackhide__ = True
    name = getattr(function, "__name__", "the function")
    # Before the call, which can change them. For the feedback the name is left out: it
    # is the student's.
    inputs = f"({', '.join(map(_argument, args))})"
    got = call_answer(function, args, errors or {})
    words = _Words(f"{name}{inputs} returned", f"for {inputs} the answer must be")
    if got is None:
        raise words.mistake("None", "`print` shows a value, `return` hands it over")
    _compare(words, got, gives, slips or {}, hint)


def call_answer(
    function: Callable[..., object], args: Sequence[object], errors: Mapping[str, str]
) -> object:
    """Call the student's function, and lead from an error that a likely mistake makes.

    Parameters
    ----------
    function
        The student's function.
    args
        What it is called with.
    errors
        ``{part of an error's text: lead}``, as for :func:`expect`.

    Returns
    -------
    object
        What it returns.

    Raises
    ------
    Mistake
        If it stops with one of these errors. Others pass through.
    """
    __tracebackhide__ = True
    name = getattr(function, "__name__", "the function")
    inputs = f"({', '.join(map(_argument, args))})"
    try:
        return function(*args)
    except Exception as error:
        text = f"{type(error).__name__}: {error}".removesuffix(": ")
        for part, lead in errors.items():
            if part in text:
                words = _Words(f"{name}{inputs} stopped with")
                raise words.mistake(text, lead) from error
        raise


def expect_value(
    name: str, value: object, *, gives: object, slips: Slips | None = None
) -> None:
    """Compare a value that the student was asked for with the right one.

    Parameters
    ----------
    name
        The variable's name, for the message.
    value
        Its value.
    gives, slips
        As for :func:`expect`.

    Raises
    ------
    Mistake
        If the value is another one.
    """
    __tracebackhide__ = True
    words = _Words(f"{name} is", f"{name} must be")
    if value is None or value is ...:
        raise words.mistake(f"still {value}", "write your answer in its place")
    _compare(words, value, gives, slips or {})


def expect_letter(name: str, answer: object, letters: str) -> None:
    """Check that the answer to a question is one of its letters.

    Whether it is the right letter is told after grading.

    Parameters
    ----------
    name
        The variable's name, for the message.
    answer
        Its value.
    letters
        The letters of all options, such as ``"ABCD"``.

    Raises
    ------
    Mistake
        If it is anything else.
    """
    __tracebackhide__ = True
    if isinstance(answer, str) and len(answer) == 1 and answer in letters:
        return
    lead = (
        f'write one capital letter in quotes, such as {name} = "{letters[0]}"; '
        f"the letters are {', '.join(letters)}"
    )
    raise _Words(f"{name} is").mistake(_short(answer), lead)


# --- comparing --------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    """How messages begin: the one on screen, and what is asked for after grading."""

    got: str
    want: str = ""

    def mistake(self, got: str, lead: str, want: str = "") -> Mistake:
        """Return the error for what came back, and the words that lead to the cause."""
        feedback = f"{self.want} {want}" if self.want and want else ""
        return Mistake(
            ": ".join(filter(None, (f"{self.got} {got}", lead))),
            ": ".join(filter(None, (feedback, lead))),
        )


def _compare(
    words: _Words, got: object, want: object, slips: Slips, hint: str = ""
) -> None:
    __tracebackhide__ = True
    for lead, wrong in slips.items():
        if any(_equals(got, value) for value in _values(wrong, want)):
            raise words.mistake(_contrast(got, want), lead, _short(want))
    for text, lead in _item_slips(got, want, slips):
        raise words.mistake(text, lead, _short(want))
    for part, lead in _differences(got, want):
        raise words.mistake(part, lead or hint, _short(want))


def _item_slips(got: object, want: object, slips: Slips) -> Iterator[tuple[str, str]]:
    """Yield the slip that made the first wrong item of a tuple or list, if one did."""
    pair = isinstance(got, tuple | list) and isinstance(want, tuple | list)
    if not pair or len(got) != len(want):  # type: ignore[arg-type]
        return
    both = zip(got, want, strict=True)  # type: ignore[call-overload]
    for place, (mine, other) in enumerate(both):
        if _equals(mine, other):
            continue
        for lead, wrong in slips.items():
            if any(_equals(mine, value) for value in _values(wrong, other)):
                item = f"item {place} is {_short(mine)}, not {_short(other)}"
                yield f"{_short(got)}: {item}", lead
        return


def _contrast(got: object, want: object) -> str:
    """Return what came back and what was asked; of a large array, where they differ."""
    if isinstance(want, np.ndarray) and want.size > _SHOWN_CELLS:
        for part, _ in _differences(got, want):
            return part
    return f"{_short(got)}, not {_short(want)}"


def _values(wrong: object, want: object) -> Iterator[object]:
    """Yield the wrong values of one slip; a list holds several."""
    if isinstance(wrong, list) and not isinstance(want, list):
        yield from wrong
    else:
        yield wrong


def _equals(got: object, want: object) -> bool:
    return next(_differences(got, want), None) is None


def _differences(got: object, want: object) -> Iterator[tuple[str, str]]:
    """Yield how a value differs: what it is, and a lead if its form tells one."""
    if isinstance(want, np.ndarray):
        yield from _array_differences(got, want)
    elif isinstance(want, bool | np.bool_):
        if not isinstance(got, bool | np.bool_) or bool(got) != bool(want):
            yield f"{_short(got)}, not {bool(want)}", ""
    elif isinstance(want, numbers.Real):
        yield from _number_differences(got, want)
    elif isinstance(want, tuple | list):
        yield from _sequence_differences(got, want)
    elif isinstance(got, type(want)) and got == want:
        return
    else:
        yield f"{_short(got)}, not {_short(want)}", ""


def _number_differences(got: object, want: Any) -> Iterator[tuple[str, str]]:
    if isinstance(got, str):
        yield f"the text {_short(got)}", "a number, without quotes"
        return
    if isinstance(got, tuple | list) or np.ndim(_plain(got)) > 0:
        yield f"{_kind(got)}", "one number is asked for"
        return
    if not isinstance(got, numbers.Real | np.number):
        yield _kind(got), "one number is asked for"
    elif not np.isclose(float(got), float(want), rtol=NEAR, atol=NEAR * (want != 0)):
        yield f"{_short(got)}, not {_short(want)}", ""


def _plain(got: object) -> Any:
    return got if isinstance(got, np.ndarray | numbers.Number) else 0


def _sequence_differences(
    got: object, want: Sequence[object]
) -> Iterator[tuple[str, str]]:
    if not isinstance(got, tuple | list):
        yield _kind(got), f"{_count(len(want))} asked for, in a {_name(want)}"
        return
    if len(got) != len(want):
        found = "1 value" if len(got) == 1 else f"{len(got)} values"
        yield f"{found} ({_short(got)})", f"{_count(len(want))} asked for"
        return
    for place, (mine, other) in enumerate(zip(got, want, strict=True)):
        for part, lead in _differences(mine, other):
            whole = f"{_short(got)}: item {place} is {part}"
            yield whole, lead


def _count(values: int) -> str:
    return "1 value is" if values == 1 else f"{values} values are"


def _array_differences(got: object, want: Array) -> Iterator[tuple[str, str]]:
    if not isinstance(got, np.ndarray):
        shape = " × ".join(map(str, want.shape))
        yield f"{_kind(got)}, not a NumPy array", f"its shape must be {shape}"
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
        text = f"an array with {_short(got[place])} at [{where}]"
        more = f" ({int(wrong.sum())} of {wrong.size} values differ)"
        yield f"{text}, not {_short(want[place])}{more if want.size > 1 else ''}", ""


def _shape_lead(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    """Return what a wrong shape tells; an empty text if it tells nothing for sure."""
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


# --- words ------------------------------------------------------------------------


def _name(value: object) -> str:
    return type(value).__name__


def _kind(value: object) -> str:
    """Return what kind of thing a value is, with its article."""
    if isinstance(value, str):
        return f"the text {_short(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, numbers.Number | np.number):
        return f"the single number {_short(value)}"
    name = _name(value)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _short(value: object) -> str:
    """Return a value as text, on one line and not too long."""
    if isinstance(value, np.ndarray) and value.size > _SHOWN_CELLS:
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


def _argument(value: object) -> str:
    """Return how an argument is written in a message."""
    if isinstance(value, np.ndarray) and value.size > _SHOWN_CELLS:
        return "×".join(map(str, value.shape)) + " array"
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return f"[{_argument(value[0])}{', …' * (len(value) > 1)}]"
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
        return f"[{len(value)} dicts]"
    return _short(value)
