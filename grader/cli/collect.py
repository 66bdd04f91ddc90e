"""``grader collect``: put submissions into a class folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    DatabaseOption,
    JsonOption,
    app,
    console_of,
    course_at,
    report,
)
from grader.errors import UsageError

SHORT_OF = "Rows with ✗ are not in the class: correct what they say, and collect again."
KEPT = "No file is incomplete. Run the same command again to collect the rest."


def _due_date(text: str | None) -> datetime | None:
    """Parse an ISO 8601 date; without a time zone it is in this machine's."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UsageError(
            f"--due {text!r} is not a valid date and time; use the form "
            "2026-01-31T23:59, followed by +01:00 or Z if it is not in this machine's "
            "time zone"
        ) from None


@app.command()
def collect(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE", help="A folder, a zip or tar archive, or one notebook."
        ),
    ],
    class_folder: Annotated[
        Path,
        typer.Option(
            "--class",
            envvar="GRADER_CLASS",
            show_envvar=False,
            metavar="FOLDER",
            help="Class folder; created if it does not exist.",
        ),
    ],
    assignment: Annotated[
        str | None,
        typer.Option(
            "--assignment",
            "-a",
            metavar="NAME",
            help="Assignment that all files belong to. "
            "[default: found out for each file]",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            metavar="FILE",
            help="CSV file with the columns id, name and email. It is copied into the "
            "class folder and used again the next time.",
        ),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(
            "--due",
            metavar="DATE",
            help="Due date in ISO 8601, such as 2026-01-31T23:59; later submissions "
            "are late. It is kept in the gradebook for the assignments that are "
            "collected. [default: the due dates in the gradebook]",
        ),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(
            "--pattern",
            metavar="REGEX",
            help="Regular expression for file names with named groups, as nbgrader's "
            "named_regexp.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would be collected; write nothing."),
    ] = False,
    course: CourseOption = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Put submissions from a folder or an LMS download into a class.

    Finds the student and the assignment of each file. Files without either are kept
    in unmatched/ of the class folder.
    """
    from grader import api
    from grader.cli.screens import collect as shown
    from grader.cli.screens import printing

    console = console_of()
    due_date = _due_date(due)
    source_course = course_at(course)
    try:
        with shown.Live(console) as live:
            rows = api.collect(
                source,
                class_folder,
                source_course,
                live,
                assignment=assignment,
                roster=roster,
                due=due_date,
                pattern=pattern,
                database=database,
                dry_run=dry_run,
            )
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    console.print(shown.table(rows, dry_run=dry_run))
    printing.say(console, shown.summary(rows))
    shown.due_dates(console, live.due_dates)
    if any(row.falls_short for row in rows):
        printing.say(console, SHORT_OF)
    if not dry_run:
        printing.say(console, f"Next: grader grade --class {class_folder}")
    report(
        json_file,
        {"totals": shown.totals(rows), "rows": [row.to_dict() for row in rows]},
    )
    return SHORT if any(row.falls_short for row in rows) else DONE
