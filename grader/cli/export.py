"""``grader export``: write grades for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader import api
from grader.cli.shell import (
    DONE,
    SHORT,
    ClassOption,
    DatabaseOption,
    JsonOption,
    app,
    console_of,
    report,
)

_TARGETS = api.export_targets()
# Typer derives the choices from a Literal; mypy does not accept a computed one.
if TYPE_CHECKING:
    Target = str
else:
    Target = Literal[tuple(_TARGETS)]
_DESCRIPTIONS = "; ".join(f"{name}: {title}" for name, title in _TARGETS.items())
MAX_LISTED = 5


@app.command()
def export(
    class_folder: ClassOption,
    target: Annotated[Target, typer.Option("--to", help=f"Format. {_DESCRIPTIONS}.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="File to write. [default: a file in export/ in the class folder]",
        ),
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--assignment",
            "-a",
            metavar="NAME",
            help="Export only this assignment; may be repeated. "
            "[default: all assignments]",
        ),
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write the grades to a file for an LMS or another program."""
    from grader import Classroom
    from grader.cli.screens import printing

    exported = api.export(
        Classroom.open(class_folder),
        target,
        output,
        assignments=assignments or (),
        database=database,
    )
    console = console_of()
    for student in exported.left_out:
        printing.say(console, f"left out: {student}")
    if exported.waiting:
        count = len(exported.waiting)
        scores = "1 score is" if count == 1 else f"{count} scores are"
        more = " …" if count > MAX_LISTED else ""
        listed = ", ".join(exported.waiting[:MAX_LISTED])
        printing.say(
            console,
            f"{scores} not final, because answers wait for grading by hand: "
            f"{listed}{more}",
        )
    assert exported.path is not None
    printing.places(console, {target: exported.path})
    lists = {"left_out": exported.left_out, "not_final": exported.waiting}
    report(json_file, {"file": str(exported.path), **lists})
    return SHORT if exported.left_out else DONE
