"""Grade a class: what was handed in → results, gradebook, autograded notebooks.

A grade is kept as soon as it is made, and recorded soon after with some others, so
that a run that is stopped loses nothing; see :mod:`grader.registrar`.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from grader import feedback, sheets
from grader.classroom import Classroom, HandIn
from grader.course import Course
from grader.errors import ClassError
from grader.fleet import Fleet
from grader.gradebook import Gradebook, sqlite_url
from grader.records import Assignment, Result
from grader.registrar import Conditions, Key, Registrar, Sheet
from grader.workers import environment
from grader.workers.worker import Sandbox, ours

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
    scheduler: str | None = None


class Watcher(Protocol):
    """What is told of a run while it goes on."""

    def preparing(self, assignments: Sequence[Assignment]) -> None: ...

    def grading(
        self, count: int, unchanged: int, recalled: int, workers: int
    ) -> None: ...

    def graded(self, result: Result) -> None: ...

    def note(self, text: str) -> None: ...


class Silent:
    """A watcher to whom nothing matters."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        return

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        return

    def graded(self, result: Result) -> None:
        return

    def note(self, text: str) -> None:
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
    with contextlib.ExitStack() as stack:
        fleet = stack.enter_context(_fleet(options, watcher))
        stack.enter_context(room.held())
        url = options.database or sqlite_url(room.gradebook)
        book = stack.enter_context(Gradebook(url))
        conditions = _conditions(options, fleet)
        registrar = stack.enter_context(
            Registrar(room, book, conditions, watcher.graded)
        )
        due = registrar.due(planned.sheets)
        in_kernel = _made_ready(fleet, Plan(due, ()).assignments, seed, watcher)
        count = registrar.count
        known = count["unchanged"], count["recalled"]
        watcher.grading(count["due"], *known, fleet.workers)
        work = registrar.read(due, seed)
        for graded in fleet.grade(work, seed, in_kernel, registrar.earlier):
            registrar.take(*graded)
    every = room.read_results()
    return {key: every[key] for key in planned.keys}


def _fleet(options: Options, watcher: Watcher) -> Fleet:
    return Fleet(
        options.workers,
        options.limits,
        options.sandbox,
        options.scheduler,
        watcher.note,
    )


def _conditions(options: Options, fleet: Fleet) -> Conditions:
    return Conditions(
        seed=options.seed,
        force=options.force,
        database=options.database or "",
        sandbox=options.sandbox,
        limits=fleet.limits,
        environment=lambda assignment: environment.facts(assignment.imports),
    )


def _made_ready(
    fleet: Fleet, needed: Sequence[Assignment], seed: int, watcher: Watcher
) -> dict[str, frozenset[str]]:
    """Warm up and grade the solutions; return which tests must run in the kernel."""
    if needed:
        watcher.preparing(needed)
    fleet.prepare(needed)
    return fleet.calibrate(needed, seed)


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


__all__ = [
    "Options",
    "Plan",
    "Silent",
    "Watcher",
    "ours",
    "plan",
    "run",
    "write_feedback",
]
