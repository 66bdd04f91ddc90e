"""Commands for who grades a class: grade, feedback, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.shell import (
    DONE,
    HERE,
    SHORT,
    ClassOption,
    CourseOption,
    JsonOption,
    app,
    console_of,
    report,
    rows,
)

if TYPE_CHECKING:
    from rich.console import Console

    from grader.classroom.folder import Classroom

KEPT = "What was graded is kept. Run the same command again to go on from there."


@app.command()
def grade(
    class_folder: ClassOption,
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Names; all that were handed in if none.")
    ] = None,
    course: CourseOption = HERE,
    student: Annotated[
        str | None, typer.Option("--student", help="Grade this student only.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one a core.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of this Dask scheduler: tcp://HOST:8786, or "
            "its scheduler file.",
        ),
    ] = None,
    sandbox: Annotated[
        Literal["bwrap", "none"],
        typer.Option(help="'none' runs student code UNPROTECTED, as yourself."),
    ] = "bwrap",
    seed: Annotated[
        int | None, typer.Option(help="What hidden tests draw from; repeats a run.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade what is unchanged, too.")
    ] = False,
    database: Annotated[
        str | None,
        typer.Option("--db", help="SQLAlchemy URL; else gradebook.db in the class."),
    ] = None,
    json_file: JsonOption = None,
) -> int:
    """Grade what was handed in, each hand-in in a jail of its own."""
    from grader.batch import plan, run
    from grader.classroom.folder import Classroom
    from grader.cli.screens import grade as screen
    from grader.course.course import Course

    console = console_of()
    room = Classroom.open(class_folder)
    planned = plan.plan(Course.open(course), room, assignments or (), student)
    screen.passed_over(console, planned.ignored)
    settings = run.Options(
        workers,
        seed,
        force,
        database=database,
        sandbox=sandbox,
        scheduler=scheduler,
    )
    screen.warn_unprotected(console, sandbox)
    try:
        with screen.Live(console) as live:
            results = run.run(room, planned, settings, live)
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    console.print(screen.scores(list(results.values()), "Scores"))
    _say_where(console, room, database)
    screen.say(console, f"Pages for students: grader feedback --class {class_folder}")
    report(json_file, rows(results))
    failed = [result for result in results.values() if result.grader_failed]
    if failed:
        screen.say(console, screen.grader_faults(failed))
    return SHORT if failed else DONE


def _say_where(console: Console, room: Classroom, database: str | None) -> None:
    from grader.cli.screens import grade as screen

    where = {"results": room.results}
    if database is None:
        where = {"gradebook": room.gradebook} | where
    screen.places(console, where)


@app.command()
def feedback(class_folder: ClassOption, course: CourseOption = HERE) -> int:
    """Write a page for each hand-in that was graded."""
    from grader.classroom.folder import Classroom
    from grader.course.course import Course
    from grader.reports import feedback as pages_of

    room = Classroom.open(class_folder)
    pages = pages_of.write_feedback(Course.open(course), room)
    if not pages:
        typer.echo(f"No results yet: grader grade --class {class_folder}")
        return SHORT
    typer.echo(f"{len(pages)} pages in {room.root / 'feedback'}")
    return DONE


@app.command()
def demo(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="A lesson and the lab by default.")
    ] = None,
    class_folder: Annotated[
        Path | None,
        typer.Option("--class", help="Where to make the class; a new folder if none."),
    ] = None,
    course: CourseOption = HERE,
    workers: Annotated[int | None, typer.Option("--workers", min=1)] = None,
    json_file: JsonOption = None,
) -> int:
    """Make a sample class, good and bad, and grade it end to end."""
    from grader.cli import demo as sample
    from grader.cli.screens import grade as screen
    from grader.course.course import Course

    console = console_of()
    chosen = assignments or ()
    room, expected = sample.make_class(Course.open(course), class_folder, chosen)
    console.print(sample.introduction(expected))
    with screen.Live(console) as live:
        results, pages = sample.grade_class(Course.open(course), room, workers, live)
    console.print(screen.score_table(results.values(), "The sample class"))
    broken = sample.broken_promises(expected, results, room)
    for promise in broken:
        screen.say(console, f"{screen.NONE} {promise}")
    if not broken:
        console.print(f"{screen.FULL} {sample.PROMISES}")
    screen.places(
        console,
        {
            "gradebook": room.gradebook,
            "results": room.results,
            "feedback": pages[0].parent.parent.parent,
            "first page": pages[0],
        },
    )
    report(json_file, rows(results) | {"broken promises": broken})
    return SHORT if broken else DONE
