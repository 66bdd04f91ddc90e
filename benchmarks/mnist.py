"""Train four classifiers of MNIST side by side; print accuracies, times and sizes.

::

    .venv/bin/python benchmarks/mnist.py [--seeds 1 2 3] [--models lab small]
                                         [--json FILE] [--out FILE]

Keras' published recipe, the model of the course's slides, the lab's own CNN and one
under 10,000 parameters, in one run on one machine: seed by seed and model by model,
so that a busy hour falls on all of them alike. All four get the same input pipeline.
Times are those of training alone, without evaluation, as processor time (which other
people's work on the machine hardly changes) and as wall time.

The last tenth of the training images is for validation: it decides when a model has
come to 99 %. The test images are looked at once a model, when its training is over.
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
from mnist_table import Epoch, Run, comparison, table
from numpy.typing import NDArray

from convlab.data import DataError, Digits, load_mnist

VALIDATION_IMAGES = 6_000


# The models -------------------------------------------------------------------
def keras_recipe() -> Any:
    """Return the model of Keras' code example "Simple MNIST convnet" (Chollet)."""
    from keras import Sequential, layers

    return Sequential(
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


def slides_cnn() -> Any:
    """Return the model that the course's slides build: strides, no pooling."""
    from keras import Sequential, layers

    return Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(4, 5, padding="same", activation="relu"),
            layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(12, 3, strides=2, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )


def lab_cnn() -> Any:
    """Return the lab's own CNN."""
    from keras import Sequential, layers

    return Sequential(
        [
            layers.Input((28, 28, 1)),
            *convolution(16, pool=True),
            *convolution(32, pool=True),
            *convolution(48),
            *convolution(48, pool=True),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(10),
        ]
    )


def small_cnn() -> Any:
    """Return a CNN with fewer than 10,000 parameters."""
    from keras import Sequential, layers

    return Sequential(
        [
            layers.Input((28, 28, 1)),
            *convolution(8, pool=True),
            *convolution(16, pool=True),
            *convolution(16),
            *convolution(16, pool=True),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )


def convolution(filters: int, *, pool: bool = False) -> list[Any]:
    """Return a 3x3 convolution with batch normalisation and ReLU.

    Pooling comes before both: the largest of four values is the same one before and
    after a rising function, and a quarter of the values is left to normalise.
    """
    from keras import layers

    # Normalising takes the mean away, and a bias with it.
    first = layers.Conv2D(filters, 3, padding="same", use_bias=False)
    pooling = [layers.MaxPooling2D(2)] if pool else []
    # The default momentum of 0.99 remembers too long for so few steps.
    normalising = layers.BatchNormalization(momentum=0.9)
    return [first, *pooling, normalising, layers.ReLU()]


@dataclass(frozen=True)
class Recipe:
    """A model and how it is trained.

    Attributes
    ----------
    title : str
        What the table calls it.
    build : callable
        Makes the model anew.
    epochs : int
        Passes over the training images.
    peak : float or None
        Adam's learning rate rises to it over the first quarter of the steps, then
        falls to 0 along a cosine; None leaves Adam its default.
    shift : int
        Training images move by up to so many pixels along each axis.
    logits : bool
        The model ends in logits, not in probabilities.
    batch : int
        Images a step.
    """

    title: str
    build: Callable[[], Any]
    epochs: int
    peak: float | None = None
    shift: int = 0
    logits: bool = True
    batch: int = 128


RECIPES = {
    "keras": Recipe("Keras' mnist_convnet", keras_recipe, 15, logits=False),
    "slides": Recipe("the slides' cnn", slides_cnn, 5),
    "lab": Recipe("the lab's CNN", lab_cnn, 4, peak=0.006, shift=1),
    "small": Recipe("under 10,000 parameters", small_cnn, 5, peak=0.01, shift=1),
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
    """Grey values 0 to 255 of shape (n, 28, 28, 1), and the digits they show."""

    x: NDArray[np.uint8]
    y: NDArray[np.uint8]


def parts(digits: Digits, count: int) -> tuple[Images, Images, Images]:
    """Return the images for training, at most `count`, for validation and for tests."""
    x, y = digits.x_train[..., None], digits.y_train
    cut = len(x) - VALIDATION_IMAGES
    training = Images(x[:cut][:count], y[:cut][:count])
    return (
        training,
        Images(x[cut:], y[cut:]),
        Images(digits.x_test[..., None], digits.y_test),
    )


def batches(images: Images, recipe: Recipe, seed: int) -> Any:
    """Return shuffled, shifted and scaled batches as a tf.data.Dataset."""
    import tensorflow as tf

    options = tf.data.Options()
    # With it, the end of an epoch waits for a thread that sleeps, on two busy cores
    # for as long as the epoch took.
    options.autotune.enabled = False
    data = tf.data.Dataset.from_tensor_slices((images.x, images.y))
    data = data.shuffle(len(images.x), seed=seed).batch(recipe.batch)
    if recipe.shift:
        data = data.map(lambda x, y: (shifted(x, recipe.shift), y))
    data = data.map(lambda x, y: (tf.cast(x, tf.float32) / 255, y))
    return data.prefetch(2).with_options(options)


def shifted(images: Any, most: int) -> Any:
    """Move each image by up to `most` pixels along each axis; paper comes in."""
    import tensorflow as tf

    moves = tf.random.uniform((2, tf.shape(images)[0], 1), 0, 2 * most + 1, tf.int32)
    rows, columns = tf.unstack(moves + tf.range(28))
    padded = tf.pad(images, [[0, 0], [most, most], [most, most], [0, 0]])
    moved = tf.gather(padded, rows, batch_dims=1)
    across = tf.transpose(moved, [0, 2, 1, 3])
    moved = tf.gather(across, columns, batch_dims=1)
    return tf.transpose(moved, [0, 2, 1, 3])


def compiled(recipe: Recipe, images: int) -> Any:
    """Return the recipe's model, ready for training on so many images."""
    import keras

    rate: Any = 0.001
    if recipe.peak is not None:
        steps = math.ceil(images / recipe.batch) * recipe.epochs
        rate = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=recipe.peak / 10,
            warmup_target=recipe.peak,
            warmup_steps=steps // 4,
            decay_steps=steps - steps // 4,
        )
    model = recipe.build()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=recipe.logits)
    model.compile(keras.optimizers.Adam(rate), loss)
    return model


def accuracy(model: Any, images: Images) -> float:
    """Return the share of images whose digit the model finds."""
    found = [
        np.argmax(model.predict_on_batch(x.astype("float32") / 255), axis=1)
        for x in np.array_split(images.x, max(1, len(images.x) // 1000))
    ]
    return float(np.mean(np.concatenate(found) == images.y))


def train(
    name: str,
    seed: int,
    data: tuple[Images, Images, Images],
    say: Callable[[str], None],
) -> Run:
    """Train a model from nothing, and test it in the end."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    tf.random.set_seed(seed)  # set_random_seed does it for that backend only
    recipe, (training, validation, test) = RECIPES[name], data
    which = f"seed {seed}, {recipe.title}"
    model = compiled(recipe, len(training.x))
    given, epochs = batches(training, recipe, seed), [Epoch(0.0, 0.0, 0.0)]
    for number in range(1, recipe.epochs + 1):
        processor, wall = time.process_time(), time.perf_counter()
        model.fit(given, verbose=0)
        processor = time.process_time() - processor + epochs[-1].processor
        wall = time.perf_counter() - wall + epochs[-1].wall
        epochs.append(Epoch(processor, wall, accuracy(model, validation)))
        say(f"{which}: epoch {number} of {recipe.epochs}, {epochs[-1]}")
    size = model.count_params(), multiply_adds(model)
    run = Run(name, recipe.title, seed, *size, epochs[1:], accuracy(model, test))
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
            runs.append(train(name, seed, data, say))
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
    add("--models", nargs="+", choices=RECIPES, default=list(RECIPES))
    add("--images", type=int, default=60_000, help="training images, for a quick try")
    add("--json", type=Path, help="write each run with each epoch here")
    add("--out", type=Path, help="write the table here, as Markdown")
    return parser.parse_args()


def refusal(reason: str) -> str:
    """Return what is said where there is no MNIST."""
    return f"{reason}\nName MNIST's own file in CONVLAB_MNIST and run this again."


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
