"""``grader doctor``: say what this machine has."""

from __future__ import annotations

from dataclasses import asdict

import typer

from grader.cli.shell import DONE, SHORT, JsonOption, app, console_of, report


@app.command()
def doctor(json_file: JsonOption = None) -> int:
    """Say what this machine has, and how to get what is missing."""
    from grader import api
    from grader.cli.screens import doctor as shown

    findings = api.examine_machine()
    console_of().print(shown.table(findings))
    report(json_file, {"findings": [asdict(finding) for finding in findings]})
    missing = [finding for finding in findings if finding.state == "missing"]
    for each in missing:
        typer.echo(f"missing: {each.name}. To mend it: {each.remedy}")
    return SHORT if missing else DONE
