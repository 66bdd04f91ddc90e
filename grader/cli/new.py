"""``grader new``: begin a course, or an exercise in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    CourseOption,
    JsonOption,
    app,
    course_at,
    report,
)
from grader.errors import UsageError


@app.command()
def new(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|NOTEBOOK",
            help="Folder of the new course, which must not exist; with --exercise, "
            "the name of a notebook.",
        ),
    ],
    exercise: Annotated[
        str | None,
        typer.Option(
            "--exercise",
            metavar="NAME",
            help="Add an exercise to the notebook: prompt, answer, test and wrong "
            "answers, which you rewrite. NAME is a name such as blur-image.",
        ),
    ] = None,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Begin a small course, or an exercise in a notebook.

    The course has a lesson, a lab, wrong answers, checks for GitHub and a sample class.
    """
    from grader import api

    if exercise is not None:
        notebook = Path(place).stem
        written = api.new_exercise(course_at(course), notebook, exercise)
        shown = [str(path) for path in written]
        then = f"Rewrite both. Then: grader release, grader verify {notebook}"
    elif course is not None:
        raise UsageError(
            "--course is for --exercise only; leave it out to begin a new course"
        )
    else:
        written = api.new_course(Path(place))
        shown = [f"{place}: {len(written)} files"]
        then = f"Begin with {Path(place) / 'README.md'}."
    for line in shown:
        typer.echo(f"wrote {line}")
    typer.echo(then)
    report(json_file, {"written": list(map(str, written))})
    return DONE
