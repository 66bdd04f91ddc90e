"""Give the examiner a million bad answers, and see that it only ever refuses them.

::

    .venv/bin/python -m fuzz --count 1000000 --seed 1
    .venv/bin/python -m fuzz --count 0 --cells 50000 --keras 20000

Checked for each input: nothing is raised but a CallError (or the exception of a
student, marked as such), what arrives is of exact plain types, and it takes less than
a second of processor time. For a sample: reading takes at most 1 MiB, and 400 bytes
of memory for each byte of the input. One input in eight is a conversation: all that a
kernel writes on the channel while a test uses proxies. ``--cells`` adds what a kernel
sends to the grader while a cell runs, and ``--keras`` configurations of Keras objects;
while those are rebuilt, no file may be opened and no process started.

Each finding is printed, made as short as possible. Exit status: 1 with findings.
"""

from __future__ import annotations

import argparse
import random
import sys

from rich.console import Console

from fuzz import cells, keras, wire


def main() -> None:
    """Draw inputs, try them, and print what was found."""
    settings = arguments()
    console = Console(soft_wrap=True)
    found = wire.fuzz(settings.count, settings.seed, console)
    if settings.cells:
        found += cells.fuzz(settings.cells, settings.seed, console)
    if settings.keras:
        found += keras.fuzz(settings.keras, settings.seed, console)
    sys.exit(1 if found else 0)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--count", type=int, default=1_000_000, help="answers to the examiner")
    add("--seed", type=int, default=random.randrange(1 << 30), help="random by default")
    add("--keras", type=int, default=0, metavar="COUNT", help="Keras configurations")
    add(
        "--cells", type=int, default=0, metavar="COUNT", help="streams of running cells"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
