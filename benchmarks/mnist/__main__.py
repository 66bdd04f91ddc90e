"""Train four classifiers of MNIST side by side; print accuracies, times and sizes.

::

    .venv/bin/python benchmarks/mnist/__main__.py [--seeds 1 2 3] [--models own small]
                                         [--json FILE] [--out FILE]

Keras' published recipe, the model of the course's slides, the lab's own CNN and one
under 10,000 parameters, in one run on one machine: seed by seed and model by model,
so that a busy hour falls on all of them alike. The last three models, how they are
trained, and the input pipeline of all four are the lab's own, read from its cells.
Times are those of training alone, without evaluation, as processor time (which other
people's work on the machine hardly changes) and as wall time.

The last tenth of the training images is for validation: it decides when a model has
come to 99 %, the first epoch that ends with it. The test images are looked at once a
model, when its training is over.
scikit-learn's digits, which ``load_mnist`` falls back on, are refused.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from mnist_lab import Lab
from mnist_table import Epoch, Run, comparison, table
from numpy.typing import NDArray

from cnnlab.data import DataError, Digits, load_mnist

VALIDATION_IMAGES = 6_000


# The models -------------------------------------------------------------------
def keras_recipe() -> Any:
    """Return Keras' code example "Simple MNIST convnet" (Chollet), compiled."""
    from keras import Sequential, layers

    model = Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    # The example has one-hot labels, which come to the same loss.
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model


KERAS_EPOCHS = 15
TITLES = {
    "keras": "Keras' mnist_convnet",
    "cnn": "the slides' cnn",
    "own": "the lab's CNN",
    "small": "under 10,000 parameters",
}


def multiply_adds(model: Any) -> int:
    """Return the multiplications and additions for one image: kernels at places."""
    kernels = [layer for layer in model.layers if hasattr(layer, "kernel")]
    return sum(
        math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:-1])
        for layer in kernels
    )


# Training ---------------------------------------------------------------------
@dataclass(frozen=True)
class Images:
    """Grey values 0 to 255 of shape (n, 28, 28), and the digits they show."""

    x: NDArray[np.uint8]
    y: NDArray[np.uint8]


def parts(digits: Digits, count: int) -> tuple[Images, Images, Images]:
    """Return the images for training, at most `count`, for validation and for tests."""
    x, y = digits.x_train, digits.y_train
    cut = len(x) - VALIDATION_IMAGES
    training = Images(x[:cut][:count], y[:cut][:count])
    return (
        training,
        Images(x[cut:], y[cut:]),
        Images(digits.x_test, digits.y_test),
    )


def accuracy(model: Any, images: Images) -> float:
    """Return the share of images whose digit the model finds."""
    found = [
        np.argmax(model.predict_on_batch(x[..., None].astype("float32") / 255), axis=1)
        for x in np.array_split(images.x, max(1, len(images.x) // 1000))
    ]
    return float(np.mean(np.concatenate(found) == images.y))


def train(
    name: str,
    seed: int,
    data: tuple[Images, Images, Images],
    recipe_epochs: int,
    say: Callable[[str], None],
) -> Run:
    """Train a model from nothing, and test it in the end."""
    import keras
    import tensorflow as tf

    training, validation, test = data
    lab = Lab(training.y)
    keras.utils.set_random_seed(seed)
    tf.random.set_seed(seed)  # set_random_seed does it for that backend only
    model = keras_recipe() if name == "keras" else lab.classifier(name)
    count = recipe_epochs if name == "keras" else lab.epochs(name)
    given, epochs = lab.batches(training.x, training.y), [Epoch(0.0, 0.0, 0.0)]
    which = f"seed {seed}, {TITLES[name]}"
    for number in range(1, count + 1):
        processor, wall = time.process_time(), time.perf_counter()
        model.fit(given, shuffle=False, verbose=0)  # the pipeline shuffles
        processor = time.process_time() - processor + epochs[-1].processor
        wall = time.perf_counter() - wall + epochs[-1].wall
        epochs.append(Epoch(processor, wall, accuracy(model, validation)))
        say(f"{which}: epoch {number} of {count}, {epochs[-1]}")
    size = model.count_params(), multiply_adds(model)
    run = Run(name, TITLES[name], seed, *size, epochs[1:], accuracy(model, test))
    say(f"{which}: test {run.test:.2%}")
    return run


# What the figures depend on --------------------------------------------------
def about(seeds: Sequence[int]) -> dict[str, str]:
    """Return what the figures depend on."""
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


# The command --------------------------------------------------------------------
def main() -> None:
    """Train what was asked for, and print the table."""
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
    """Return the table, the comparison and what they depend on, as Markdown."""
    lines = "\n".join(f"- {name}: {fact}" for name, fact in facts.items())
    return "\n\n".join(filter(None, (table(runs), comparison(runs), lines))) + "\n"


def keep(
    runs: Sequence[Run], facts: Mapping[str, str], asked: argparse.Namespace
) -> None:
    """Write what there is so far to the files that were asked for."""
    if asked.out:
        asked.out.write_text(report(runs, facts), encoding="utf-8")
    if asked.json:
        content = {"about": facts, "runs": [asdict(run) for run in runs]}
        asked.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    add = parser.add_argument
    add("--seeds", type=int, nargs="+", default=[1, 2, 3], help="default: 1 2 3")
    add("--models", nargs="+", choices=TITLES, default=list(TITLES))
    add("--images", type=int, default=60_000, help="training images, for a quick try")
    add("--recipe-epochs", type=int, default=KERAS_EPOCHS, help="of Keras' recipe")
    add("--json", type=Path, help="write each run with each epoch here")
    add("--out", type=Path, help="write the table here, as Markdown")
    return parser.parse_args()


def refusal(reason: str) -> str:
    """Return what is said where there is no MNIST."""
    return f"{reason}\nName MNIST's own file in CNNLAB_MNIST and run this again."


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
