"""The frozen records that travel through the grader.

``Assignment`` × ``Submission`` → ``Graded`` (a ``Result`` and the notebook that
was run). All of them are plain data: they pickle, compare by value, and
``Result`` is one line of ``results.jsonl``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Status = Literal[
    "passed", "partial", "failed", "error", "timeout", "crashed", "missing", "manual"
]
Trust = Literal["examiner", "in-kernel", "none"]
TaskKind = Literal["answer", "test", "manual", "task"]
Ended = Literal["passed", "failed", "error", "timeout", "crashed"]
FlagKind = Literal[
    "grader_fault",  # the grader failed, and the student is not to blame
    "unreadable",  # nothing could be graded: no file, or none that can be read
    "repair",  # a damaged submission: a person should look at what was recovered
    "release",  # the submission comes from another release of the assignment
    "limit",  # code ran into a limit
    "crash",  # code ended its kernel
    "error",  # the code of an answer raised an error
    "code",  # code that an instructor may want to read
    "other",  # written by a version of the grader that knew no kinds
]


@dataclass(frozen=True, slots=True)
class Task:
    """One cell of the instructor's notebook that nbgrader knows by a grade_id.

    ``kind`` is ``answer`` (the student fills it in, no points of its own),
    ``test`` (locked, carries the points of the answer above it), ``manual``
    (answer that a person grades) or ``task`` (nbgrader's description cell with
    points). ``title`` is the nearest heading above, for people.
    """

    grade_id: str
    kind: TaskKind
    points: float
    source: str
    cell_type: Literal["code", "markdown", "raw"]
    title: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is graded: one source notebook and what was derived from it.

    An assignment of an nbgrader course may have several notebooks; each is a
    record of its own then, and ``label`` tells them apart.

    ``source`` and ``released`` are notebooks as JSON text: the instructor's,
    with answers and hidden tests, and the copy the students received; ``earlier``
    are copies that some received before, kept by their releases.
    ``release`` is the SHA-256 of ``source``. ``imports`` are the modules that a
    warm kernel should have imported, in the order of first use. ``environment``
    holds variables that the kernel sets before it runs, ``files`` what lies in its
    folder, by name.
    """

    name: str
    notebook: str
    source: str
    released: str
    release: str
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def max_score(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def label(self) -> str:
        """What to call it where another notebook may have the same name."""
        same = self.name == self.notebook
        return self.name if same else f"{self.name}/{self.notebook}"


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook as a student submitted it: bytes, not trusted yet.

    ``submitted`` is an ISO 8601 time with zone, or None where unknown.
    """

    student: str
    assignment: str
    content: bytes
    submitted: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A student's text for one answer cell, and how it was found.

    ``found`` is ``grade_id`` where nothing had to be repaired.
    """

    grade_id: str
    source: str
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one graded cell. ``message`` is written for the student.

    ``notebook`` is set only where an assignment has several: grade_ids are unique
    in a notebook, not among them.
    """

    grade_id: str
    points: float
    max_points: float
    status: Status
    trust: Trust
    message: str = ""
    seconds: float = 0.0
    notebook: str = ""

    def __str__(self) -> str:
        """Return the points and the status, with the first line of the message."""
        name = f"{self.notebook}/{self.grade_id}" if self.notebook else self.grade_id
        share = f"{points_text(self.points)} of {points_text(self.max_points)}"
        first, *_ = self.message.splitlines() or [""]
        return f"{name}: {share}, {self.status}" + (f": {first}" if first else "")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a submission that the instructor should know.

    A flag never changes a score. ``text`` is complete without ``kind``.
    """

    kind: FlagKind
    text: str

    @classmethod
    def grader_fault(cls, reason: str) -> Flag:
        """Return the flag of a submission that the grader failed to grade."""
        return cls("grader_fault", f"the grader failed, not the student: {reason}")

    @classmethod
    def from_json(cls, raw: dict[str, Any] | str) -> Flag:
        """Return the flag that ``results.jsonl`` holds; older files have text alone."""
        if isinstance(raw, dict):
            return cls(**raw)
        for prefix in ("our fault, not the student's: ", "our fault: "):
            if raw.startswith(prefix):
                return cls.grader_fault(raw.removeprefix(prefix))
        return cls("other", raw)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a test cell ended. A score is made from it by :mod:`grader.grading.scoring`.

    Attributes
    ----------
    ended : str
        ``passed``: without an exception; ``failed``: by an assertion; ``error``: by
        another exception; ``timeout``; ``crashed``: kernel or examiner were lost.
    value : float or None
        The number that the last expression gave: partial credit.
    message : str
        What the student may read.
    reason : str
        The sentence about the limit that ended it; empty if there is none.
    hidden : bool
        Whether the line that ended it is one that the student copy does not have.
    """

    ended: Ended
    value: float | None = None
    message: str = ""
    reason: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The grade of one submission: one line of ``results.jsonl``."""

    student: str
    assignment: str
    release: str
    seed: int
    grader: str
    score: float
    max_score: float
    cells: tuple[Check, ...]
    repairs: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    seconds: float = 0.0
    sandbox: str = ""

    @property
    def grader_failed(self) -> bool:
        """Whether the grader failed, at least in part, and not the student."""
        return any(flag.kind == "grader_fault" for flag in self.flags)

    def __str__(self) -> str:
        """Return the score, then a line for each cell, repair and flag."""
        lines = [
            f"{self.student}, {self.assignment}: {points_text(self.score)} of "
            f"{points_text(self.max_score)} points",
            *(f"  {check}" for check in self.cells),
            *(f"  repaired: {each}" for each in self.repairs),
            *(f"  flag: {flag.text}" for flag in self.flags),
        ]
        return "\n".join(map(_printable, lines))

    def to_json(self) -> str:
        """Return the result as one line of JSON."""
        raw = _fields(self)
        raw["cells"] = [_fields(cell) for cell in self.cells]
        raw["flags"] = [_fields(flag) for flag in self.flags]
        for cell in raw["cells"]:
            if not cell["notebook"]:
                del cell["notebook"]
        return json.dumps(raw, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, line: str) -> Result:
        """Return the result in a line of JSON, of this or an older version."""
        raw = json.loads(line)
        raw["cells"] = tuple(Check(**cell) for cell in raw["cells"])
        raw["repairs"] = tuple(raw["repairs"])
        raw["flags"] = tuple(map(Flag.from_json, raw["flags"]))
        return cls(**raw)


def _fields(record: Result | Check | Flag) -> dict[str, Any]:
    """Return the fields of `record` by name, without copying what they hold."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def points_text(points: float) -> str:
    """Return points as people write them, with two decimals at most.

    Examples
    --------
    >>> points_text(2.50), points_text(3.0), points_text(1 / 3)
    ('2.5', '3', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _printable(line: str) -> str:
    """Spell out what is not printable: names and messages may be a student's."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in line
    )


@dataclass(frozen=True, slots=True)
class Graded:
    """A Result, and the trusted notebook as it ran, as JSON text.

    ``notebook`` goes to ``autograded/``; it has the student's answers, the
    instructor's cells, and outputs. It is for instructors: it holds hidden tests.
    """

    result: Result
    notebook: str


__all__ = [
    "Answer",
    "Assignment",
    "Check",
    "Ended",
    "Flag",
    "FlagKind",
    "Graded",
    "Outcome",
    "Result",
    "Status",
    "Submission",
    "Task",
    "TaskKind",
    "Trust",
    "points_text",
]
