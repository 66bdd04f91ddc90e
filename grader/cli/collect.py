"""``grader collect``: fill a class folder."""

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

KEPT = "Each file was written whole or not at all. Run the same command again."


def _moment(text: str | None) -> datetime | None:
    """Read ISO 8601; without a zone it is this machine's time."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UsageError(
            f"--due {text!r} is not a valid date and time; write it as "
            "2026-01-31T23:59, and with +01:00 or Z after it if this machine is in "
            "another zone"
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
    course: CourseOption = None,
    database: DatabaseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Collect submissions from a folder, an archive or an LMS's download."""
    from grader import api
    from grader.cli.screens import collect as shown
    from grader.cli.screens import grade

    console = console_of()
    moment = _moment(due)
    found = course_at(course)
    try:
        with shown.Live(console) as live:
            rows = api.collect(
                source,
                class_folder,
                found,
                live,
                assignment=assignment,
                roster=roster,
                due=moment,
                pattern=pattern,
                database=database,
                dry_run=dry_run,
            )
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
