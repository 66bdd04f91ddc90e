"""Grades on their way back: as files that an LMS, nbgrader or a build server reads.

Pure but for :func:`write`. Students are named by what each system calls them, as
roster and downloads said; who has no such name is left out and listed. A student
of whom nothing was graded gets no zero: the cell stays empty.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.classroom.grades import Grade, chosen
from grader.errors import UsageError
from grader.files import replace_file
from grader.records import Check
from grader.reports import junit
from grader.reports.html import number

Target = Literal["csv", "canvas", "moodle", "gradescope", "junit"]


@dataclass(frozen=True, slots=True)
class Export:
    """A file's text, who is not in it for what reason, whose score is not final."""

    text: str
    left_out: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def make(
    grades: Sequence[Grade], target: Target, assignments: Sequence[str] = ()
) -> Export:
    """Return the grades in the form of `target`.

    Raises
    ------
    UsageError
        An assignment is named that was not graded; or the form takes one assignment
        only, and there are several.
    """
    known = sorted({grade.assignment for grade in grades})
    if unknown := set(assignments) - set(known):
        raise UsageError(
            f"no grades for {', '.join(sorted(unknown))}; there are {', '.join(known)}"
        )
    wanted = chosen(grades, assignments)
    names = sorted({grade.assignment for grade in wanted})
    if target in _ONE_ONLY and len(names) > 1:
        raise UsageError(
            f"a file for {target} holds one assignment; name one with --assignment: "
            f"{', '.join(names)}"
        )
    made = _FORMS[target](wanted)
    faults = [g for g in wanted if g.is_our_fault]
    lost = (f"{_who(g)}: the grader failed; grade again" for g in faults)
    waiting = tuple(_who(grade) for grade in wanted if grade.waiting)
    return Export(made.text, (*made.left_out, *lost), waiting)


def write(export: Export, path: Path) -> Path:
    """Write an export to a file, whole or not at all."""
    replace_file(path, export.text)
    return path


def _who(grade: Grade) -> str:
    return f"{grade.person.id} ({grade.assignment})"


# --- tables --------------------------------------------------------------------

# What a spreadsheet would run, in a name that somebody chose.
_FORMULA = re.compile(r"^([=+@\t\r]|-.)")


def safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe("=HYPERLINK(...)")
    "'=HYPERLINK(...)"
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _table(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _names(grade: Grade) -> tuple[str, str]:
    """Return first and last name; a name with a comma has the last one first."""
    last, comma, first = grade.person.name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = grade.person.name.rpartition(" ")
    return (first, last) if first else (last, "")


def _points(grade: Grade) -> str:
    return "" if grade.score is None else number(grade.score)


_NBGRADER = (
    "assignment duedate timestamp student_id last_name first_name email raw_score "
    "late_submission_penalty score max_score"
).split()


def _csv(grades: Sequence[Grade]) -> Export:
    """The columns of ``nbgrader export``."""
    rows = []
    for grade in grades:
        first, last = _names(grade)
        when = f"{grade.submitted:%Y-%m-%d %H:%M:%S}" if grade.submitted else ""
        points = _points(grade)
        person = (grade.person.id, last, first, grade.person.email)
        most = number(grade.max_score)
        rows.append((grade.assignment, "", when, *person, points, "", points, most))
    return Export(_table([_NBGRADER, *rows]))


def _canvas(grades: Sequence[Grade]) -> Export:
    """Canvas' gradebook: a row for each student, a column for each assignment."""
    names = sorted({grade.assignment: grade.max_score for grade in grades}.items())
    found = {(g.person.id, g.assignment): g for g in grades}
    people = {g.person.id: g.person for g in grades}
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    most = ["    Points Possible", "", "", "", "", *(number(m) for _, m in names)]
    rows = []
    for student, person in sorted(people.items()):
        about = [
            person.name or student,
            person.numbers.get("canvas", ""),
            "",
            student,
            "",
        ]
        rows.append([*about, *(_points(found[student, name]) for name, _ in names)])
    return Export(_table([[*header, *(name for name, _ in names)], most, *rows]))


_WORKSHEET = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)


def _moodle(grades: Sequence[Grade]) -> Export:
    """Moodle's grading worksheet, which knows students by participant number."""
    rows, left_out = [], []
    for grade in grades:
        participant = grade.person.numbers.get("moodle")
        if grade.score is None:
            continue
        if not participant:
            left_out.append(
                f"{_who(grade)}: no participant number; give a grading worksheet to "
                "grader collect as the roster"
            )
            continue
        about = (grade.person.name, grade.person.email, "Submitted for grading")
        points = (number(grade.score), number(grade.max_score), "Yes", "-", "-", "")
        rows.append((f"Participant {participant}", *about, *points))
    return Export(_table([_WORKSHEET, *rows]), tuple(left_out))


_SCORES = (
    "First Name",
    "Last Name",
    "SID",
    "Email",
    "Total Score",
    "Max Points",
    "Status",
    "Submission Time",
)


def _gradescope(grades: Sequence[Grade]) -> Export:
    """The columns of Gradescope's own *Download Grades*."""
    rows = []
    for grade in grades:
        sid = grade.person.numbers.get("gradescope", grade.person.id)
        when = f"{grade.submitted:%Y-%m-%d %H:%M:%S %z}" if grade.submitted else ""
        status = "Missing" if grade.result is None else "Graded"
        about = (*_names(grade), sid, grade.person.email)
        rows.append((*about, _points(grade), number(grade.max_score), status, when))
    return Export(_table([_SCORES, *rows]))


def _junit(grades: Sequence[Grade]) -> Export:
    """One case for each graded cell."""
    cases = [
        _case(grade, check)
        for grade in grades
        if grade.result
        for check in grade.result.cells
    ]
    return Export(junit.document("grades", cases))


def _case(grade: Grade, check: Check) -> junit.Case:
    name = f"{check.notebook}/{check.grade_id}" if check.notebook else check.grade_id
    group = f"{grade.assignment}.{grade.person.id}"
    if check.status == "manual":
        note = "a person grades this"
        return junit.Case(group, name, check.seconds, note=note)
    share = f"{number(check.points)}/{number(check.max_points)}"
    lost = check.points < check.max_points
    failures = ((share, check.message),) if lost else ()
    return junit.Case(group, name, check.seconds, failures)


_ONE_ONLY = {"moodle", "gradescope"}
_FORMS: dict[Target, Callable[[Sequence[Grade]], Export]] = {
    "csv": _csv,
    "canvas": _canvas,
    "moodle": _moodle,
    "gradescope": _gradescope,
    "junit": _junit,
}
TARGETS = tuple(_FORMS)

__all__ = ["TARGETS", "Export", "Target", "make", "safe", "write"]
