"""``grader doctor``: check that this machine can grade."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.shell import DONE, SHORT, JsonOption, app, console_of, course_at, report


@app.command()
def doctor(
    course: Annotated[
        Path | None,
        typer.Option(
            "--course",
            metavar="FOLDER",
            help="Also grade the solutions of this course, and say for each test how "
            "far it can be trusted.",
        ),
    ] = None,
    json_file: JsonOption = None,
) -> int:
    """Check that this machine can grade; say how to fix problems."""
    from grader import api
    from grader.cli.screens import doctor as shown

    findings = api.examine_machine()
    console_of().print(shown.table(findings))
    content = {"findings": [asdict(finding) for finding in findings]}
    unusable: tuple[str, ...] = ()
    if course is not None:
        trusts, unusable = api.examine_course(course_at(course))
        console_of().print(shown.trusts(trusts))
        content["trusts"] = [asdict(each) for each in trusts]
        content["unusable"] = [{"why": reason} for reason in unusable]
    report(json_file, content)
    missing = [finding for finding in findings if finding.state == "missing"]
    for finding in missing:
        typer.echo(f"missing: {finding.name}. To fix it: {finding.remedy}")
    for reason in unusable:
        typer.echo(f"not usable: {reason}")
    if missing:
        return SHORT
    typer.echo("This machine can grade. Rows with – are needed only for some uses.")
    return SHORT if unusable else DONE
