"""Grade hostile submissions with nbgrader and with grader, and compare the harm.

::

    tests/contained .venv/bin/python -m benchmarks.hostile [--classes CLASS …]
        [--each N | --all] [--json FILE]

Held means: the submission earned exactly what its honest answers earn, showed nothing
of the hidden tests, changed nothing outside its own folder and ended within its limits,
and the honest submission after it was graded as usual.

nbgrader runs student code as the user who grades. For each submission it therefore gets
a class of its own in memory, a read-only disk, limits on processes, memory and time,
and no network. The benchmark refuses to start outside tests/contained.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import machine
from benchmarks.hostile import table
from benchmarks.hostile.bounds import GRADER, NBGRADER
from benchmarks.hostile.sample_class import ClassGrader, HostileOutcome
from tests.support import attacks


def main() -> int:
    """Grade all cases and print the table; return 1 if grader failed to hold one."""
    options = arguments()
    if refusal := refusal_reason():
        print(f"hostile: {refusal}", file=sys.stderr)
        return 2
    cases = [
        case
        for group in options.classes
        for case in selected_cases(
            attacks.cases(group), None if options.all else options.each
        )
    ]
    outcomes = list(grade_cases(cases))
    print(table.table(outcomes))
    print(f"\n{machine.conditions()}")
    if options.json:
        submissions = [asdict(outcome) for outcome in outcomes]
        report = {"conditions": machine.conditions(), "submissions": submissions}
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 0 if all(o.held for o in outcomes if o.way == GRADER) else 1


def grade_cases(cases: list[attacks.Case]) -> Iterator[HostileOutcome]:
    """Grade each case in both ways; stop at Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="hostile-", dir="/tmp") as folder:
        grader = ClassGrader(Path(folder))
        try:
            for number, case in enumerate(cases, start=1):
                for way in (NBGRADER, GRADER):
                    outcome = grader.grade(way, case)
                    progress = f"[{number}/{len(cases)}] {case.student}, {way}"
                    print(f"{progress}: {outcome}", file=sys.stderr, flush=True)
                    yield outcome
        except KeyboardInterrupt:
            print(
                "hostile: stopped; the table has the cases graded so far.",
                file=sys.stderr,
            )


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--classes",
        nargs="+",
        choices=attacks.CLASSES,
        default=attacks.CLASSES,
        metavar="CLASS",
        help=f"any of {', '.join(attacks.CLASSES)}; all by default",
    )
    parser.add_argument(
        "--each",
        type=int,
        default=3,
        metavar="N",
        help="submissions per class (default: 3)",
    )
    parser.add_argument("--all", action="store_true", help="grade every submission")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write all outcomes to this file"
    )
    return parser.parse_args()


def selected_cases(cases: list[attacks.Case], count: int | None) -> list[attacks.Case]:
    """Select the cases of a class to grade.

    Parameters
    ----------
    cases : list of Case
        All cases of the class.
    count : int or None
        How many to select; None for all. Cases that represent the class come first.

    Returns
    -------
    list of Case
        The selected cases.
    """
    if count is None:
        return cases
    return sorted(cases, key=lambda case: (not case.sample, case.name))[:count]


def refusal_reason() -> str:
    """Return why the benchmark must not run here; empty if it may."""
    interfaces = {name for _, name in socket.if_nameindex()}
    first = Path("/proc/1/cmdline").read_bytes()
    inside = os.environ.get("GRADER_CONTAINED") == "1" and interfaces == {"lo"}
    if not (inside and b"contained\0--inside" in first):
        return (
            "nbgrader runs hostile code without a jail, so this runs only in a "
            "container. Run: tests/contained .venv/bin/python -m benchmarks.hostile"
        )
    if os.geteuid() != 0:
        return "limiting nbgrader's disk and memory needs root: run this with sudo"
    return ""


if __name__ == "__main__":
    sys.exit(main())
