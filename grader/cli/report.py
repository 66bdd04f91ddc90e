"""``grader report``: write a report about a class."""

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
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="HTML file to write. [default: report.html in the class folder]",
        ),
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write a report: scores, hard cells, late work, what to review."""
    from grader import Classroom, api
    from grader.cli.screens import printing
    from grader.cli.screens import report as shown

    classroom = Classroom.open(class_folder)
    class_report, page = api.report_class(classroom, output, database=database)
    console = console_of()
    console.print(shown.table(class_report))
    shown.hardest(console, class_report)
    shown.late(console, class_report)
    shown.looks(console, class_report)
    printing.places(console, {"page": page})
    printing.say(console, f"Next: grader export --class {class_folder} --to csv")
    write_report(json_file, class_report.to_dict())
    return DONE
