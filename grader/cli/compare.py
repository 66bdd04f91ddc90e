"""``grader compare``: our grades beside those that nbgrader left in a gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    AssignmentsArgument,
    ClassOption,
    CourseOption,
    JsonOption,
    SandboxOption,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
)


@app.command()
def compare(
    class_folder: ClassOption,
    assignments: AssignmentsArgument = None,
    gradebook: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="nbgrader's SQLite file. [default: gradebook.db in the class folder]",
        ),
    ] = None,
    course: CourseOption = None,
    workers: WorkersOption = None,
    sandbox: SandboxOption = "auto",
    json_file: JsonOption = None,
) -> int:
    """Compare with the grades that nbgrader gave to a class.

    The folder of an nbgrader course is a class folder, too: use --class . there.
    Grades a copy and shows each cell whose points differ, with the reason. Nothing in
    the class folder and in the gradebook is changed. The exit status is 1 if anything
    differs.
    """
    from grader import Classroom, api
    from grader.cli.screens import compare as shown
    from grader.cli.screens import grade as screen

    console = console_of()
    classroom = Classroom.open(class_folder)
    compared_course = course_at(course)
    screen.warn_unprotected(console, sandbox)
    with screen.Live(console) as live:
        comparison = api.compare_class(
            classroom,
            compared_course,
            gradebook,
            assignments or (),
            live,
            workers=workers,
            sandbox=sandbox,
        )
    console.print(shown.table(comparison))
    shown.differences(console, comparison)
    report(json_file, comparison.to_dict())
    return SHORT if comparison.differences else DONE
