"""What this machine has: doctor."""

from __future__ import annotations

import typer

from grader.cli.shell import DONE, SHORT, JsonOption, app, console_of, report


@app.command()
def doctor(json_file: JsonOption = None) -> int:
    """Say what this machine has, and how to get what is missing."""
    from grader.cli import doctor as examination

    findings = examination.examine()
    console_of().print(examination.table(findings))
    report(json_file, {f.name: [f.state, f.found, f.remedy] for f in findings})
    missing = [f for f in findings if f.state == "missing"]
    for each in missing:
        typer.echo(f"missing: {each.name}. To mend it: {each.remedy}")
    return SHORT if missing else DONE
