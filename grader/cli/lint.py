"""``grader lint``: check source notebooks against the course's rules."""

from __future__ import annotations

from dataclasses import asdict

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


@app.command()
def lint(
    notebooks: NotebooksArgument = None,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Check source notebooks for problems of structure and style.

    Exits with status 1 if there are any.
    """
    from grader import api

    findings = api.lint(course_at(course), notebooks or ())
    for finding in findings:
        typer.echo(str(finding))
    if not findings:
        typer.echo(f"No problems found ({len(api.lint_rules())} rules checked).")
    report(json_file, {"findings": [asdict(finding) for finding in findings]})
    return SHORT if findings else DONE
