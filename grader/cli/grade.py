"""``grader grade``: grade a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    AssignmentsArgument,
    ClassOption,
    CourseOption,
    DatabaseOption,
    JsonOption,
    SandboxOption,
    TrustOption,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
    results_json,
)

if TYPE_CHECKING:
    from rich.console import Console

    from grader import Classroom

KEPT = "Finished grades are kept. Run the same command again to continue."


@app.command()
def grade(
    class_folder: ClassOption,
    assignments: AssignmentsArgument = None,
    course: CourseOption = None,
    student: Annotated[
        str | None,
        typer.Option("--student", metavar="NAME", help="Grade only this student."),
    ] = None,
    workers: WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of a Dask scheduler: its address, such as "
            "tcp://HOST:8786, or its scheduler file.",
        ),
    ] = None,
    sandbox: SandboxOption = "auto",
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Seed for the random inputs of hidden tests. [default: a random seed]",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again even if nothing changed.")
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Grade nothing if anything is wrong with the course, such as a test "
            "that its own solution fails.",
        ),
    ] = False,
    trust: TrustOption = "in-kernel",
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Grade a class, with each submission in its own sandbox.

    A cell of the course that cannot be graded stops nothing: it waits for a person and
    is named at the end, and the exit status is 1. Submissions that have not changed
    since they were graded are skipped. Ctrl-C loses no finished grade; run the same
    command again to continue.
    """
    import grader
    from grader import api
    from grader.cli.screens import grade as screen
    from grader.cli.screens import printing
    from grader.cli.screens.scores import scores

    console = console_of()
    classroom = grader.Classroom.open(class_folder)
    graded_course = course_at(course)
    screen.warn_unprotected(console, sandbox)
    try:
        with screen.Live(console) as live:
            results = grader.grade(
                classroom,
                graded_course,
                assignments or (),
                student,
                live,
                workers=workers,
                seed=seed,
                force=force,
                database=database,
                sandbox=sandbox,
                scheduler=scheduler,
                strict=strict,
                trust=trust,
            )
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    problems = [*live.problems, *api.course_problems(results)]
    counted = api.with_points_by_hand(classroom, results, database)
    console.print(scores(counted, "Scores"))
    screen.course_problems(console, problems)
    _print_files(console, classroom, database)
    printing.say(console, f"Next: grader feedback --class {class_folder}")
    course_report = [{"assignment": name, "text": text} for name, text in problems]
    report(json_file, results_json(results) | {"course": course_report})
    failed = [result for result in results if result.grader_failed]
    if failed:
        printing.say(console, screen.grader_faults(failed))
    return SHORT if failed or problems else DONE


def _print_files(console: Console, classroom: Classroom, database: str | None) -> None:
    from grader.cli.screens import printing

    files = {"results": classroom.results}
    if database is None:
        files = {"gradebook": classroom.gradebook} | files
    printing.places(console, files)
