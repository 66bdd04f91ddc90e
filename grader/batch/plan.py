"""Find the submissions of a class that are to be graded."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from grader.classroom.folder import Classroom, SubmissionKey, SubmittedFile
from grader.course import matching
from grader.course.course import Course
from grader.errors import ClassError, CourseError
from grader.records import Assignment

_MOST_LISTED = 5


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
    left_out = tuple((name, why) for name, (_, whys) in read.items() for why in whys)
    if strict:
        notebooks = [each for usable, _ in read.values() for each in usable]
        _refuse_all([why for _, why in left_out], notebooks)
    planned: list[PlannedNotebook] = []
    for key, own_files in files.items():
        parts = _with_lacking(*read[key.assignment])
        chosen, passed_over = _choose_files(parts, own_files, room.root)
        planned += chosen
        ignored += passed_over
    if not planned:
        raise CourseError("\n".join(why for _, why in left_out))
    return Plan(tuple(planned), tuple(ignored), left_out)


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


def _with_lacking(
    notebooks: Sequence[Assignment], unusable: Sequence[str]
) -> Sequence[Assignment]:
    """Return the notebooks of an assignment, each with why others of it are left out.

    The points of those are missing in each result, which has to say so.
    """
    return [replace(notebook, lacking=tuple(unusable)) for notebook in notebooks]


def _choose_files(
    parts: Sequence[Assignment], files: Sequence[SubmittedFile], root: Path
) -> tuple[list[PlannedNotebook], list[str]]:
    """Choose one of a student's files for each notebook of an assignment.

    Parameters
    ----------
    parts
        The notebooks of the assignment.
    files
        What the student has submitted for it.
    root
        The class folder.

    Returns
    -------
    tuple
        The notebooks with their files, and why the other files are not graded.
    """
    student, assignment, first = files[0]
    names = [part.notebook for part in parts]
    matches = matching.matched(names, [file.path for file in files])
    planned, passed_over = [], []
    for part in parts:
        missing = first.with_name(f"{part.notebook}.ipynb")
        *others, chosen = _ranked(part.notebook, matches[part.notebook]) or [missing]
        planned.append(
            PlannedNotebook(part, SubmittedFile(student, assignment, chosen))
        )
        why = _why_chosen(part.notebook, chosen)
        passed_over += [f"{other.relative_to(root)}: {why}" for other in others]
    taken = {path for paths in matches.values() for path in paths}
    passed_over += [
        f"{file.path.relative_to(root)}: {_no_such(assignment, names)}"
        for file in files
        if file.path not in taken
    ]
    return planned, passed_over


def _ranked(name: str, paths: Sequence[Path]) -> list[Path]:
    """Return files for a notebook: the one most like its name last, or the newest."""

    def rank(path: Path) -> tuple[int, int, str]:
        return matching.likeness(name, path), path.stat().st_mtime_ns, path.name

    return sorted(paths, key=rank)


def _why_chosen(name: str, chosen: Path) -> str:
    own = matching.has_own_name(name, chosen)
    why = "has the assignment's own name" if own else "is more like it, or newer"
    return f"{chosen.name} is graded, which {why}"


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
    wanted += f" by {student}{_meant(room, student)}" if student else ""
    passed = "".join(f"\n  passed over: {text}" for text in ignored[:_MOST_LISTED])
    if more := len(ignored[_MOST_LISTED:]):
        passed += f"\n  and {more} more"
    return (
        f"{room.root}/submitted holds nothing to grade{wanted}. Submissions lie at "
        f"submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb.{passed}"
    )


def _meant(room: Classroom, student: str) -> str:
    """Return a question with the student whose name is most like an unknown one."""
    submitted = room.inbox(None, None).notebooks
    by_name = {file.student.casefold(): file.student for file in submitted}
    close = difflib.get_close_matches(student.casefold(), by_name, n=1)
    found = by_name[close[0]] if close else student
    return f" (did you mean {found}?)" if found != student else ""


__all__ = ["Plan", "PlannedNotebook", "plan"]
