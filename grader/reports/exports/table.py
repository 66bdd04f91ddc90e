"""All formats in which grades can be exported; one module and one entry for each.

The command line takes its choices from :data:`EXPORTERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.reports.exports import (
    brightspace,
    canvas,
    gradescope,
    junit,
    moodle,
    nbgrader,
)
from grader.reports.exports.export import Export, who

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format in which grades are exported.

    Attributes
    ----------
    name : str
        Its name for ``grader export --to``.
    title : str
        A short description.
    make : callable
        Takes grades, sorted by assignment, then student; returns the export.
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
        f"{who(grade)}: the grader failed; grade this submission again"
        for grade in chosen
        if grade.grader_failed
    )
    waiting = tuple(who(grade) for grade in chosen if grade.waiting)
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


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("csv", "the columns of nbgrader's own export", nbgrader.make),
    Exporter("canvas", "a gradebook that Canvas imports", canvas.make),
    Exporter("moodle", "Moodle's grading worksheet", moodle.make, one_assignment=True),
    Exporter(
        "gradescope",
        "the columns of Gradescope's Download Grades",
        gradescope.make,
        one_assignment=True,
    ),
    Exporter("brightspace", "a file that Brightspace imports", brightspace.make),
    Exporter(
        "junit", "JUnit XML, a test case for each graded cell", junit.make, ".xml"
    ),
)
"""All formats in which grades can be exported."""

TARGETS = tuple(exporter.name for exporter in EXPORTERS)
"""The names of the formats."""

__all__ = [
    "EXPORTERS",
    "TARGETS",
    "Exporter",
    "exporter_for",
    "file_name",
    "make",
    "write",
]
