"""``grader grade``: grade a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    ClassOption,
    CourseOption,
    DatabaseOption,
    JsonOption,
    SandboxOption,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
    rows,
)

if TYPE_CHECKING:
    from rich.console import Console

    from grader import Classroom

KEPT = "What was graded is kept. Run the same command again to go on from there."


@app.command()
def grade(
    class_folder: ClassOption,
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Names; all that were submitted if none.")
    ] = None,
    course: CourseOption = None,
    student: Annotated[
        str | None, typer.Option("--student", help="Grade this student only.")
    ] = None,
    workers: WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of this Dask scheduler: tcp://HOST:8786, or "
            "its scheduler file.",
        ),
    ] = None,
    sandbox: SandboxOption = "bwrap",
    seed: Annotated[
        int | None,
        typer.Option(help="What hidden tests draw from; repeats an earlier run."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Regrade submissions even if unchanged.")
    ] = False,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Grade what was submitted, each submission in a jail of its own."""
    import grader
    from grader.cli.screens import grade as screen

    console = console_of()
    classroom = grader.Classroom.open(class_folder)
    found = course_at(course)
    screen.warn_unprotected(console, sandbox)
    try:
        with screen.Live(console) as live:
            results = grader.grade(
                classroom,
                found,
                assignments or (),
                student,
                live,
                workers=workers,
                seed=seed,
                force=force,
                database=database,
                sandbox=sandbox,
                scheduler=scheduler,
            )
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    console.print(screen.scores(results, "Scores"))
    _say_where(console, classroom, database)
    screen.say(console, f"Pages for students: grader feedback --class {class_folder}")
    report(json_file, rows(results))
    failed = [result for result in results if result.grader_failed]
    if failed:
        screen.say(console, screen.grader_faults(failed))
    return SHORT if failed else DONE


def _say_where(console: Console, classroom: Classroom, database: str | None) -> None:
    from grader.cli.screens import grade as screen

    where = {"results": classroom.results}
    if database is None:
        where = {"gradebook": classroom.gradebook} | where
    screen.places(console, where)
