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
# Typer makes the choices from a Literal, and mypy knows none that is computed.
if TYPE_CHECKING:
    Target = str
else:
    Target = Literal[tuple(_TARGETS)]
_FORMS = "; ".join(f"{name}: {title}" for name, title in _TARGETS.items())
MOST_LISTED = 5


@app.command()
def export(
    class_folder: ClassOption,
    target: Annotated[Target, typer.Option("--to", help=f"{_FORMS}.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="Else a file in CLASS/export/.")
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--assignment", "-a", help="Only this; may be given again."),
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write the grades in the form that an LMS or another program reads."""
    from grader import Classroom
    from grader.cli.screens import grade

    made = api.export(
        Classroom.open(class_folder),
        target,
        output,
        assignments=assignments or (),
        database=database,
    )
    console = console_of()
    for each in made.left_out:
        grade.say(console, f"left out: {each}")
    if made.waiting:
        text = f"{len(made.waiting)} scores are not final: a person has points to give"
        more = " …" if len(made.waiting) > MOST_LISTED else ""
        listed = ", ".join(made.waiting[:MOST_LISTED])
        grade.say(console, f"{text}: {listed}{more}")
    assert made.path is not None
    grade.places(console, {target: made.path})
    lists = {"left_out": made.left_out, "not_final": made.waiting}
    report(json_file, {"file": str(made.path), **lists})
    return SHORT if made.left_out else DONE
