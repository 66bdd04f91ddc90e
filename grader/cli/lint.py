"""``grader lint``: check the form of the source notebooks."""

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
    """Hold the source notebooks to the course's anatomy, budgets and form."""
    from grader import api

    found = api.lint(course_at(course), notebooks or ())
    for finding in found:
        typer.echo(str(finding))
    if not found:
        typer.echo(f"No problems found ({len(api.lint_rules())} rules checked).")
    report(json_file, {"findings": [asdict(finding) for finding in found]})
    return SHORT if found else DONE
