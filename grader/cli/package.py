"""``grader package``: make an autograder that another system runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader import api
from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    app,
    console_of,
    course_at,
    report,
)

_TARGETS = api.package_targets()
# Typer derives the choices from a Literal; mypy does not accept a computed one.
if TYPE_CHECKING:
    Target = str
else:
    Target = Literal[tuple(_TARGETS)]
_DESCRIPTIONS = "; ".join(f"{name}: {title}" for name, title in _TARGETS.items())


@app.command()
def package(
    assignment: Annotated[
        str, typer.Argument(metavar="ASSIGNMENT", help="Name of the assignment.")
    ],
    target: Annotated[Target, typer.Option("--for", help=f"System. {_DESCRIPTIONS}.")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FOLDER",
            help="Folder for the files. [default: build/package/ASSIGNMENT/SYSTEM]",
        ),
    ] = None,
    rehearse: Annotated[
        list[Path] | None,
        typer.Option(
            "--rehearse",
            metavar="SUBMISSION",
            help="Also run the package here for this file or folder, as that system "
            "would; may be repeated.",
        ),
    ] = None,
    launcher: Annotated[
        str,
        typer.Option(
            "--under",
            metavar="COMMAND",
            help="Run the rehearsal under this command, such as one that makes a "
            "container.",
        ),
    ] = "",
    visibility: Annotated[
        Literal["visible", "after_due_date", "after_published", "hidden"],
        typer.Option(help="When students see the tests, in Gradescope."),
    ] = "visible",
    minutes: Annotated[
        float,
        typer.Option(
            metavar="N", help="How long that system lets an autograder run, in minutes."
        ),
    ] = 10.0,
    further: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="REQUIREMENT",
            help="A package that is installed in addition, such as pandas; may be "
            "repeated. What the notebooks import is installed anyway.",
        ),
    ] = None,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Pack an assignment as an autograder for another system.

    The systems are Gradescope and Classroom 50.

    The archive holds the hidden tests: only instructors may read it. Exit status: 0 if
    all is well, 1 if a rehearsal wrote no results file, or one that the system refuses.
    """
    from grader.cli.screens import package as shown

    console = console_of()
    made = api.package(
        course_at(course),
        assignment,
        target,
        folder,
        visibility=visibility,
        minutes=minutes,
        further=tuple(further or ()),
    )
    shown.files(console, made)
    rehearsals = []
    if rehearse:
        with console.status("setting the package up"):
            for rehearsal in api.rehearse(made, rehearse, launcher):
                shown.rehearsal(console, rehearsal)
                rehearsals.append(rehearsal)
    report(json_file, shown.content(made, rehearsals))
    return SHORT if any(each.faults for each in rehearsals) else DONE
