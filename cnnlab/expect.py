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

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlab._differences import SHOWN_CELLS, argument, differences, equals, short

__all__ = ["Mistake", "call_answer", "expect", "expect_letter", "expect_value"]

Array = NDArray[Any]
Slips = Mapping[str, object]


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
        What it is called with; it gets copies of arrays, lists, tuples and dicts, so
        that an answer which writes into its input changes nothing for the next test.
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
    # For the feedback the name is left out: it is the student's.
    inputs = f"({', '.join(map(argument, args))})"
    own = [_of_its_own(value) for value in args]
    got = _call(function, own, inputs, errors or {})
    changed = "" if all(map(_same, own, args)) else "changed its input, and "
    want = f"for {inputs} the answer must be"
    words = _Words(f"{name}{inputs} {changed}returned", want)
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
    inputs = f"({', '.join(map(argument, args))})"
    return _call(function, [_of_its_own(value) for value in args], inputs, errors)


def _call(
    function: Callable[..., object],
    own: Sequence[object],
    inputs: str,
    errors: Mapping[str, str],
) -> object:
    __tracebackhide__ = True
    name = getattr(function, "__name__", "the function")
    try:
        return function(*own)
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
    raise _Words(f"{name} is").mistake(short(answer), lead)


# --- what the answer is called with --------------------------------------------------


def _of_its_own(value: object) -> object:
    """Return a copy of an array, or of a list, tuple or dict; all else stays."""
    if isinstance(value, np.ndarray):
        return value.copy(order="K")
    if type(value) is list:
        return [_of_its_own(part) for part in value]
    if type(value) is tuple:
        return tuple(_of_its_own(part) for part in value)
    if type(value) is dict:
        return {key: _of_its_own(part) for key, part in value.items()}
    return value


def _same(own: object, given: object) -> bool:
    """Return whether a copy still equals the original: the answer did not change it."""
    if isinstance(own, np.ndarray) and isinstance(given, np.ndarray):
        return own.shape == given.shape and own.tobytes() == given.tobytes()
    if isinstance(own, dict) and isinstance(given, dict):
        return _same([*own], [*given]) and _same([*own.values()], [*given.values()])
    if isinstance(own, list | tuple) and isinstance(given, list | tuple):
        return len(own) == len(given) and all(map(_same, own, given))
    return own is given


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
        if any(equals(got, value) for value in _values(wrong, want)):
            raise words.mistake(_contrast(got, want), lead, short(want))
    for text, lead in _item_slips(got, want, slips):
        raise words.mistake(text, lead, short(want))
    for part, lead in differences(got, want):
        raise words.mistake(part, lead or hint, short(want))


def _item_slips(got: object, want: object, slips: Slips) -> Iterator[tuple[str, str]]:
    """Yield the slip that made the first wrong item of a tuple or list, if one did."""
    pair = isinstance(got, tuple | list) and isinstance(want, tuple | list)
    if not pair or len(got) != len(want):  # type: ignore[arg-type]
        return
    both = zip(got, want, strict=True)  # type: ignore[call-overload]
    for place, (mine, other) in enumerate(both):
        if equals(mine, other):
            continue
        for lead, wrong in slips.items():
            if any(equals(mine, value) for value in _values(wrong, other)):
                item = f"item {place} is {short(mine)}, not {short(other)}"
                yield f"{short(got)}: {item}", lead
        return


def _contrast(got: object, want: object) -> str:
    """Return what came back and what was asked; of a large array, where they differ."""
    if isinstance(want, np.ndarray) and want.size > SHOWN_CELLS:
        for part, _ in differences(got, want):
            return part
    return f"{short(got)}, not {short(want)}"


def _values(wrong: object, want: object) -> Iterator[object]:
    """Yield the wrong values of one slip; a list holds several."""
    if isinstance(wrong, list) and not isinstance(want, list):
        yield from wrong
    else:
        yield wrong
