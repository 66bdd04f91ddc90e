"""Let a notebook run on past a blank answer, and say so in one line.

``attempted``       in a test: whether there is an answer to test
``answered``        in a cell that shows an answer at work: whether there is one
``yours_or_ours``   what later sections use: the student's answer, or the course's
``relying_on``      around code that fails if an answer is wrong: leads back to its test
``course_answer``   mark an implementation of the course that is an exercise as well

An answer is blank if it is ``None``, an empty text, ``...``, or a function that does
nothing. When a program runs the notebook, such as nbgrader, a test of a blank answer
raises :class:`NotAnswered`, so that it earns nothing.
"""

from __future__ import annotations

import contextlib
import dis
import functools
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from types import CodeType, FrameType
from typing import ParamSpec, TypeVar

__all__ = [
    "NotAnswered",
    "NotRight",
    "answered",
    "attempted",
    "course_answer",
    "is_blank",
    "is_person_present",
    "raising",
    "relying_on",
    "yours_or_ours",
]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_WRITE_YOUR_OWN = "write {name} yourself, instead of calling the course's own"
# A student's function runs in a notebook's cells; graded, it is called by the grader.
_NOTEBOOK = "__main__"
_GRADER = "grader."

# The bytecode instructions of a function whose body is only `...` or `pass`.
_EMPTY_BODY = {"NOP", "RESUME", "RETURN_VALUE"}
_CONSTANTS = {"LOAD_CONST", "RETURN_CONST"}  # must be None

_raising: ContextVar[bool] = ContextVar("raising", default=False)


class NotAnswered(AssertionError):
    """There is no answer yet.

    Attributes
    ----------
    feedback : str
        What the student reads after grading.
    """

    feedback = "not answered yet"


