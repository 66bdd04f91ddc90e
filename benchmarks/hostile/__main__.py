"""Grade hostile submissions with nbgrader and with grader; print which were held.

::

    tests/contained .venv/bin/python -m benchmarks.hostile [--classes CLASS …]
        [--each N | --all] [--json FILE]

Held means: the submission earned what its honest answers earn, showed nothing of the
hidden tests, changed nothing outside its own folder, ended within its limits, and
the honest student after it was graded as if it had not been there.

nbgrader runs student code as the user who grades. So for each submission it gets a
class of its own in memory, a disk that it cannot write, bounds on processes, memory
and time, and no network; and none of this starts outside tests/contained.
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
from benchmarks.hostile.sample_class import Class, Seen
from tests.support import attacks


def main() -> int:
    """Measure both, print the table; return 1 if grader did not hold a submission."""
    options = arguments()
    if refusal := unsafe():
        print(f"hostile: {refusal}", file=sys.stderr)
        return 2
    cases = [
        case
        for group in options.classes
        for case in chosen(attacks.cases(group), options.each, options.all)
    ]
    seen = list(graded(cases))
    print(table.table(seen))
    print(f"\n{machine.conditions()}")
    if options.json:
        found = [asdict(each) for each in seen]
        told = {"conditions": machine.conditions(), "submissions": found}
        options.json.write_text(json.dumps(told, indent=2) + "\n")
    return 0 if all(s.held for s in seen if s.way == GRADER) else 1


def graded(cases: list[attacks.Case]) -> Iterator[Seen]:
    """Grade each case in both ways; stop at Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="hostile-", dir="/tmp") as folder:
        room = Class(Path(folder))
        try:
            for number, case in enumerate(cases, start=1):
                for way in (NBGRADER, GRADER):
                    seen = room.grade(way, case)
                    said = f"[{number}/{len(cases)}] {case.student}, {way}: {seen}"
                    print(said, file=sys.stderr, flush=True)
                    yield seen
        except KeyboardInterrupt:
            print("hostile: stopped; this is what was measured.", file=sys.stderr)


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
        help=f"of {', '.join(attacks.CLASSES)}; all by default",
    )
    parser.add_argument(
        "--each", type=int, default=3, metavar="N", help="number per class (3)"
    )
    parser.add_argument("--all", action="store_true", help="every submission")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all findings")
    return parser.parse_args()


def chosen(
    cases: list[attacks.Case], each: int, everything: bool
) -> list[attacks.Case]:
    """Return the cases of a class to try; first come those that represent it."""
    ordered = sorted(cases, key=lambda case: (not case.sample, case.name))
    return cases if everything else ordered[:each]


def unsafe() -> str:
    """Return why this must not run here; empty if it may."""
    interfaces = {name for _, name in socket.if_nameindex()}
    first = Path("/proc/1/cmdline").read_bytes()
    inside = os.environ.get("GRADER_CONTAINED") == "1" and interfaces == {"lo"}
    if not (inside and b"contained\0--inside" in first):
        return (
            "nbgrader runs hostile code without a jail, so this starts only in a "
            "container: tests/contained .venv/bin/python -m benchmarks.hostile"
        )
    if os.geteuid() != 0:
        return "bounding nbgrader's disk and memory needs root: run it with sudo"
    return ""


if __name__ == "__main__":
    sys.exit(main())
