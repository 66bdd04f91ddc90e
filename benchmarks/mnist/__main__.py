"""Train four classifiers of MNIST side by side; print accuracies, times and sizes.

::

    .venv/bin/python -m benchmarks.mnist [--seeds 1 2 3] [--models own small]
                                         [--json FILE] [--out FILE]

The models are Keras' published recipe, the model of the course's slides, the lab's CNN
and one with less than 10,000 parameters. They are trained in one run on one machine,
seed by seed and model by model, so that other work on the machine affects all of them
alike. The last three models, their training, and the input pipeline of all four are
read from the lab's cells. Times are for training only, without evaluation: processor
time, which other work on the machine hardly changes, and wall time.

The last tenth of the training images is for validation: a model has reached 99 % with
the first epoch after which its accuracy on these images is at least 99 %. The test
images are used once per model, after its training. Other images than MNIST's are
refused.
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

from benchmarks.mnist.table import TrainingRun, comparison, table
from benchmarks.mnist.training import KERAS_EPOCHS, TITLES, split_mnist, train
from cnnlab.data import DataError, load_mnist


def conditions(seeds: Sequence[int]) -> dict[str, str]:
    """Return the conditions that the results depend on: seeds, device, versions."""
    import keras
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    details = [tf.config.experimental.get_device_details(gpu) for gpu in gpus]
    names = [detail["device_name"] for detail in details]
    cores = len(os.sched_getaffinity(0))
    return {
        "seeds": ", ".join(map(str, seeds)),
        "device": ", ".join(names) or f"CPU, {cores} cores ({platform.machine()})",
        "backend": f"{keras.backend.backend()} under Keras {keras.__version__}",
        "versions": f"Python {platform.python_version()}, TensorFlow {tf.__version__}",
        "date": time.strftime("%d %B %Y"),
    }


def main() -> None:
    """Train the chosen models, and print the table."""
    options = arguments()
    try:
        digits = load_mnist()
    except DataError as error:
        sys.exit(refusal(str(error)))
    if digits.name != "MNIST":
        sys.exit(refusal(f"The images are {digits.name}, not MNIST."))
    data, facts = split_mnist(digits, options.images), conditions(options.seeds)
    facts["training images"] = f"{len(data[0].x):,} of 60,000"
    load = [os.getloadavg()[0]]
    runs = []
    for seed in options.seeds:
        for name in options.models:
            runs.append(train(name, seed, data, options.recipe_epochs, say))
            load.append(os.getloadavg()[0])
            facts["mean load"] = f"{mean(load):.1f}"
            save(runs, facts, options)
    print(f"\n{report(runs, facts)}")


def report(runs: Sequence[TrainingRun], facts: Mapping[str, str]) -> str:
    """Return the table, the comparison and the conditions, as Markdown.

    Parameters
    ----------
    runs : sequence of TrainingRun
        The results.
    facts : mapping of str to str
        The conditions.

    Returns
    -------
    str
        The report.
    """
    lines = "\n".join(f"- {name}: {fact}" for name, fact in facts.items())
    return "\n\n".join(filter(None, (table(runs), comparison(runs), lines))) + "\n"


def save(
    runs: Sequence[TrainingRun], facts: Mapping[str, str], options: argparse.Namespace
) -> None:
    """Write the results so far to the files named on the command line.

    Parameters
    ----------
    runs : sequence of TrainingRun
        The results.
    facts : mapping of str to str
        The conditions.
    options : argparse.Namespace
        The command line, with the files ``out`` and ``json`` or None.
    """
    if options.out:
        options.out.write_text(report(runs, facts), encoding="utf-8")
    if options.json:
        content = {"about": facts, "runs": [asdict(run) for run in runs]}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mnist", description=__doc__, formatter_class=form
    )
    add = parser.add_argument
    add(
        "--seeds",
        type=int,
        nargs="+",
        default=[1, 2, 3],
        help="seeds to train with (default: 1 2 3)",
    )
    add(
        "--models",
        nargs="+",
        choices=TITLES,
        default=list(TITLES),
        help="models to train; all by default",
    )
    add(
        "--images",
        type=int,
        default=60_000,
        metavar="N",
        help="use only the first N training images, for a quick try",
    )
    add(
        "--recipe-epochs",
        type=int,
        default=KERAS_EPOCHS,
        metavar="N",
        help=f"epochs for Keras' recipe (default: {KERAS_EPOCHS})",
    )
    add("--json", type=Path, help="write all results, epoch by epoch, to this file")
    add("--out", type=Path, help="write the report to this file, as Markdown")
    return parser.parse_args()


def refusal(reason: str) -> str:
    """Return the message for a machine without MNIST."""
    return f"{reason}\nSet CNNLAB_MNIST to the path of MNIST's file and run this again."


def say(line: str) -> None:
    """Print a line of progress without delay."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
