"""What all commands share: the application, options, exit statuses, reports."""

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
)

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        help="The course folder: solutions/ or source/ is in it.",
        show_default="the current folder, or the nearest above it",
    ),
]
ClassOption = Annotated[
    Path, typer.Option("--class", help="The class folder: submitted/ is in it.")
]
NotebooksArgument = Annotated[
    list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="How many at a time; one for each core."),
]
SandboxOption = Annotated[
    Literal["bwrap", "none"],
    typer.Option(help="'none' runs student code UNPROTECTED, as yourself."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--db", help="SQLAlchemy URL; else gradebook.db in the class."),
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", help="Write the report to this file as JSON.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Declare the options that may stand before a command."""


def course_at(folder: Path | None) -> Course:
    """Open the course that ``--course`` names, else the one we are in."""
    import grader

    return grader.Course.find() if folder is None else grader.Course.open(folder)


def console_of() -> Console:
    """Return the console that people look at."""
    from rich.console import Console

    return Console()


def rows(results: Iterable[Result]) -> dict[str, Any]:
    """Return results as ``--json`` reports them."""
    return {"results": [json.loads(result.to_json()) for result in results]}


def report(path: Path | None, content: dict[str, Any]) -> None:
    """Write what is reported, where ``--json`` asks for it.

    Parameters
    ----------
    path
        The file; nothing is written if None.
    content
        What is reported. Keys are in snake_case.

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
            raise UsageError(f"--json {path}: {error.strerror}") from None
