"""Write the grades of a class as files that an LMS, nbgrader or a build server reads.

Pure except for :func:`write`. :data:`EXPORTERS` lists the formats; to add one, write a
function and an entry there. The command line takes its choices from that list.

Each file identifies students as its system does, by names and numbers from the roster
and the downloads; students without one are left out and reported. The score of a
student without a graded submission stays empty, it is not zero.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.classroom.grades import Grade
    from grader.records import Check
    from grader.reports.junit import JUnitCase


@dataclass(frozen=True, slots=True)
class Export:
    """The content of an export file, and what is missing in it.

    Attributes
    ----------
    text : str
        The text of the file.
    left_out : tuple of str
        The students who are not in it, each with the reason.
    waiting : tuple of str
        The students whose score is not final.
    path : Path or None
        The file that was written, if one was.
    """

    text: str
    left_out: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file format for grades.

    Attributes
    ----------
    name : str
        Its name for ``grader export --to``.
    title : str
        A short description.
    make : callable
        Takes grades; returns the export.
    suffix : str
        The suffix of the file's name.
    one_assignment : bool
        Whether a file can contain only one assignment.
    """

    name: str
    title: str
    make: Callable[[Sequence[Grade]], Export]
    suffix: str = ".csv"
    one_assignment: bool = False


def make(
    grades: Sequence[Grade], target: str, assignments: Sequence[str] = ()
) -> Export:
    """Return the grades in the format `target`.

    Parameters
    ----------
    grades
        The grades of a class.
    target
        The name of an exporter.
    assignments
        Only these assignments; all if none is named.

    Raises
    ------
    UsageError
        There is no such exporter, an assignment has no grades, or there are several
        assignments and the format takes only one.
    """
    exporter = exporter_for(target)
    graded = sorted({grade.assignment for grade in grades})
    if unknown := set(assignments) - set(graded):
        raise UsageError(
            f"no grades for {', '.join(sorted(unknown))}; there are {', '.join(graded)}"
        )
    chosen = [g for g in grades if not assignments or g.assignment in assignments]
    names = sorted({grade.assignment for grade in chosen})
    if exporter.one_assignment and len(names) > 1:
        raise UsageError(
            f"a file for {target} can contain only one assignment; choose one with "
            "--assignment: "
            f"{', '.join(names)}"
        )
    export = exporter.make(chosen)
    failed = (
        f"{_who(grade)}: the grader failed; grade this submission again"
        for grade in chosen
        if grade.grader_failed
    )
    waiting = tuple(_who(grade) for grade in chosen if grade.waiting)
    return Export(export.text, (*export.left_out, *failed), waiting)


def exporter_for(target: str) -> Exporter:
    """Return the exporter named `target`.

    Raises
    ------
    UsageError
        There is no such exporter.
    """
    for exporter in EXPORTERS:
        if exporter.name == target:
            return exporter
    raise UsageError(f"no export for {target!r}; there are {', '.join(TARGETS)}")


def file_name(target: str, assignments: Sequence[str] = ()) -> str:
    """Return the default name of an export file.

    Parameters
    ----------
    target
        The name of an exporter.
    assignments
        The assignments that were chosen, if any.

    Examples
    --------
    >>> file_name("moodle", ["lab"]), file_name("junit")
    ('moodle-lab.csv', 'junit.xml')
    """
    return "-".join([target, *assignments]) + exporter_for(target).suffix


def write(export: Export, path: Path) -> Export:
    """Write an export to a file, whole or not at all; return it with its path.

    Parameters
    ----------
    export
        The export.
    path
        The file; missing folders are created.

    Returns
    -------
    Export
        The export, with its path.
    """
    from grader.files import replace_file  # slow import, not needed for --help

    replace_file(path, export.text)
    return replace(export, path=path)


def _who(grade: Grade) -> str:
    return f"{grade.person.id} ({grade.assignment})"


# --- tables --------------------------------------------------------------------

# Text that a spreadsheet would run as a formula.
_FORMULA = re.compile(r"^([=+@\t\r]|-.)")


def safe(text: str) -> str:
    """Return `text` changed so that no spreadsheet takes it for a formula.

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


class _NameParts(NamedTuple):
    first: str
    last: str


def _name_parts(grade: Grade) -> _NameParts:
    """Split a student's name; if it has a comma, the last name comes first."""
    last, comma, first = grade.person.name.partition(",")
    if comma:
        return _NameParts(first.strip(), last.strip())
    first, _, last = grade.person.name.rpartition(" ")
    return _NameParts(first, last) if first else _NameParts(last, "")


