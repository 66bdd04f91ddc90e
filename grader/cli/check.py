"""``grader check``: check a notebook before it is submitted."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    SandboxLevel,
    app,
    console_of,
    report,
)
from grader.errors import SandboxError


@app.command()
def check(
    notebook: Annotated[
        Path, typer.Argument(metavar="FILE", help="Your saved notebook.")
    ],
    sandbox: Annotated[
        SandboxLevel,
        typer.Option(
            help="The weakest sandbox that is good enough for your code. 'none' runs "
            "it UNPROTECTED, as Jupyter does."
        ),
    ] = "auto",
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Check a notebook before you submit it, with its visible tests.

    Compares the notebook with the student copy it was made from, runs all cells as
    grading would, and lists the state of each question. Nothing is submitted, and
    your file is not changed.
    """
    from grader import api
    from grader.cli.screens import check as shown

    console = console_of()
    released, content = api.find_released(notebook, course)
    shown.say(console, f"Comparing with {released.where}; running all cells.")
    if sandbox == "none":
        console.print(shown.UNPROTECTED, style="bold white on red")
    try:
        with console.status("running all cells"):
            result = api.check_notebook(released, content, sandbox)
    except SandboxError as error:
        command = f"grader check {shlex.quote(str(notebook))} --sandbox none"
        raise SandboxError(
            f"{error}\nTo run your own notebook without a sandbox: {command}"
        ) from None
    shown.show(console, result)
    report(json_file, shown.content(result))
    return DONE if result.complete else SHORT
