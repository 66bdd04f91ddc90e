"""Find the submissions of a class that are to be graded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from grader.classroom.folder import Classroom, SubmissionKey, SubmittedFile
from grader.course import matching
from grader.course.course import Course
from grader.errors import ClassError, CourseError
from grader.records import Assignment

MOST_LISTED = 5


class PlannedNotebook(NamedTuple):
    """A notebook to grade, and where the student's copy of it should be.

    If there is no such file, that notebook was not submitted.
    """

    assignment: Assignment
    file: SubmittedFile


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do.

    Attributes
    ----------
    notebooks : tuple of PlannedNotebook
        What is graded. The notebooks of a submission follow each other, in the course's
        order.
    ignored : tuple of str
        Files in the class folder that are not graded, each with the reason.
    left_out : tuple of (str, str)
        Assignment of each notebook of the course that cannot be graded, and the reason.
    """

    notebooks: tuple[PlannedNotebook, ...]
    ignored: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the course's authors should mend; it changes no grade."""
        warnings = (w for item in self.notebooks for w in item.assignment.warnings)
        return tuple(dict.fromkeys(warnings))

    @property
    def sandboxes(self) -> tuple[str, ...]:
        """The weakest levels of jails that its assignments allow."""
        return tuple({item.assignment.sandbox for item in self.notebooks})

    @property
    def keys(self) -> tuple[SubmissionKey, ...]:
        """Student and assignment of each result that the run will give, sorted."""
        return tuple(dict.fromkeys(planned.file.key for planned in self.notebooks))


def plan(
    course: Course,
    room: Classroom,
    names: Collection[str] = (),
    student: str | None = None,
    *,
    strict: bool = False,
) -> Plan:
    """Return the submissions to grade.

    Parameters
    ----------
    course
        The course whose assignments are graded.
    room
        The class folder.
    names
        Names of assignments; if empty, all that were submitted.
    student
        Id of the only student to grade; None for all.
    strict
        Refuse a course with anything that its authors should mend.

    Raises
    ------
    CourseError
        If a name is no assignment of the course, no notebook that was submitted can be
        graded, or `strict` is true and something is wrong with one of them.
    ClassError
        If nothing was submitted.
    """
    read = {name: course.read(name) for name in names}
    inbox = room.inbox(set(names) or None, student)
    legal = course.assignment_names()
    ignored = list(inbox.ignored)
    files: dict[SubmissionKey, list[SubmittedFile]] = {}
    for file in inbox.notebooks:
        if file.assignment in legal:
            files.setdefault(file.key, []).append(file)
        else:
            ignored.append(_unknown(room, file, legal))
    if not files:
        raise ClassError(_nothing(room, names, student, ignored))
    submitted = {key.assignment for key in files}
    read |= {name: course.read(name) for name in sorted(submitted - read.keys())}
    left_out = [(name, why) for name, (_, reasons) in read.items() for why in reasons]
    reasons = [why for _, why in left_out]
    if strict:
        _refuse_all(reasons, [part for parts, _ in read.values() for part in parts])
    planned = [
        notebook
        for key, own_files in files.items()
        for notebook in _of_submission(
            _flagged(*read[key.assignment]), own_files, ignored, room.root
        )
    ]
    if not planned:
        raise CourseError("\n".join(reasons))
    return Plan(tuple(planned), tuple(ignored), tuple(left_out))


def _refuse_all(reasons: Sequence[str], notebooks: Sequence[Assignment]) -> None:
    """Raise an error for the first thing that is wrong with some notebooks."""
    wrong = [*reasons]
    for notebook in notebooks:
        by_hand = notebook.by_hand.items()
        wrong += [f"{notebook.label}, cell {name}: {why}" for name, why in by_hand]
        wrong += [f"{notebook.label}, {fault}" for fault in notebook.faults]
        wrong += notebook.warnings
    if wrong:
        raise CourseError(wrong[0])


def _flagged(
    notebooks: Sequence[Assignment], unusable: Sequence[str]
) -> Sequence[Assignment]:
    """Return the notebooks, with a note on others of their assignment if it lacks some.

    Their points are missing in each result, which has to say so.
    """
    return [replace(notebook, lacking=tuple(unusable)) for notebook in notebooks]


def _of_submission(
    parts: Sequence[Assignment],
    files: list[SubmittedFile],
    ignored: list[str],
    root: Path,
) -> Iterator[PlannedNotebook]:
    """Yield one file for each notebook of an assignment: the one of its own name.

    Only where none has that name, the newest of those most like it counts.
    """
    student, assignment, path = files[0]
    names = [part.notebook for part in parts]
    matches = matching.matched(names, [file.path for file in files])
    taken = {path for paths in matches.values() for path in paths}
    for part in parts:
        name = part.notebook
        paths = sorted(
            matches[name], key=lambda p: (matching.likeness(name, p), *_age(p))
        )
        chosen = paths[-1] if paths else path.with_name(f"{name}.ipynb")
        own = matching.likeness(name, chosen) > 1
        why = "has the assignment's own name" if own else "is more like it, or newer"
        for other in paths[:-1]:
            ignored.append(
                f"{other.relative_to(root)}: {chosen.name} is graded, which {why}"
            )
        yield PlannedNotebook(part, SubmittedFile(student, assignment, chosen))
    for file in files:
        if file.path not in taken:
            ignored.append(
                f"{file.path.relative_to(root)}: {_no_such(assignment, names)}"
            )


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _no_such(assignment: str, names: Sequence[str]) -> str:
    wanted = ", ".join(f"{name}.ipynb" for name in names)
    return f"no notebook of {assignment}, which has {wanted}"


def _unknown(room: Classroom, file: SubmittedFile, legal: Collection[str]) -> str:
    return (
        f"{file.path.relative_to(room.root)}: no assignment {file.assignment!r} "
        f"in the course; there are {', '.join(legal)}"
    )


def _nothing(
    room: Classroom, names: Collection[str], student: str | None, ignored: list[str]
) -> str:
    wanted = f" for {', '.join(names)}" if names else ""
    wanted += f" by {student}" if student else ""
    passed = "".join(f"\n  passed over: {text}" for text in ignored[:MOST_LISTED])
    if more := len(ignored[MOST_LISTED:]):
        passed += f"\n  and {more} more"
    return (
        f"{room.root}/submitted holds nothing to grade{wanted}. Submissions lie at "
        f"submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb.{passed}"
    )


__all__ = ["MOST_LISTED", "Plan", "PlannedNotebook", "plan"]