def _number(points: float) -> str:
    from grader.records import points_text  # loads more than --help needs

    return points_text(points)


def _points(grade: Grade) -> str:
    return "" if grade.score is None else _number(grade.score)


def _time(moment: datetime | None) -> str:
    """Return a time in UTC, as nbgrader writes it; empty if it is not known."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if moment else ""


_NBGRADER = (
    "assignment duedate timestamp student_id last_name first_name email raw_score "
    "late_submission_penalty score max_score"
).split()


def _csv(grades: Sequence[Grade]) -> Export:
    """The columns of ``nbgrader export``."""
    rows = []
    for grade in grades:
        first, last = _name_parts(grade)
        times = _time(grade.due), _time(grade.submitted)
        points = _points(grade)
        person = (grade.person.id, last, first, grade.person.email)
        most = _number(grade.max_score)
        rows.append((grade.assignment, *times, *person, points, "", points, most))
    return Export(_table([_NBGRADER, *rows]))


def _canvas(grades: Sequence[Grade]) -> Export:
    """Canvas' gradebook: a row for each student, a column for each assignment."""
    names = sorted({grade.assignment: grade.max_score for grade in grades}.items())
    by_key = {(g.person.id, g.assignment): g for g in grades}
    people = {g.person.id: g.person for g in grades}
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    most = ["    Points Possible", "", "", "", "", *(_number(m) for _, m in names)]
    rows = []
    for student, person in sorted(people.items()):
        about = [
            person.name or student,
            person.numbers.get("canvas", ""),
            "",
            student,
            "",
        ]
        rows.append([*about, *(_points(by_key[student, name]) for name, _ in names)])
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
    """Moodle's grading worksheet, which identifies students by participant number."""
    rows, left_out = [], []
    for grade in grades:
        participant = grade.person.numbers.get("moodle")
        if grade.score is None:
            continue
        if not participant:
            left_out.append(
                f"{_who(grade)}: no participant number is known; collect again with "
                "Moodle's grading worksheet as --roster"
            )
            continue
        about = (grade.person.name, grade.person.email, "Submitted for grading")
        points = (
            _number(grade.score),
            _number(grade.max_score),
            "Yes",
            "-",
            "-",
            "",
        )
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
        about = (*_name_parts(grade), sid, grade.person.email)
        rows.append((*about, _points(grade), _number(grade.max_score), status, when))
    return Export(_table([_SCORES, *rows]))


def _junit(grades: Sequence[Grade]) -> Export:
    """JUnit XML with one test case for each graded cell."""
    from grader.reports import junit  # the command line loads this module for --help

    cases = [
        _case(grade, check)
        for grade in grades
        if grade.result
        for check in grade.result.cells
    ]
    return Export(junit.document("grades", cases))


def _case(grade: Grade, check: Check) -> JUnitCase:
    from grader.reports.junit import JUnitCase

    name = f"{check.notebook}/{check.grade_id}" if check.notebook else check.grade_id
    group = f"{grade.assignment}.{grade.person.id}"
    if check.status == "manual":
        note = "graded by hand"
        return JUnitCase(group, name, check.seconds, note=note)
    share = f"{_number(check.points)}/{_number(check.max_points)}"
    lost = check.points < check.max_points
    failures = ((share, check.message),) if lost else ()
    return JUnitCase(group, name, check.seconds, failures)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("csv", "the columns of nbgrader's own export", _csv),
    Exporter("canvas", "a gradebook that Canvas imports", _canvas),
    Exporter("moodle", "Moodle's grading worksheet", _moodle, one_assignment=True),
    Exporter(
        "gradescope",
        "the columns of Gradescope's Download Grades",
        _gradescope,
        one_assignment=True,
    ),
    Exporter("junit", "JUnit XML, a test case for each graded cell", _junit, ".xml"),
)
"""All formats in which grades can be exported."""

TARGETS = tuple(exporter.name for exporter in EXPORTERS)
"""The names of the formats."""

__all__ = [
    "EXPORTERS",
    "TARGETS",
    "Export",
    "Exporter",
    "exporter_for",
    "file_name",
    "make",
    "safe",
    "write",
]
