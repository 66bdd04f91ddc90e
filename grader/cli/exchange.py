"""Commands for what comes into a class and goes out of it: collect, report, export."""

from __future__ import annotations

from datetime import datetime
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
)
from grader.errors import UsageError
from grader.reports.export import EXPORTERS, TARGETS

DatabaseOption = Annotated[
    str | None,
    typer.Option("--db", help="SQLAlchemy URL; else gradebook.db in the class."),
]
# Typer makes the choices from a Literal, and mypy knows none that is computed.
if TYPE_CHECKING:
    Target = str
else:
    Target = Literal[TARGETS]
_FORMS = "; ".join(f"{each.name}: {each.title}" for each in EXPORTERS)
MOST_LISTED = 5
KEPT = "Each file was written whole or not at all. Run the same command again."


def _moment(text: str | None) -> datetime | None:
    """Read ISO 8601; without a zone it is this machine's time."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UsageError(
            f"--due {text!r} is no time; write it as 2026-01-31T23:59, and with "
            "+01:00 or Z after it if this machine is in another zone"
        ) from None


@app.command()
def collect(
    source: Annotated[
        Path, typer.Argument(help="A folder, a zip or tar, or one notebook.")
    ],
    class_folder: Annotated[
        Path, typer.Option("--class", help="The class folder; made if there is none.")
    ],
    assignment: Annotated[
        str | None,
        typer.Option("--assignment", "-a", help="What all of it is for; else by name."),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", help="CSV: id, name, email; kept for the next time."),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help="ISO 8601, to show who is late; else nbgrader's."),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option("--pattern", help="nbgrader's named_regexp for file names."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be collected.")
    ] = False,
    course: CourseOption = HERE,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Collect submissions from a folder, an archive or an LMS's download."""
    from grader.cli.screens import collect as shown
    from grader.cli.screens import grade
    from grader.collect import collect as collecting
    from grader.course.course import Course

    console = console_of()
    options = collecting.Options(
        assignment, roster, _moment(due), pattern, database, dry_run
    )
    found = Course.open(course)
    try:
        with shown.Live(console) as live:
            rows = collecting.collect(source, class_folder, found, options, live)
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    console.print(shown.table(rows, dry_run=dry_run))
    grade.say(console, shown.summary(rows))
    if not dry_run:
        grade.say(console, f"To grade: grader grade --class {class_folder}")
    report(
        json_file,
        {"totals": shown.totals(rows), "rows": [row.to_dict() for row in rows]},
    )
    return SHORT if any(row.falls_short for row in rows) else DONE


@app.command(name="report")
def class_report(
    class_folder: ClassOption,
    output: Annotated[
        Path | None, typer.Option("--output", help="The page; else CLASS/report.html.")
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write a page about the class: scores, hardest cells, what needs a look."""
    from grader.classroom.folder import Classroom
    from grader.classroom.grades import read
    from grader.cli.screens import grade
    from grader.cli.screens import report as shown
    from grader.collect import unmatched
    from grader.files import replace_file
    from grader.reports import class_report as reporting

    room = Classroom.open(class_folder)
    grades = read(room, database)
    found = reporting.of_grades(grades, unmatched.listed(room.root))
    page = reporting.page(found, room.root.name, datetime.now().astimezone())
    place = output or room.root / "report.html"
    replace_file(place, page)
    console = console_of()
    console.print(shown.table(found))
    shown.looks(console, found)
    grade.places(console, {"page": place})
    report(json_file, found.to_dict())
    return DONE


@app.command()
def export(
    class_folder: ClassOption,
    target: Annotated[Target, typer.Option("--to", help=f"{_FORMS}.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="Else a file in CLASS/export/.")
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--assignment", "-a", help="Only this; may be given again."),
    ] = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Write the grades in the form that an LMS or another program reads."""
    from grader.classroom.folder import Classroom
    from grader.classroom.grades import read
    from grader.cli.screens import grade
    from grader.reports import export as exporting

    room = Classroom.open(class_folder)
    grades = read(room, database)
    made = exporting.make(grades, target, assignments or ())
    name = exporting.file_name(target, assignments or ())
    place = output or room.root / "export" / name
    exporting.write(made, place)
    console = console_of()
    for each in made.left_out:
        grade.say(console, f"left out: {each}")
    if made.waiting:
        text = f"{len(made.waiting)} scores are not final: a person has points to give"
        more = " …" if len(made.waiting) > MOST_LISTED else ""
        listed = ", ".join(made.waiting[:MOST_LISTED])
        grade.say(console, f"{text}: {listed}{more}")
    grade.places(console, {target: place})
    lists = {"left out": made.left_out, "not final": made.waiting}
    report(json_file, {"file": str(place), **lists})
    return SHORT if made.left_out else DONE


__all__ = ["class_report", "collect", "export"]
