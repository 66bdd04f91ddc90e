"""What all commands share: the application, options, exit statuses, JSON reports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from grader import __version__
from grader.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from grader import Course, Result

DONE, SHORT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="grader",
    no_args_is_help=True,
    add_completion=False,
    # Rich would double the time that --help takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A Jupyter autograder for hostile code and mangled notebooks.",
    epilog="To begin: 'grader new my-course' makes a small course with a class to "
    "grade. 'grader COMMAND --help' describes a command.",
)

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="FOLDER",
        help="Course folder, which contains solutions/ or source/. "
        "[default: the current folder, or the nearest course folder above it]",
    ),
]
ClassOption = Annotated[
    Path,
    typer.Option(
        "--class",
        metavar="FOLDER",
        envvar="GRADER_CLASS",
        show_envvar=False,
        help="Class folder, which contains submitted/. The environment variable "
        "GRADER_CLASS can name it instead.",
    ),
]
NotebooksArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NOTEBOOK",
        help="Names of notebooks, such as 02_convolutions. [default: all notebooks]",
    ),
]
AssignmentsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ASSIGNMENT",
        help="Names of assignments. [default: all that were submitted]",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Number of worker processes. [default: one for each core]",
    ),
]
SandboxLevel = Literal["auto", "bwrap", "confined", "none"]
SandboxOption = Annotated[
    SandboxLevel,
    typer.Option(
        help="The weakest sandbox that is good enough for student code; the strongest "
        "that this machine supports is taken. 'none' runs it UNPROTECTED, as your user."
    ),
]
TrustOption = Annotated[
    Literal["examiner", "both", "in-kernel"],
    typer.Option(
        help="The least trust that a test must have. 'examiner': it never meets "
        "student code; 'both': it is judged there and in the student's kernel; "
        "'in-kernel': only in that kernel. A person grades the tests with less."
    ),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="SQLAlchemy URL of the gradebook. "
        "[default: gradebook.db in the class folder]",
    ),
]
JsonOption = Annotated[
    Path | None,
    typer.Option(
        "--json", metavar="FILE", help="Also write the results to FILE as JSON."
    ),
]


def _show_version(requested: bool) -> None:
    if requested:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Declare the options that come before a command."""


def course_at(folder: Path | None) -> Course:
    """Open the course folder that ``--course`` names.

    Without it, open the current folder or the nearest course folder above it.
    """
    import grader

    return grader.Course.find() if folder is None else grader.Course.open(folder)


def console_of() -> Console:
    """Return a console for standard output."""
    from rich.console import Console

    return Console()


def results_json(results: Iterable[Result]) -> dict[str, Any]:
    """Return what ``--json`` writes about results."""
    return {"results": [json.loads(result.to_json()) for result in results]}


def report(path: Path | None, content: dict[str, Any]) -> None:
    """Write the JSON report of a command to the file that ``--json`` names.

    Parameters
    ----------
    path
        The file; if None, nothing is written.
    content
        The report. Its keys are in snake_case.

    Raises
    ------
    UsageError
        The file cannot be written.
    """
    if path is not None:
        text = json.dumps(content, indent=2, ensure_ascii=False)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"--json {path}: cannot be written: {error.strerror}"
            ) from None
