"""``grader doctor``: check that this machine can grade."""

from __future__ import annotations

from dataclasses import asdict

import typer

from grader.cli.shell import DONE, SHORT, JsonOption, app, console_of, report


@app.command()
def doctor(json_file: JsonOption = None) -> int:
    """Check that this machine can grade; say how to fix problems."""
    from grader import api
    from grader.cli.screens import doctor as shown

    findings = api.examine_machine()
    console_of().print(shown.table(findings))
    report(json_file, {"findings": [asdict(finding) for finding in findings]})
    missing = [finding for finding in findings if finding.state == "missing"]
    for finding in missing:
        typer.echo(f"missing: {finding.name}. To fix it: {finding.remedy}")
    return SHORT if missing else DONE
