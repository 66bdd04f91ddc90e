"""Decide what a student may read of an error in student code. Pure.

Student code chooses the type and the text of its errors, and could put an input of a
hidden test into either.
"""

from __future__ import annotations

import builtins
from dataclasses import replace

from grader.records import Outcome

READ_IT_YOURSELF = "run your notebook from the top to read its message"


def readable(error: str, *, after_hidden: bool) -> str:
    """Return what the student may read of an error in student code.

    After a hidden test that is only its type, and only a builtin one. A class that the
    student defined could have a hidden input in its name.

    Parameters
    ----------
    error
        Name and text of the error.
    after_hidden
        Whether a hidden test may have called student code before.
    """
    if not after_hidden or not error:
        return error
    named = getattr(builtins, error.split(":")[0], None)
    kind = "an error that your code defines"
    if isinstance(named, type) and issubclass(named, BaseException):
        kind = named.__name__
    return kind


def with_advice(error: str, *, after_hidden: bool) -> str:
    """Return what the student may read of an error, and how to read the rest of it.

    Parameters
    ----------
    error, after_hidden
        As for :func:`readable`.
    """
    shown = readable(error, after_hidden=after_hidden)
    return f"{shown}; {READ_IT_YOURSELF}" if error and after_hidden else shown


def with_text(outcome: Outcome, *, hidden_ran: bool) -> Outcome:
    """Return an outcome whose message has the text of an error where that is safe.

    Student code chooses the text of its errors. A function that a hidden test has
    called can keep its inputs, in a name or a file, and put them into the text of any
    later error, to read them on the feedback page. So the text is shown only if no
    hidden line of any test has run in this session, this test included. Then student
    code has met only the inputs of visible tests, which the student has. A new kernel
    changes nothing about this: a file may have kept the inputs.

    Parameters
    ----------
    outcome
        How a test ended.
    hidden_ran
        Whether a hidden line of an earlier test has run.
    """
    if not outcome.text:
        return outcome
    safe = outcome.before_hidden and not hidden_ran
    more = f": {outcome.text}" if safe else f"; {READ_IT_YOURSELF}"
    return replace(outcome, message=outcome.message + more)


__all__ = ["readable", "with_advice", "with_text"]
