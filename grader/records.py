"""The records that travel through the grader: frozen dataclasses of plain data.

Grading an ``Assignment`` and a ``Submission`` gives a ``Graded``: a ``Result``, which
is one line of ``results.jsonl``, and the notebook that was run. All records can be
pickled and compare by value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple

Status = Literal[
    "passed", "partial", "failed", "error", "timeout", "crashed", "missing", "manual"
]
Trust = Literal["examiner", "both", "in-kernel", "none"]
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
    "files",  # a file beside the notebook could not be used
    "code",  # code that an instructor may want to read
    "course",  # the course: a test that its own solution fails, or that cannot run
    "other",  # written by a version of the grader that had no kinds
]


@dataclass(frozen=True, slots=True)
class Task:
    """One cell of the instructor's notebook that has a grade_id of nbgrader's.

    Attributes
    ----------
    grade_id : str
        Its name, unique in a notebook.
    kind : str
        ``answer``: the student fills it in, it has no points of its own; ``test``:
        locked, with the points of the answer above it; ``manual``: an answer that a
        person grades; ``task``: nbgrader's description cell with points.
    points : float
        What it is worth; 0 for an answer.
    source : str
        Its text in the instructor's notebook.
    cell_type : str
        ``code``, ``markdown`` or ``raw``.
    title : str
        The nearest heading above it, for people to read.
    """

    grade_id: str
    kind: TaskKind
    points: float
    source: str
    cell_type: Literal["code", "markdown", "raw"]
    title: str


class BoundFile(NamedTuple):
    """A file that jails see read-only: its name there, its path here, its SHA-256."""

    name: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is graded: one source notebook and what was derived from it.

    An assignment of an nbgrader course may have several notebooks. Each of them is
    then an ``Assignment`` of its own, and ``label`` tells them apart.

    Attributes
    ----------
    name, notebook : str
        Of the assignment, as students see it, and of the notebook without ``.ipynb``.
    source : str
        The instructor's notebook as JSON text, with answers and hidden tests.
    released : str
        The copy that students received, as JSON text.
    release : str
        The SHA-256 of ``source``.
    tasks : tuple of Task
        Its graded cells and answer cells, in the notebook's order.
    imports : tuple of str
        The modules that a fork server imports beforehand, in the order of first use.
    parameters : dict
        Variables to set in the notebook before it runs, by name.
    limits : dict
        Limits that differ from the defaults, by name.
    environment : dict
        Environment variables of the kernel.
    files : tuple of (str, bytes)
        Files that are copied into the kernel's work folder: name and content.
    bound : tuple of BoundFile
        Large files that lie there, too.
    notebooks : tuple of (str, bytes)
        The instructor's notebooks of the assignment, as they lie beside the solution.
    earlier : tuple of str
        Copies that students received from earlier releases, as JSON text.
    runs : bool
        False if no code of it can be run here, because it is not Python.
    by_hand : dict
        Why a person has to grade a test cell that cannot be run, by its grade_id.
    warnings, lacking : tuple of str
        What its author should mend, and which other notebooks of it cannot be graded.
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
    bound: tuple[BoundFile, ...] = ()
    notebooks: tuple[tuple[str, bytes], ...] = ()
    earlier: tuple[str, ...] = ()
    runs: bool = True
    by_hand: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def max_score(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def label(self) -> str:
        """The name to show where another notebook may have the same name."""
        same = self.name == self.notebook
        return self.name if same else f"{self.name}/{self.notebook}"


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook as a student submitted it: bytes that are not trusted yet.

    Attributes
    ----------
    student, assignment : str
        The student's id, and the assignment's name.
    content : bytes
        The file as it was submitted.
    submitted : str or None
        An ISO 8601 time with zone; None where it is not known.
    files : tuple of (str, bytes)
        What was submitted beside it, to lie in the kernel's work folder: path and
        content.
    left_out : tuple of str
        What else was submitted beside it, and why it cannot be used.
    repairs : tuple of str
        What was corrected to take the file for a notebook, such as its name.
    """

    student: str
    assignment: str
    content: bytes
    submitted: str | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A student's text for one answer cell, and how it was found.

    Attributes
    ----------
    grade_id : str
        Of the answer cell.
    source : str
        The text.
    found : str
        How its cell was recognised; ``grade_id`` where nothing had to be repaired.
    """

    grade_id: str
    source: str
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """The grade of one cell.

    Attributes
    ----------
    grade_id : str
        Of the cell.
    points, max_points : float
        What it earned, and what it is worth.
    status : str
        How its test ended, or that nothing could be tested.
    trust : str
        Where its test ran: in the ``examiner``, which student code never enters;
        ``in-kernel``, beside student code; ``none``: nothing ran.
    message : str
        What the student reads.
    seconds : float
        Wall time of the test.
    notebook : str
        Set only where an assignment has several notebooks: a grade_id is unique in
        its notebook only.
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
        """Return the flag for a submission that the grader failed to grade."""
        return cls("grader_fault", f"the grader failed, not the student: {reason}")

    @classmethod
    def from_json(cls, raw: dict[str, Any] | str) -> Flag:
        """Return a flag read from ``results.jsonl``; older files hold only its text."""
        if isinstance(raw, dict):
            return cls(**raw)
        for prefix in ("our fault, not the student's: ", "our fault: "):
            if raw.startswith(prefix):
                return cls.grader_fault(raw.removeprefix(prefix))
        return cls("other", raw)


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
        The number that the last expression gave: partial credit.
    message : str
        What the student may read.
    reason : str
        What the student is told about the limit that ended it; empty if none did.
    hidden : bool
        Whether the line that ended it is missing from the student's copy.
    before_hidden : bool
        Whether it ended before the first line that is missing there.
    text : str
        The first line of the error that student code raised, if it ended before the
        first hidden line. Student code has chosen it: see
        :func:`grader.grading.answers.with_text` for when it may be shown.
    stumbled : str
        What the test asked of student code that cannot be asked from outside its jail,
        for the instructor; empty if the examiner could ask everything.
    """

    ended: Ended
    value: float | None = None
    message: str = ""
    reason: str = ""
    hidden: bool = False
    before_hidden: bool = False
    text: str = ""
    stumbled: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The grade of one submission: one line of ``results.jsonl``.

    Attributes
    ----------
    student, assignment, release : str
        Whose submission it is, of which assignment, and the release that was graded.
    seed, grader : int, str
        What hidden tests drew their inputs from, and the version of the grader.
    score, max_score : float
        The sum of the cells' points, and what all tasks are worth.
    cells : tuple of Check
        One for each graded cell.
    repairs, flags : tuple
        What had to be repaired, and what the instructor should know.
    seconds : float
        Wall time of grading.
    sandbox : str
        The sandbox in which student code ran; empty if none ran.
    """

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
        """Whether any part of the grading failed through no fault of the student."""
        return any(flag.kind == "grader_fault" for flag in self.flags)

    def __str__(self) -> str:
        """Return the score, then a line for each cell, repair and flag."""
        lines = [
            f"{self.student}, {self.assignment}: {points_text(self.score)} of "
            f"{points_text(self.max_score)} points",
            *(f"  {check}" for check in self.cells),
            *(f"  repaired: {repair}" for repair in self.repairs),
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
        """Return the result in a line of JSON that this or an older version wrote."""
        raw = json.loads(line)
        raw["cells"] = tuple(Check(**cell) for cell in raw["cells"])
        raw["repairs"] = tuple(raw["repairs"])
        raw["flags"] = tuple(map(Flag.from_json, raw["flags"]))
        return cls(**raw)


def _fields(record: Result | Check | Flag) -> dict[str, Any]:
    """Return the fields of `record` by name, without copying their values."""
    return {item.name: getattr(record, item.name) for item in fields(record)}


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
    """A result, and the notebook that was run to get it.

    Attributes
    ----------
    result : Result
        The grade.
    notebook : str
        What ``autograded/`` gets, as JSON text: the instructor's cells with the
        student's answers and all outputs. For instructors only: it holds hidden
        tests.
    """

    result: Result
    notebook: str


__all__ = [
    "Answer",
    "Assignment",
    "BoundFile",
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
