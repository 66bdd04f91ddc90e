"""``grader check``: for students, before they submit."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Literal

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    app,
    console_of,
    report,
)
from grader.errors import SandboxError


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, saved.")],
    sandbox: Annotated[
        Literal["bwrap", "none"],
        typer.Option(help="'none' runs it UNPROTECTED, as Jupyter does."),
    ] = "bwrap",
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Say whether a notebook can be graded, and run its visible tests."""
    from grader import api
    from grader.cli.screens import check as shown

    console = console_of()
    released, content = api.find_released(notebook, course)
    shown.say(console, f"Comparing with {released.where}; running all cells.")
    if sandbox == "none":
        console.print(shown.UNPROTECTED, style="bold white on red")
    try:
        with console.status("running"):
            found = api.check_notebook(released, content, sandbox)
    except SandboxError as error:
        own = f"grader check {shlex.quote(str(notebook))} --sandbox none"
        raise SandboxError(
            f"{error}\nYour own notebook may do without: {own}"
        ) from None
    shown.show(console, found)
    report(json_file, shown.content(found))
    return DONE if found.complete else SHORT