class NotRight(AssertionError):
    """A cell of the course failed because it uses a wrong answer."""

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows: the message, without the lines of the course."""
        return [f"\x1b[1;31mNot right yet.\x1b[0m {self}"]


def attempted(title: str, *answers: object) -> bool:
    """Say whether there is an answer to test. For the first line of a test.

    Parameters
    ----------
    title
        The exercise, such as ``"Exercise 3"``.
    answers
        What the exercise asks for: functions or values.

    Returns
    -------
    bool
        False if all answers are blank; then one line is printed.

    Raises
    ------
    NotAnswered
        If all answers are blank and no person is at the screen: in grading, under
        nbgrader, or while :func:`raising` is in force.
    AssertionError
        If an answer is a function of the course, not the student's own.

    Examples
    --------
    >>> attempted("Exercise 3", lambda x: 2 * x)
    True
    """
    __tracebackhide__ = True
    for answer in answers:
        if getattr(answer, "is_course_answer", False) is True:
            name = getattr(answer, "__name__", "it")
            raise AssertionError(_WRITE_YOUR_OWN.format(name=name))
    if not all(map(is_blank, answers)):
        return True
    if _raising.get() or not is_person_present():
        raise NotAnswered(f"{title}: not answered yet")
    # A value can also be None by mistake, as after `model = model.set_weights(...)`.
    why = " (the value is None)" if all(each is None for each in answers) else ""
    print(f"{title}: not answered yet{why}")
    return False


def answered(title: str, *answers: object) -> bool:
    """Say whether a cell can show these answers at work; never raises.

    Parameters
    ----------
    title
        The exercise, such as ``"Exercise 3"``.
    answers
        What the cell needs: functions or values.

    Returns
    -------
    bool
        False if one of them is blank; then one line is printed.
    """
    if any(map(is_blank, answers)):
        print(f"Answer {title} first.")
        return False
    return True


def yours_or_ours(title: str, yours: T, ours: T) -> T:
    """Return the student's answer, or the course's if there is none.

    Later sections use what this returns, so that any exercise can be skipped.

    Parameters
    ----------
    title
        The exercise, such as ``"Exercise 3"``.
    yours
        The student's function or value.
    ours
        The course's own.

    Returns
    -------
    object
        `ours`, after one printed line, if `yours` is blank; `yours` otherwise.
    """
    if not is_blank(yours):
        return yours
    print(f"{title} is not answered: from here on, the course's own answer is used.")
    return ours


@contextlib.contextmanager
def relying_on(title: str) -> Iterator[None]:
    """Say in one message, without a traceback, that an answer fails in a later cell.

    For cells that compare an answer or show it at work. They still stop.

    Parameters
    ----------
    title
        The exercises, such as ``"Exercise 3"`` or ``"Exercises 1, 4 and 5"``.

    Raises
    ------
    NotRight
        If the code inside raises an exception.

    Examples
    --------
    >>> with relying_on("Exercise 3"):
    ...     assert 2 * 2 == 4
    """
    __tracebackhide__ = True
    try:
        yield
    except Exception as error:
        text = f"{type(error).__name__}: {str(error).strip()}".removesuffix(": ")
        lead = f"This cell uses what you wrote in {title}: run the tests there first."
        raise NotRight(f"{lead}\n{text}") from error


def is_blank(answer: object) -> bool:
    """Say whether an answer is ``None``, an empty text, ``...`` or does nothing.

    Parameters
    ----------
    answer
        A value, or a function. It is not called.
    """
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    code = getattr(answer, "__code__", None)
    return isinstance(code, CodeType) and _does_nothing(code)


def _does_nothing(code: CodeType) -> bool:
    """Say whether a function only returns None, as with ``...`` or ``pass``."""
    # Most answers need a stack of two values; that is quicker to check.
    return code.co_stacksize < 2 and all(
        step.opname in _EMPTY_BODY
        or (step.opname in _CONSTANTS and step.argval is None)
        for step in dis.get_instructions(code)
    )


@contextlib.contextmanager
def raising() -> Iterator[None]:
    """Make :func:`attempted` raise for a blank answer, even if a person is present."""
    token = _raising.set(True)
    try:
        yield
    finally:
        _raising.reset(token)


def is_person_present() -> bool:
    """Say whether a person runs this: programs that run notebooks allow no input."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return bool(getattr(getattr(shell, "kernel", None), "_allow_stdin", False))


def course_answer(
    *exercises: str,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function of the course that an exercise asks students to write.

    It refuses to be called by the answer to such an exercise. That stops a shortcut
    taken in a hurry; whoever wants to get around it can.

    Parameters
    ----------
    exercises
        Names of the functions that must not call it. Its own name is always one.

    Returns
    -------
    callable
        A decorator.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        refused = tuple(sorted({function.__name__, *exercises}))

        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            __tracebackhide__ = True
            if name := _shortcut(inspect.currentframe(), refused):
                raise AssertionError(_WRITE_YOUR_OWN.format(name=name))
            return function(*args, **kwargs)

        guarded.is_course_answer = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def _shortcut(guard: FrameType | None, refused: Sequence[str]) -> str:
    """Return the name of the answer that calls the course's own, or an empty text.

    A lesson calls these functions a thousand times, and each frame of the stack is
    looked at: this is kept short.
    """
    frame = guard.f_back if guard else None
    if frame is not None and str(_module(frame)).startswith(_GRADER):
        return "it"
    while frame is not None:
        if _module(frame) == _NOTEBOOK and (name := _answer_of(frame, refused)):
            return name
        frame = frame.f_back
    return ""


def _answer_of(frame: FrameType, names: Sequence[str]) -> str:
    """Return the name of the answer whose code a stack frame runs, or an empty text.

    The frame's own name is compared first, then the functions that the notebook has
    under these names: that finds a lambda, or a function with another name.
    """
    code = frame.f_code
    if code.co_name in names:
        return code.co_name
    for name in names:
        if getattr(frame.f_globals.get(name), "__code__", None) is code:
            return name
    return ""


def _module(frame: FrameType) -> object:
    return frame.f_globals.get("__name__")
