"""Find out which submissions of a class there are to grade."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.batch.recorder import Key, Sheet
from grader.classroom.folder import Classroom, SubmittedFile
from grader.course import matching
from grader.course.course import Course
from grader.errors import ClassError
from grader.records import Assignment

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
    def hand_ins(self) -> tuple[SubmittedFile, ...]:
        """All that is read: of one notebook, one for each student and assignment."""
        return tuple(hand_in for _, hand_in in self.sheets)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Student and assignment of each result that there will be, sorted."""
        return tuple(dict.fromkeys(hand_in.key for hand_in in self.hand_ins))


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
    handed: dict[Key, list[SubmittedFile]] = {}
    for hand_in in inbox.found:
        if hand_in.assignment in known:
            handed.setdefault(hand_in.key, []).append(hand_in)
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
    parts: Sequence[Assignment],
    found: list[SubmittedFile],
    ignored: list[str],
    root: Path,
) -> Iterator[Sheet]:
    """Yield one file for each notebook of an assignment: the newest of its name."""
    student, assignment, path = found[0]
    names = [part.notebook for part in parts]
    matches = matching.matched(names, [file.path for file in found])
    taken = {path for paths in matches.values() for path in paths}
    for part in parts:
        paths = sorted(matches[part.notebook], key=_age)
        chosen = paths[-1] if paths else path.with_name(f"{part.notebook}.ipynb")
        for older in paths[:-1]:
            ignored.append(f"{older.relative_to(root)}: {chosen.name} is newer")
        yield part, SubmittedFile(student, assignment, chosen)
    for file in found:
        if file.path not in taken:
            ignored.append(
                f"{file.path.relative_to(root)}: {_no_such(assignment, names)}"
            )


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _no_such(assignment: str, names: Sequence[str]) -> str:
    wanted = ", ".join(f"{name}.ipynb" for name in names)
    return f"no notebook of {assignment}, which has {wanted}"


def _unknown(room: Classroom, hand_in: SubmittedFile, known: Collection[str]) -> str:
    return (
        f"{hand_in.path.relative_to(room.root)}: no assignment {hand_in.assignment!r} "
        f"in the course; there are {', '.join(known)}"
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


__all__ = ["MOST_LISTED", "Plan", "plan"]
