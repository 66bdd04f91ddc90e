"""Grade the same submissions with nbgrader and with grader; print times and scores.

::

    make bench [ARGS='--rows numpy --submissions 4 --json FILE']

For each row of submissions, in one run on one machine: ``nbgrader autograde``,
``grader grade`` with one worker and with one per core, in each level of jails, and the
bare cells in one warm process. Jails of the level ``confined`` are built as in a
container, in ``tests/as_container``. The start is left out of the times per submission:
they begin when each worker has finished one submission and end with the last one. The
times of the whole command include everything, also the calibration.

The exit status is 1 if two ways gave a student different scores, or if a target is
missed and ``--strict`` is given.
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
from benchmarks.grading.run import PREFIXES, run_row, supported
from benchmarks.grading.sample_class import ROWS, Row
from benchmarks.grading.table import Target, Way

Measurements = list[tuple[Row, list[Way]]]


def main() -> int:
    """Measure and print; return the exit status."""
    options = arguments()
    rows = selected_rows(options.rows, options.submissions)
    sandboxes = supported(options.sandboxes)
    if not sandboxes:
        print("No level of jails can be measured here.", file=sys.stderr)
        return 1
    measurements = [measure_row(row, sandboxes) for row in rows]
    print(f"\n{machine.conditions()}")
    if options.json:
        options.json.write_text(json.dumps(report(measurements), indent=2) + "\n")
    equal = all(table.equal(ways) for _, ways in measurements)
    if not equal:
        print("Scores differ: see the tables.", file=sys.stderr)
    missed = any(
        not target.reached
        for row, ways in measurements
        for target in table.targets(row, ways)
    )
    return 1 if not equal or (options.strict and missed) else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.grading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rows",
        nargs="+",
        choices=ROWS,
        default=list(ROWS),
        help="rows to measure; all by default",
    )
    parser.add_argument(
        "--submissions", type=int, metavar="N", help="number of submissions in each row"
    )
    parser.add_argument(
        "--sandboxes",
        nargs="+",
        choices=PREFIXES,
        default=list(PREFIXES),
        help="levels of jails to grade in, side by side; all by default",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write all measurements to this file"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit 1 if a target is missed"
    )
    options = parser.parse_args()
    least = machine.cores() + 1
    if options.submissions is not None and options.submissions < least:
        parser.error(
            f"--submissions {options.submissions}: must be at least {least}, one more "
            "than there are workers, so that the start can be left out"
        )
    return options


def selected_rows(names: Sequence[str], submissions: int | None) -> list[Row]:
    """Return the rows that were asked for.

    Parameters
    ----------
    names : sequence of str
        Keys of `ROWS`.
    submissions : int or None
        Number of submissions in each row; None for each row's own number.

    Returns
    -------
    list of Row
        The rows, in the order of `names`.
    """
    rows = [ROWS[name] for name in names]
    return [replace(row, submissions=submissions or row.submissions) for row in rows]


def measure_row(row: Row, sandboxes: Sequence[str]) -> tuple[Row, list[Way]]:
    """Grade the submissions of a row in each way, and print the table."""
    ways = run_row(row, sandboxes)
    print(f"\n## {row.title}: {row.assignment}, {row.submissions} submissions\n")
    print(table.table(ways))
    if note := table.not_run(ways):
        print(f"\n{note}")
    for target in table.targets(row, ways):
        print(f"\n{target}", flush=True)
    return row, ways


def report(measurements: Measurements) -> dict[str, object]:
    """Return all measurements for ``--json``."""
    return {
        "conditions": machine.conditions(),
        "rows": [
            {
                "row": asdict(row),
                "ways": [as_json(way) for way in ways],
                "targets": [
                    as_json(target) | {"reached": target.reached}
                    for target in table.targets(row, ways)
                ],
                "scores_equal": table.equal(ways),
            }
            for row, ways in measurements
        ],
    }


def as_json(record: Way | Target) -> dict[str, object]:
    """Return a record for JSON, with null for numbers that were not measured."""
    missing = {key for key, value in asdict(record).items() if value != value}
    return asdict(record) | dict.fromkeys(missing)


if __name__ == "__main__":
    sys.exit(main())
