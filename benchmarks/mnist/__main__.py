"""Train four classifiers of MNIST side by side; print accuracies, times and sizes.

::

    .venv/bin/python -m benchmarks.mnist [--seeds 1 2 3] [--models own small]
                                         [--json FILE] [--out FILE]

Keras' published recipe, the model of the course's slides, the lab's own CNN and one
with less than 10,000 parameters, in one run on one machine: seed by seed and model by
model, so that a busy hour slows all of them alike. The last three models, how they are
trained, and the input pipeline of all four are the lab's own, read from its cells.
Times are those of training alone, without evaluation, as processor time (which other
work on the machine hardly changes) and as wall time.

The last tenth of the training images is for validation: it decides when a model has
reached 99 %, the first epoch that ends with it. The test images are used once per
model, when its training is over.
scikit-learn's digits, which ``load_mnist`` falls back on, are refused.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import mean

from benchmarks.mnist.table import Run, comparison, table
from benchmarks.mnist.training import KERAS_EPOCHS, TITLES, parts, train
from cnnlab.data import DataError, load_mnist


def about(seeds: Sequence[int]) -> dict[str, str]:
    """Return the conditions that the figures depend on."""
    import keras
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    named = [tf.config.experimental.get_device_details(g)["device_name"] for g in gpus]
    cores = len(os.sched_getaffinity(0))
    return {
        "seeds": ", ".join(map(str, seeds)),
        "device": ", ".join(named) or f"CPU, {cores} cores ({platform.machine()})",
        "backend": f"{keras.backend.backend()} under Keras {keras.__version__}",
        "versions": f"Python {platform.python_version()}, TensorFlow {tf.__version__}",
        "date": time.strftime("%d %B %Y"),
    }


def main() -> None:
    """Train the chosen models, and print the table."""
    asked = arguments()
    try:
        digits = load_mnist()
    except DataError as error:
        sys.exit(refusal(str(error)))
    if digits.name != "MNIST":
        sys.exit(refusal(f"This is {digits.name}: no figure of it is MNIST's."))
    data, facts = parts(digits, asked.images), about(asked.seeds)
    facts["training images"] = f"{len(data[0].x):,} of 60,000"
    load = [os.getloadavg()[0]]
    runs = []
    for seed in asked.seeds:
        for name in asked.models:
            runs.append(train(name, seed, data, asked.recipe_epochs, say))
            load.append(os.getloadavg()[0])
            facts["mean load"] = f"{mean(load):.1f}"
            keep(runs, facts, asked)
    print(f"\n{report(runs, facts)}")


def report(runs: Sequence[Run], facts: Mapping[str, str]) -> str:
    """Return the table, the comparison and the conditions, as Markdown."""
    lines = "\n".join(f"- {name}: {fact}" for name, fact in facts.items())
    return "\n\n".join(filter(None, (table(runs), comparison(runs), lines))) + "\n"


def keep(
    runs: Sequence[Run], facts: Mapping[str, str], asked: argparse.Namespace
) -> None:
    """Write the runs so far to the files named on the command line."""
    if asked.out:
        asked.out.write_text(report(runs, facts), encoding="utf-8")
    if asked.json:
        content = {"about": facts, "runs": [asdict(run) for run in runs]}
        asked.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mnist", description=__doc__, formatter_class=form
    )
    add = parser.add_argument
    add("--seeds", type=int, nargs="+", default=[1, 2, 3], help="default: 1 2 3")
    add("--models", nargs="+", choices=TITLES, default=list(TITLES))
    add("--images", type=int, default=60_000, help="training images, for a quick try")
    add("--recipe-epochs", type=int, default=KERAS_EPOCHS, help="of Keras' recipe")
    add("--json", type=Path, help="write each run with each epoch here")
    add("--out", type=Path, help="write the table here, as Markdown")
    return parser.parse_args()


def refusal(reason: str) -> str:
    """Return the message for a machine without MNIST."""
    return f"{reason}\nName MNIST's own file in CNNLAB_MNIST and run this again."


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
