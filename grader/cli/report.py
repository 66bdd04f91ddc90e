"""``grader report``: write a page about a class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    ClassOption,
    DatabaseOption,
    JsonOption,
    app,
    console_of,
)
from grader.cli.shell import report as write_report


@app.command()
def report(
    class_folder: ClassOption,
    output: Annotated[
        Path | None, typer.Option("--output", help="The page; else CLASS/report.html.")
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write a page about the class: scores, hardest cells, what needs a look."""
    from grader import Classroom, api
    from grader.cli.screens import grade
    from grader.cli.screens import report as shown

    classroom = Classroom.open(class_folder)
    found, page = api.report_class(classroom, output, database=database)
    console = console_of()
    console.print(shown.table(found))
    shown.looks(console, found)
    grade.places(console, {"page": page})
    write_report(json_file, found.to_dict())
    return DONE
