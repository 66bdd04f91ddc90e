"""Commands for who takes a course: check."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Literal

import typer

from grader.cli.shell import (
    DONE,
    HERE,
    SHORT,
    CourseOption,
    JsonOption,
    app,
    console_of,
)
from grader.cli.shell import report as write_report


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, saved.")],
    sandbox: Annotated[
        Literal["bwrap", "none"],
        typer.Option(help="'none' runs it UNPROTECTED, as Jupyter does."),
    ] = "bwrap",
    course: CourseOption = HERE,
    json_file: JsonOption = None,
) -> int:
    """Say whether a notebook can be graded, and run its visible tests."""
    from grader.cli.screens import check as shown
    from grader.errors import SandboxError
    from grader.grading import self_check as checking

    console = console_of()
    found, content = checking.read(notebook, course)
    shown.say(console, f"Comparing with {found.where}; running all cells.")
    if sandbox == "none":
        console.print(shown.UNPROTECTED, style="bold white on red")
    try:
        with console.status("running"):
            report = checking.check(found, content, sandbox)
    except SandboxError as error:
        own = f"grader check {shlex.quote(str(notebook))} --sandbox none"
        raise SandboxError(
            f"{error}\nYour own notebook may do without: {own}"
        ) from None
    shown.show(console, report)
    write_report(json_file, shown.content(report))
    return DONE if report.complete else SHORT
