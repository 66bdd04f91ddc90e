"""How a test cell ended, before anything turns it into points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ended = Literal["passed", "failed", "error", "timeout", "crashed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a test cell ended; :mod:`grader.grading.scoring` turns it into points.

    Attributes
    ----------
    ended : str
        ``passed``: without an exception; ``failed``: by an assertion; ``error``: by
        another exception; ``timeout``; ``crashed``: the kernel or the examiner
        ended.
    value : float or None
        The value of the last expression, if it is a number: partial credit.
    message : str
        What the student may read.
    reason : str
        The message for the student about the limit that ended it; empty if none did.
    hidden : bool
        Whether the line that ended it is missing from the student's copy.
    before_hidden : bool
        Whether it ended before the first line that is missing there.
    text : str
        The first line of the error that student code raised, if it ended before the
        first hidden line. Student code has chosen this line: see
        :func:`grader.grading.error_words.with_text` for when it may be shown.
    line : int
        The number of the line at which it ended; 0 if it ran to its end, or if the
        line is not known.
    stumbled : str
        For the instructor: what the test asked of student code that the examiner cannot
        ask from outside the jail; empty if it could ask everything.
    loud : bool
        Whether student code wrote to standard error or warned, unseen by the test.
    """

    ended: Ended
    value: float | None = None
    message: str = ""
    reason: str = ""
    hidden: bool = False
    before_hidden: bool = False
    text: str = ""
    line: int = 0
    stumbled: str = ""
    loud: bool = False
