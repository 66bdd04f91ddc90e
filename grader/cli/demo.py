"""``grader demo``: make a sample class and grade it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
    results_json,
)


@app.command()
def demo(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ASSIGNMENT",
            help="Names of assignments. [default: those the course names, or all]",
        ),
    ] = None,
    class_folder: Annotated[
        Path | None,
        typer.Option(
            "--class",
            metavar="FOLDER",
            help="Folder for the sample class. [default: a new temporary folder]",
        ),
    ] = None,
    course: CourseOption = None,
    workers: WorkersOption = None,
    json_file: JsonOption = None,
) -> int:
    """Make a sample class with right and hostile work, and grade it.

    Then checks that each submission earned what it must.
    """
    from grader import api
    from grader.cli.screens import demo as shown
    from grader.cli.screens import grade as screen
    from grader.cli.screens import printing
    from grader.cli.screens.scores import ScoreTable

    console = console_of()
    sample = api.make_sample_class(course_at(course), class_folder, assignments or ())
    console.print(shown.introduction(sample.submissions))
    with screen.Live(console) as live:
        results = sample.grade(workers, live)
    pages = sample.write_feedback()
    console.print(ScoreTable(tuple(results), "The sample class"))
    broken = sample.broken_promises(results)
    shown.verdict(console, broken)
    printing.places(
        console,
        {
            "gradebook": sample.classroom.gradebook,
            "results": sample.classroom.results,
            "feedback": pages[0].parent.parent.parent,
            "first page": pages[0],
        },
    )
    report(json_file, results_json(results) | {"broken_promises": broken})
    return SHORT if broken else DONE
