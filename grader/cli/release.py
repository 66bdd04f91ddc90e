"""``grader release``: make the student copies of notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    NotebooksArgument,
    app,
    course_at,
    report,
)
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader import Course

UP_TO_DATE = "All student copies are up to date."


@app.command()
def release(
    notebooks: NotebooksArgument = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Write nothing; show stale copies and exit with status 1 if there "
            "are any.",
        ),
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Also keep the copies in releases/, to recognise later which copy a "
            "submission was made from. Use it when you hand out copies.",
        ),
    ] = False,
    address: Annotated[
        bool,
        typer.Option(
            "--address",
            help="First write the published address from pyproject.toml into the "
            "source notebooks.",
        ),
    ] = False,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Make the student copies in lessons/ and labs/ from solutions/."""
    if check and (keep or address):
        other = "--keep" if keep else "--address"
        raise UsageError(
            f"--check and {other} cannot be combined: --check writes nothing"
        )
    released_course, names = course_at(course), notebooks or ()
    return (
        _check(released_course, names, json_file)
        if check
        else _write(released_course, names, json_file, keep=keep, address=address)
    )


def _check(course: Course, names: Sequence[str], json_file: Path | None) -> int:
    from grader import api

    stale = api.stale_copies(course, names)
    for path, diff in stale:
        typer.echo(f"stale: {path}\n{diff}")
    typer.echo("To update them: grader release" if stale else UP_TO_DATE)
    rows = [{"path": str(path), "diff": diff} for path, diff in stale]
    report(json_file, {"stale": rows})
    return SHORT if stale else DONE


def _write(
    course: Course,
    names: Sequence[str],
    json_file: Path | None,
    *,
    keep: bool,
    address: bool,
) -> int:
    from grader import api

    sources = api.write_address(course, names) if address else []
    written = [*sources, *api.release(course, names)]
    kept = api.keep_copies(course, names) if keep else []
    for path in (*written, *kept):
        typer.echo(f"wrote {path}")
    if not written:
        typer.echo(UP_TO_DATE)
    paths = {"written": written, "kept": kept}
    report(json_file, {key: list(map(str, files)) for key, files in paths.items()})
    return DONE
