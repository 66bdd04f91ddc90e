"""``grader verify``: check that tests catch wrong answers."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    NotebooksArgument,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
)


@app.command()
def verify(
    notebooks: NotebooksArgument = None,
    generated: Annotated[
        bool,
        typer.Option(
            "--generated", help="Also generate wrong answers from the solutions."
        ),
    ] = False,
    exercises: Annotated[
        list[str] | None,
        typer.Option(
            "--exercise",
            "-e",
            metavar="NAME",
            help="Try only the wrong answers to this exercise, named by the grade_id "
            "of its answer cell; may be repeated. [default: all exercises]",
        ),
    ] = None,
    seeds: Annotated[
        int,
        typer.Option(
            "--seeds",
            metavar="N",
            min=1,
            help="Number of random seeds to run hidden tests with.",
        ),
    ] = 3,
    course: CourseOption = None,
    workers: WorkersOption = None,
    json_file: JsonOption = None,
) -> int:
    """Check that tests pass solutions and catch wrong answers.

    Also checks that the student copies contain no solution and no hidden test.
    """
    import grader
    from grader.cli.screens import verify as shown

    console = console_of()
    with shown.Live(console) as live:
        proofs = grader.verify(
            course_at(course),
            notebooks or (),
            exercises=exercises or (),
            generated=generated,
            seeds=seeds,
            workers=workers,
            watcher=live,
        )
    console.print(shown.table(proofs))
    shown.gaps(console, proofs)
    report(json_file, {"proofs": [proof.to_dict() for proof in proofs]})
    return SHORT if any(proof.shortfalls for proof in proofs) else DONE
