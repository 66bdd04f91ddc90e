"""Grade a class: what was handed in → results, gradebook, autograded notebooks.

The one writer. Each submission is recorded as soon as it is graded, so that a
run that is stopped loses nothing.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol

from grader import feedback, sheets
from grader.cache import Cache, key, keys
from grader.classroom import Classroom, HandIn
from grader.course import Course
from grader.errors import ClassError, SubmissionError
from grader.fleet import OUR_FAULT, Fleet, Sandbox
from grader.grade import ungraded
from grader.gradebook import Gradebook, sqlite_url
from grader.records import Assignment, Graded, Result, Submission

Work = tuple[Assignment, Submission]
Sheet = tuple[Assignment, HandIn]
Key = tuple[str, str]
MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do.

    Attributes
    ----------
    sheets : tuple
        Each notebook that is graded, and ``(student, assignment name, path)``.
        All of an assignment follow each other, in the course's order; where
        nothing lies at the path, that notebook was not handed in.
    ignored : tuple of str
        What lies in the class folder and was passed over, and why.
    """

    sheets: tuple[Sheet, ...]
    ignored: tuple[str, ...]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Notebooks of which at least one was handed in."""
        found = {part.label: part for part, _ in self.sheets}
        return tuple(found[label] for label in sorted(found))

    @property
    def hand_ins(self) -> tuple[HandIn, ...]:
        """All that is read: of one notebook, one for each student and assignment."""
        return tuple(hand_in for _, hand_in in self.sheets)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Student and assignment of each result that there will be, sorted."""
        return tuple(dict.fromkeys(hand_in[:2] for hand_in in self.hand_ins))


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
    parts = {name: course.notebooks(name) for name in names}
    inbox = room.inbox(set(names) or None, student)
    known = course.assignment_names()
    ignored = list(inbox.ignored)
    handed: dict[Key, list[HandIn]] = {}
    for hand_in in inbox.found:
        if hand_in[1] in known:
            handed.setdefault(hand_in[:2], []).append(hand_in)
        else:
            ignored.append(_unknown(room, hand_in, known))
    if not handed:
        raise ClassError(_nothing(room, names, student, ignored))
    used = {name for _, name in handed}
    parts |= {name: course.notebooks(name) for name in used - parts.keys()}
    work = [
        sheet
        for (_, name), found in handed.items()
        for sheet in _sheets(parts[name], found, ignored, room.root)
    ]
    return Plan(tuple(work), tuple(ignored))


