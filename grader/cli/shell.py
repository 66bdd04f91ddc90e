"""What all commands share: the application, options, exit statuses, reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader import __version__
from grader.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.records import Result

DONE, SHORT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
HERE = Path(__file__).parent.parent.parent

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
    Path,
    typer.Option(
        "--course",
        help="The course folder: solutions/ or source/ is in it.",
        show_default="this repository",
    ),
]
ClassOption = Annotated[
    Path, typer.Option("--class", help="The class folder: submitted/ is in it.")
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", help="Write what is reported here, as JSON.")
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
            "--version", callback=_version, is_eager=True, help="Say which this is."
        ),
    ] = False,
) -> None:
    """Nothing of its own: the options before a command."""


def console_of() -> Console:
    """Return the console that people look at."""
    from rich.console import Console

    return Console()


def rows(results: dict[tuple[str, str], Result]) -> dict[str, Any]:
    """Return results as ``--json`` reports them."""
    return {"results": [json.loads(result.to_json()) for result in results.values()]}


def report(path: Path | None, content: dict[str, Any]) -> None:
    """Write what is reported, where ``--json`` asks for it."""
    if path is not None:
        text = json.dumps(content, indent=2, ensure_ascii=False)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--json {path}: {error.strerror}") from None
