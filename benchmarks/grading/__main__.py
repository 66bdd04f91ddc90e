"""Grade the same submissions with nbgrader and with grader; print times and scores.

::

    make bench [ARGS='--rows numpy --submissions 4 --json FILE']

For each row of submissions, in one run on one machine: ``nbgrader autograde``,
``grader grade`` with one worker and with one per core, and the bare cells in one warm
process. Figures per submission leave out the start: they count from when each worker
had finished one until the last was finished. Those of the whole command include it,
calibration as well.

Exit status 1 if two ways gave a student different scores, or if a target is missed
and ``--strict`` is given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks import machine
from benchmarks.grading import table
from benchmarks.grading.run import run_row
from benchmarks.grading.sample_class import ROWS, Row
from benchmarks.grading.table import Target, Way

Found = list[tuple[Row, list[Way]]]


def main() -> int:
    """Measure and print; return the exit status."""
    options = arguments()
    found = [measured(row) for row in chosen(options.rows, options.submissions)]
    print(f"\n{machine.conditions()}")
    if options.json:
        options.json.write_text(json.dumps(report(found), indent=2) + "\n")
    equal = all(table.equal(ways) for _, ways in found)
    if not equal:
        print("Scores differ: see the tables.", file=sys.stderr)
    missed = any(not t.reached for row, ways in found for t in table.targets(row, ways))
    return 1 if not equal or (options.strict and missed) else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.grading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rows", nargs="+", choices=ROWS, default=list(ROWS), help="all by default"
    )
    parser.add_argument(
        "--submissions", type=int, metavar="N", help="number of submissions in each row"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument(
        "--strict", action="store_true", help="exit 1 if a target is missed"
    )
    options = parser.parse_args()
    least = machine.cores() + 1
    if options.submissions is not None and options.submissions < least:
        parser.error(
            f"--submissions {options.submissions}: there must be at least {least}, one "
            "more than workers, to tell the time of a submission from that of the start"
        )
    return options


def chosen(names: Sequence[str], submissions: int | None) -> list[Row]:
    """Return the rows of these names, each with so many submissions if given."""
    rows = [ROWS[name] for name in names]
    return [replace(row, submissions=submissions or row.submissions) for row in rows]


def measured(row: Row) -> tuple[Row, list[Way]]:
    """Grade the submissions of a row in each way, and print the figures."""
    ways = run_row(row)
    print(f"\n## {row.title}: {row.assignment}, {row.submissions} submissions\n")
    print(table.table(ways))
    if note := table.not_run(ways):
        print(f"\n{note}")
    for target in table.targets(row, ways):
        print(f"\n{target}", flush=True)
    return row, ways


def report(found: Found) -> dict[str, object]:
    """Return all figures for ``--json``."""
    return {
        "conditions": machine.conditions(),
        "rows": [
            {
                "row": asdict(row),
                "ways": [known(way) for way in ways],
                "targets": [
                    known(target) | {"reached": target.reached}
                    for target in table.targets(row, ways)
                ],
                "scores_equal": table.equal(ways),
            }
            for row, ways in found
        ],
    }


def known(figures: Way | Target) -> dict[str, object]:
    """Return figures for JSON: null for what could not be measured."""
    unknown = {k for k, v in asdict(figures).items() if v != v}
    return asdict(figures) | dict.fromkeys(unknown)


if __name__ == "__main__":
    sys.exit(main())