def _sheets(
    parts: Sequence[Assignment], found: list[HandIn], ignored: list[str], root: Path
) -> Iterator[Sheet]:
    """Yield one file for each notebook of an assignment: the newest of its name."""
    student, assignment, path = found[0]
    names = [part.notebook for part in parts]
    matches = sheets.matched(names, [path for _, _, path in found])
    taken = {path for paths in matches.values() for path in paths}
    for part in parts:
        paths = sorted(matches[part.notebook], key=_age)
        chosen = paths[-1] if paths else path.with_name(f"{part.notebook}.ipynb")
        for older in paths[:-1]:
            ignored.append(f"{older.relative_to(root)}: {chosen.name} is newer")
        yield part, (student, assignment, chosen)
    for _, _, left in found:
        if left not in taken:
            ignored.append(f"{left.relative_to(root)}: {_no_such(assignment, names)}")


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _no_such(assignment: str, names: Sequence[str]) -> str:
    wanted = ", ".join(f"{name}.ipynb" for name in names)
    return f"no notebook of {assignment}, which has {wanted}"


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
        needed = Plan(due, ()).assignments
        if needed:
            watcher.preparing(needed)
        fleet.prepare(needed)
        in_kernel = fleet.calibrate(needed, seed)
        count = len(Plan(due, ()).keys)
        watcher.grading(count, len(planned.keys) - count)
        work = writer.read(due, seed)
        for assignment, submission, graded in fleet.grade(work, seed, in_kernel):
            writer.take(assignment, submission, graded)
    every = room.read_results()
    return {key: every[key] for key in planned.keys}


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
        self._waiting: dict[Key, list[_Done]] = {}
        self._counts: Counter[Key] = Counter()

    def due(self, planned: Plan) -> tuple[Sheet, ...]:
        """Return what has to be graded, because it or what grades it changed."""
        names = {assignment.name for assignment in planned.assignments}
        recorded = {(s, a) for a in names for s in self._book.scores(a)}
        due: list[Sheet] = []
        for whose, found in groupby(planned.sheets, key=lambda sheet: sheet[1][:2]):
            group = list(found)
            if whose not in recorded or not self._stands(whose, group):
                due += group
        self._counts = Counter(hand_in[:2] for _, hand_in in due)
        return tuple(due)

    def _stands(self, whose: Key, group: Sequence[Sheet]) -> bool:
        """Say whether an earlier result of this hand-in still counts."""
        result = self._known.get(whose)
        wanted = self._options.seed
        if result is None or self._options.force or wanted not in (None, result.seed):
            return False
        ran = self._room.folder("autograded", *whose)
        if not all((ran / f"{part.notebook}.ipynb").is_file() for part, _ in group):
            return False
        read = [(part, self._submission(hand_in)) for part, hand_in in group]
        return self._cache.holds(*whose, self._key(read))

    def _submission(self, hand_in: HandIn) -> Submission:
        try:
            return self._room.read(hand_in)
        except SubmissionError:
            return Submission(*hand_in[:2], b"")

    def _key(self, work: Iterable[Work]) -> str:
        sandbox, database = self._fleet.sandbox, self._options.database or ""
        return keys(
            key(part, submission, self._fleet.limits(part), sandbox, database)
            for part, submission in work
        )

    def read(self, due: Iterable[Sheet], seed: int) -> Iterator[Work]:
        """Yield what can be read, one at a time: a class may not fit into memory."""
        for assignment, hand_in in due:
            try:
                yield assignment, self._room.read(hand_in)
            except SubmissionError as error:
                there = os.path.lexists(hand_in[2])
                why = f"not readable: {error}" if there else _absent(hand_in)
                unread = Submission(*hand_in[:2], b"")
                self.take(assignment, unread, ungraded(assignment, unread, seed, why))

    def take(
        self, assignment: Assignment, submission: Submission, graded: Graded
    ) -> None:
        """Keep a graded notebook until all of its hand-in are there; then write."""
        whose = submission.student, assignment.name
        done = self._waiting.setdefault(whose, [])
        done.append(_Done(assignment, submission, graded))
        if len(done) == self._counts[whose]:
            done.sort(key=lambda each: each.part.notebook)
            self._write(whose, self._waiting.pop(whose))

    def _write(self, whose: Key, done: Sequence[_Done]) -> None:
        """Write notebooks, gradebook and result; the cache's key comes last."""
        self._cache.forget(*whose)
        for each in done:
            submitted, graded = each.submission.submitted, each.graded
            self._room.write_autograded(graded, each.part.notebook, submitted)
            self._book.write(
                each.part, graded.result, submitted=submitted, ran=graded.notebook
            )
        result = sheets.together([(each.part, each.graded.result) for each in done])
        self._room.append_result(result)
        if not ours(result):
            made = self._key((each.part, each.submission) for each in done)
            self._cache.store(*whose, made)
        self._watcher.graded(result)


@dataclass(frozen=True, slots=True)
class _Done:
    part: Assignment
    submission: Submission
    graded: Graded


def write_feedback(course: Course, room: Classroom) -> list[Path]:
    """Write a page for each result of the class; return where they lie."""
    parts: dict[str, tuple[Assignment, ...]] = {}
    pages = []
    for (_, name), result in room.read_results().items():
        if name not in parts:
            parts[name] = course.notebooks(name)
        now = datetime.now().astimezone()
        for part in parts[name]:
            own = sheets.apart(result, part)
            pages.append(feedback.write(room, part, own, graded=now))
    return pages


def _absent(hand_in: HandIn) -> str:
    return f"{hand_in[2].name} was not handed in"


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
