"""Grade a class: what was handed in → results, gradebook, autograded notebooks.

The one writer. Each submission is recorded as soon as it is graded, so that a
run that is stopped loses nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from grader import feedback
from grader.cache import Cache, key
from grader.classroom import Classroom, HandIn
from grader.course import Course
from grader.errors import ClassError, SubmissionError
from grader.fleet import OUR_FAULT, Fleet, Sandbox
from grader.grade import ungraded
from grader.gradebook import Gradebook, sqlite_url
from grader.records import Assignment, Graded, Result, Submission

Work = tuple[Assignment, Submission]
MOST_LISTED = 5


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


class Watcher(Protocol):
    """What is told of a run while it goes on."""

    def preparing(self, assignments: Sequence[Assignment]) -> None: ...

    def grading(self, count: int, unchanged: int) -> None: ...

    def graded(self, result: Result) -> None: ...


class Silent:
    """A watcher to whom nothing matters."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        return

    def grading(self, count: int, unchanged: int) -> None:
        return

    def graded(self, result: Result) -> None:
        return


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
            ignored.append(_unknown(room, hand_in, known))
        else:
            _choose(chosen, hand_in, ignored, room.root)
    if not chosen:
        raise ClassError(_nothing(room, names, student, ignored))
    used = {name for _, name in chosen}
    found = wanted | {n: course.assignment(n) for n in used - wanted.keys()}
    assignments = tuple(found[name] for name in sorted(used))
    return Plan(assignments, tuple(chosen.values()), tuple(ignored))


def _choose(
    chosen: dict[tuple[str, str], HandIn],
    new: HandIn,
    ignored: list[str],
    root: Path,
) -> None:
    """Keep one notebook for each student and assignment: the newest one."""
    old = chosen.setdefault(new[:2], new)
    if old is not new:
        older, newer = sorted([old, new], key=lambda each: each[2].stat().st_mtime_ns)
        chosen[new[:2]] = newer
        ignored.append(f"{older[2].relative_to(root)}: {newer[2].name} is newer")


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
    watcher = watcher or Silent()
    seed = secrets.randbits(31) if options.seed is None else options.seed
    with (
        Fleet(options.workers, options.limits, options.sandbox) as fleet,
        Gradebook(options.database or sqlite_url(room.gradebook)) as book,
    ):
        writer = _Writer(room, book, fleet, options, watcher)
        due = writer.due(planned)
        names = {assignment.name for assignment, _ in due}
        needed = [a for a in planned.assignments if a.name in names]
        if needed:
            watcher.preparing(needed)
        fleet.prepare(needed)
        in_kernel = fleet.calibrate(needed, seed)
        watcher.grading(len(due), len(planned.hand_ins) - len(due))
        work = writer.read(due, seed)
        for assignment, submission, graded in fleet.grade(work, seed, in_kernel):
            writer.write(assignment, submission, graded)
    every = room.read_results()
    return {h[:2]: every[h[:2]] for h in planned.hand_ins}


def ours(result: Result) -> bool:
    """Say whether the grader failed, at least in part, and not the student."""
    return any(flag.startswith(OUR_FAULT) for flag in result.flags)


class _Writer:
    """The one place where a run reads and writes the class folder."""

    def __init__(
        self,
        room: Classroom,
        book: Gradebook,
        fleet: Fleet,
        options: Options,
        watcher: Watcher,
    ) -> None:
        self._room = room
        self._book = book
        self._fleet = fleet
        self._options = options
        self._watcher = watcher
        self._cache = Cache(room)
        self._known = room.read_results()

    def due(self, planned: Plan) -> list[tuple[Assignment, HandIn]]:
        """Return what has to be graded, because it or what grades it changed."""
        named = {a.name: a for a in planned.assignments}
        recorded = {(s, a) for a in named for s in self._book.scores(a)}
        work = [(named[hand_in[1]], hand_in) for hand_in in planned.hand_ins]
        return [
            (assignment, hand_in)
            for assignment, hand_in in work
            if hand_in[:2] not in recorded or not self._stands(assignment, hand_in)
        ]

    def _stands(self, assignment: Assignment, hand_in: HandIn) -> bool:
        """Say whether an earlier result of this hand-in still counts."""
        result = self._known.get(hand_in[:2])
        wanted = self._options.seed
        if result is None or self._options.force or wanted not in (None, result.seed):
            return False
        ran = self._room.folder("autograded", *hand_in[:2])
        if not (ran / f"{assignment.notebook}.ipynb").is_file():
            return False
        try:
            submission = self._room.read(hand_in)
        except SubmissionError:
            return False
        return self._cache.holds(*hand_in[:2], self._key(assignment, submission))

    def _key(self, assignment: Assignment, submission: Submission) -> str:
        limits = self._fleet.limits(assignment)
        database = self._options.database or ""
        return key(assignment, submission, limits, self._fleet.sandbox, database)

    def read(
        self, due: Sequence[tuple[Assignment, HandIn]], seed: int
    ) -> Iterator[Work]:
        """Yield what can be read, one at a time: a class may not fit into memory."""
        for assignment, hand_in in due:
            try:
                yield assignment, self._room.read(hand_in)
            except SubmissionError as error:
                unread = Submission(*hand_in[:2], b"")
                graded = ungraded(assignment, unread, seed, f"not readable: {error}")
                self.write(assignment, unread, graded)

    def write(
        self, assignment: Assignment, submission: Submission, graded: Graded
    ) -> None:
        """Write notebook, gradebook and result; the cache's key comes last."""
        result, submitted = graded.result, submission.submitted
        self._cache.forget(result.student, result.assignment)
        self._room.write_autograded(graded, assignment.notebook, submitted)
        self._book.write(assignment, result, submitted=submitted, ran=graded.notebook)
        self._room.append_result(result)
        if not ours(result):
            made = self._key(assignment, submission)
            self._cache.store(result.student, result.assignment, made)
        self._watcher.graded(result)


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


def _unknown(room: Classroom, hand_in: HandIn, known: Collection[str]) -> str:
    return (
        f"{hand_in[2].relative_to(room.root)}: no assignment {hand_in[1]!r} in the "
        f"course; there are {', '.join(known)}"
    )


def _nothing(
    room: Classroom, names: Collection[str], student: str | None, ignored: list[str]
) -> str:
    wanted = f" for {', '.join(names)}" if names else ""
    wanted += f" by {student}" if student else ""
    passed = "".join(f"\n  passed over: {each}" for each in ignored[:MOST_LISTED])
    if more := len(ignored[MOST_LISTED:]):
        passed += f"\n  and {more} more"
    return (
        f"{room.root}/submitted holds nothing to grade{wanted}. Hand-ins lie at "
        f"submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb.{passed}"
    )
