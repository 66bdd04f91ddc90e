"""Grade a class: what was handed in → results, gradebook, autograded notebooks.

The one writer. Each submission is recorded as soon as it is graded, so that a
run that is stopped loses nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader import feedback
from grader.cache import Cache, key
from grader.classroom import Classroom, HandIn
from grader.course import Course
from grader.errors import ClassError, SubmissionError
from grader.fleet import Fleet, Sandbox
from grader.grade import ungraded
from grader.gradebook import Gradebook, sqlite_url
from grader.records import Assignment, Graded, Result, Submission

Work = tuple[Assignment, Submission]
OUR_FAULT = "our fault"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do.

    Attributes
    ----------
    assignments : tuple of Assignment
        Those that were handed in.
    hand_ins : tuple
        ``(student, assignment name, path)``, one for each student and assignment.
    ignored : tuple of str
        What lies in the class folder and was passed over, and why.
    """

    assignments: tuple[Assignment, ...]
    hand_ins: tuple[HandIn, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done; see ``grader grade --help``."""

    workers: int | None = None
    seed: int | None = None
    force: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)
    database: str | None = None
    sandbox: Sandbox = "bwrap"


class Watcher:
    """What is told of a run while it goes on. This one says nothing."""

    def preparing(self, assignments: Sequence[Assignment]) -> None: ...

    def grading(self, count: int, unchanged: int) -> None: ...

    def graded(self, result: Result) -> None: ...


def plan(
    course: Course,
    room: Classroom,
    names: Collection[str] = (),
    student: str | None = None,
) -> Plan:
    """Find out what there is to grade.

    Raises
    ------
    CourseError
        If a name is no assignment of the course.
    ClassError
        If nothing was handed in.
    """
    wanted = {name: course.assignment(name) for name in names}
    inbox = room.inbox(set(names) or None, student)
    known = course.assignment_names()
    ignored = list(inbox.ignored)
    chosen: dict[tuple[str, str], HandIn] = {}
    for hand_in in inbox.found:
        if hand_in[1] not in known:
            ignored.append(_unknown(hand_in, known))
        else:
            _choose(chosen, hand_in, ignored)
    if not chosen:
        raise ClassError(_nothing(room, names, student, ignored))
    used = {name for _, name in chosen}
    found = wanted | {n: course.assignment(n) for n in used - wanted.keys()}
    assignments = tuple(found[name] for name in sorted(used))
    return Plan(assignments, tuple(chosen.values()), tuple(ignored))


def _choose(
    chosen: dict[tuple[str, str], HandIn], new: HandIn, ignored: list[str]
) -> None:
    """Keep one notebook for each student and assignment: the newest one."""
    old = chosen.get(new[:2])
    chosen[new[:2]] = new
    if old is not None:
        first, last = sorted([old, new], key=lambda each: each[2].stat().st_mtime)
        chosen[new[:2]] = last
        ignored.append(f"{first[2]}: {last[2].name} beside it is newer")


def run(
    room: Classroom,
    planned: Plan,
    options: Options,
    watcher: Watcher | None = None,
) -> dict[tuple[str, str], Result]:
    """Grade what was planned; return the results of all of it, sorted.

    Raises
    ------
    SandboxError
        If no jail can be built here. Nothing was run then.
    CourseError
        If a solution does not pass its own tests.
    """
    watcher = watcher or Watcher()
    seed = secrets.randbits(31) if options.seed is None else options.seed
    with (
        Gradebook(options.database or sqlite_url(room.gradebook)) as book,
        Fleet(options.workers, options.limits, options.sandbox) as fleet,
    ):
        writer = _Writer(room, book, fleet, options)
        due = writer.due(planned, seed)
        watcher.preparing(planned.assignments)
        fleet.prepare(planned.assignments)
        in_kernel = fleet.calibrate(_assignments(due), seed)
        watcher.grading(len(due), len(planned.hand_ins) - len(due))
        for assignment, submission, graded in fleet.grade(due, seed, in_kernel):
            writer.write(assignment, submission, graded)
            watcher.graded(graded.result)
    every = room.read_results()
    return {h[:2]: every[h[:2]] for h in planned.hand_ins}


class _Writer:
    """The one place where a run writes into the class folder."""

    def __init__(
        self, room: Classroom, book: Gradebook, fleet: Fleet, options: Options
    ) -> None:
        self._room = room
        self._book = book
        self._fleet = fleet
        self._options = options
        self._cache = Cache(room)
        self._known = room.read_results()

    def due(self, planned: Plan, seed: int) -> list[Work]:
        """Return what has to be graded; write what cannot even be read."""
        assignments = {a.name: a for a in planned.assignments}
        work = []
        for hand_in in planned.hand_ins:
            assignment = assignments[hand_in[1]]
            try:
                submission = self._room.read(hand_in)
            except SubmissionError as error:
                unread = Submission(*hand_in[:2], b"")
                graded = ungraded(assignment, unread, seed, f"not readable: {error}")
                self.write(assignment, unread, graded)
                continue
            if not self._stands(assignment, submission):
                work.append((assignment, submission))
        return work

    def _stands(self, assignment: Assignment, submission: Submission) -> bool:
        """Say whether an earlier result of this hand-in still counts."""
        result = self._known.get((submission.student, submission.assignment))
        wanted = self._options.seed
        if result is None or self._options.force or wanted not in (None, result.seed):
            return False
        made = self._key(assignment, submission)
        return self._cache.holds(submission.student, submission.assignment, made)

    def _key(self, assignment: Assignment, submission: Submission) -> str:
        return key(assignment, submission, self._fleet.limits(assignment))

    def write(
        self, assignment: Assignment, submission: Submission, graded: Graded
    ) -> None:
        """Write notebook, gradebook, result and page; the cache's key comes last."""
        result, submitted = graded.result, submission.submitted
        self._room.write_autograded(graded, assignment.notebook, submitted)
        self._book.write(assignment, result, submitted=submitted, ran=graded.notebook)
        self._room.append_result(result)
        if not any(flag.startswith(OUR_FAULT) for flag in result.flags):
            made = self._key(assignment, submission)
            self._cache.store(result.student, result.assignment, made)


def write_feedback(course: Course, room: Classroom) -> list[Path]:
    """Write a page for each result of the class; return where they lie."""
    assignments: dict[str, Assignment] = {}
    pages = []
    for (_, name), result in room.read_results().items():
        if name not in assignments:
            assignments[name] = course.assignment(name)
        now = datetime.now().astimezone()
        pages.append(feedback.write(room, assignments[name], result, graded=now))
    return pages


def _assignments(work: Sequence[Work]) -> list[Assignment]:
    return list({assignment.name: assignment for assignment, _ in work}.values())


def _unknown(hand_in: HandIn, known: Collection[str]) -> str:
    return (
        f"{hand_in[2]}: no assignment {hand_in[1]!r} in the course; there are "
        f"{', '.join(known)}"
    )


def _nothing(
    room: Classroom, names: Collection[str], student: str | None, ignored: list[str]
) -> str:
    wanted = f" for {', '.join(names)}" if names else ""
    wanted += f" by {student}" if student else ""
    passed = "".join(f"\n  passed over: {each}" for each in ignored)
    return (
        f"{room.root}/submitted holds nothing to grade{wanted}. Hand-ins lie at "
        f"submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb.{passed}"
    )
