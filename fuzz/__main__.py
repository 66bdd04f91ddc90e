"""Send a million malformed answers to the examiner, and check that it refuses them.

::

    .venv/bin/python -m fuzz --count 1000000 --seed 1
    .venv/bin/python -m fuzz --count 0 --cells 50000 --keras 20000

For each input, three things are checked: the only exception raised is a CallError (or a
student's exception, marked as such), the decoded values have exactly the allowed plain
types, and processor time stays under one second. For one input in 200, memory is
checked as well: at most 1 MiB plus 400 bytes per byte of the input. One input in eight
is a conversation: all that a kernel writes to the channel while a test uses proxies.

``--cells`` adds streams that a kernel sends to the grader while a cell runs.
``--keras`` adds configurations of Keras objects; while they are rebuilt, no file may be
opened and no process started.

Each finding is shortened as far as possible and printed. The exit status is 1 if there
are findings.
"""

from __future__ import annotations

import argparse
import random
import sys

from rich.console import Console

from fuzz import cells, keras, wire


def main() -> None:
    """Draw and check inputs, and print the findings."""
    settings = arguments()
    console = Console(soft_wrap=True)
    findings = wire.fuzz(settings.count, settings.seed, console)
    if settings.cells:
        findings += cells.fuzz(settings.cells, settings.seed, console)
    if settings.keras:
        findings += keras.fuzz(settings.keras, settings.seed, console)
    sys.exit(1 if findings else 0)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--count",
        type=int,
        default=1_000_000,
        help="answers to the examiner to try (default: 1,000,000)",
    )
    add(
        "--seed",
        type=int,
        default=random.randrange(1 << 30),
        help="repeats a run (default: random)",
    )
    add(
        "--keras",
        type=int,
        default=0,
        metavar="COUNT",
        help="also try Keras configurations",
    )
    add(
        "--cells",
        type=int,
        default=0,
        metavar="COUNT",
        help="also try streams from running cells",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
