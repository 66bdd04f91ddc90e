"""``grader feedback``: write feedback pages for students."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader import api
from grader.cli.shell import (
    DONE,
    SHORT,
    ClassOption,
    CourseOption,
    DatabaseOption,
    app,
    console_of,
    course_at,
)

_SYSTEMS = api.pack_systems()
# Typer derives the choices from a Literal; mypy does not accept a computed one.
if TYPE_CHECKING:
    System = str
else:
    System = Literal[tuple(_SYSTEMS)]


@app.command()
def feedback(
    class_folder: ClassOption,
    course: CourseOption = None,
    system: Annotated[
        System | None,
        typer.Option(
            "--pack",
            help="Also pack the pages for this LMS, which takes them back in one "
            "upload: an archive for each assignment, in export/ in the class folder.",
        ),
    ] = None,
    database: DatabaseOption = None,
) -> int:
    """Write a feedback page for each graded notebook.

    The pages are written to feedback/STUDENT/ASSIGNMENT/ in the class folder. Each is
    one HTML file, which shows its student no hidden test. Nothing is sent to anybody.
    """
    import grader
    from grader.cli.screens import printing

    classroom = grader.Classroom.open(class_folder)
    graded = course_at(course)
    if system is None:
        pages = grader.write_feedback(classroom, graded, database=database)
        packed = None
    else:
        packed = api.pack_feedback(classroom, graded, system, database=database)
        pages = packed.pages
    if not pages:
        typer.echo(f"No results yet. Grade first: grader grade --class {class_folder}")
        return SHORT
    console = console_of()
    for student in packed.left_out if packed else ():
        printing.say(console, f"left out: {student}")
    count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    printing.say(console, f"{count} in {classroom.root / 'feedback'}")
    for archive in packed.archives if packed else ():
        printing.say(console, f"{archive}: upload it {_SYSTEMS[system or '']}")
    printing.say(console, f"Next: grader report --class {class_folder}")
    return SHORT if packed and packed.left_out else DONE
