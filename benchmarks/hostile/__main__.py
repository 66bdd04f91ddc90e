"""Grade hostile hand-ins with nbgrader and with grader; print who held, by class.

::

    tests/contained .venv/bin/python benchmarks/hostile/__main__.py [--classes CLASS …]
        [--each N | --all] [--json FILE]

Held means: the hand-in earned what its honest answers earn, showed nothing of the
hidden tests, changed nothing outside its own folder, ended within its limits, and
the honest student after it was graded as if it had not been there.

nbgrader runs student code as whoever grades. So its side gets, for each hand-in, a
class of its own in memory, a disk that it cannot write, bounds on processes, memory
and time, and no network; and none of this starts outside tests/contained.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import hostile_table as tables
from hostile_class import GRADER, NBGRADER, Class, Seen, attacks


def main() -> int:
    """Measure both, print the table, and say whether ours held."""
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
    print(tables.table(seen))
    print(f"\n{conditions()}")
    if options.json:
        told = {"conditions": conditions(), "hand-ins": [asdict(s) for s in seen]}
        options.json.write_text(json.dumps(told, indent=2) + "\n")
    return 0 if all(s.held for s in seen if s.way == GRADER) else 1


def graded(cases: list[attacks.Case]) -> Iterator[Seen]:
    """Grade each case in both ways; after Ctrl-C, no more of them."""
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
            print("hostile: stopped; this is what there is.", file=sys.stderr)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
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
        "--each", type=int, default=3, metavar="N", help="so many of a class (3)"
    )
    parser.add_argument("--all", action="store_true", help="every hand-in")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all findings")
    return parser.parse_args()


def chosen(
    cases: list[attacks.Case], each: int, everything: bool
) -> list[attacks.Case]:
    """Return the cases to try: of a class, those first that stand for it."""
    ordered = sorted(cases, key=lambda case: (not case.sample, case.name))
    return cases if everything else ordered[:each]


def unsafe() -> str:
    """Say why this must not run here; nothing if it may."""
    interfaces = {name for _, name in socket.if_nameindex()}
    first = Path("/proc/1/cmdline").read_bytes()
    inside = os.environ.get("GRADER_CONTAINED") == "1" and interfaces == {"lo"}
    if not (inside and b"contained\0--inside" in first):
        return (
            "nbgrader runs hostile code without a jail, so this starts in a container "
            "of its own only: tests/contained .venv/bin/python benchmarks/hostile/__main__.py"
        )
    if os.geteuid() != 0:
        return "bounding nbgrader's disk and memory needs root: run it with sudo"
    return ""


def conditions() -> str:
    """Say on what, and beside what, this was measured."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()
    return (
        f"{cores} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load over 1, 5 and 15 minutes {', '.join(f'{each:.1f}' for each in load)}"
    )


if __name__ == "__main__":
    sys.exit(main())
