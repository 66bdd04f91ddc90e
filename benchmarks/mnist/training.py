"""Train one classifier of MNIST and measure it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.mnist.lab import Lab
from benchmarks.mnist.table import Epoch, TrainingRun
from cnnlab.data import Digits

VALIDATION_IMAGES = 6_000
KERAS_EPOCHS = 15
TITLES = {
    "keras": "Keras' mnist_convnet",
    "cnn": "the slides' cnn",
    "own": "the lab's CNN",
    "small": "under 10,000 parameters",
}


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
    # The example has one-hot labels, which give the same loss.
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model


def multiply_adds(model: Any) -> int:
    """Return the multiplications and additions for one image."""
    kernels = [layer for layer in model.layers if hasattr(layer, "kernel")]
    return sum(
        math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:-1])
        for layer in kernels
    )


@dataclass(frozen=True)
class Images:
    """Grey values 0 to 255 of shape (n, 28, 28), and the digits they show."""

    x: NDArray[np.uint8]
    y: NDArray[np.uint8]


class Data(NamedTuple):
    """The images for training, for validation after each epoch, and for the test."""

    training: Images
    validation: Images
    test: Images


def split_mnist(digits: Digits, count: int) -> Data:
    """Split MNIST into images for training, validation and the test.

    Parameters
    ----------
    digits : Digits
        MNIST.
    count : int
        Most images for training.

    Returns
    -------
    Data
        The three parts. The last tenth of the training images is for validation.
    """
    x, y = digits.x_train, digits.y_train
    cut = len(x) - VALIDATION_IMAGES
    return Data(
        Images(x[:cut][:count], y[:cut][:count]),
        Images(x[cut:], y[cut:]),
        Images(digits.x_test, digits.y_test),
    )


def accuracy(model: Any, images: Images) -> float:
    """Return the share of images that a model classifies correctly.

    Parameters
    ----------
    model : keras.Model
        The model.
    images : Images
        The images and their digits.

    Returns
    -------
    float
        0 to 1.
    """
    predictions = [
        np.argmax(model.predict_on_batch(x[..., None].astype("float32") / 255), axis=1)
        for x in np.array_split(images.x, max(1, len(images.x) // 1000))
    ]
    return float(np.mean(np.concatenate(predictions) == images.y))


def train(
    name: str, seed: int, data: Data, recipe_epochs: int, say: Callable[[str], None]
) -> TrainingRun:
    """Train a new model, then test it once.

    Parameters
    ----------
    name
        One of `TITLES`.
    seed
        Seed for the weights, the dropout and the order of the images.
    data
        MNIST.
    recipe_epochs
        Epochs for Keras' recipe. The lab has the numbers for the other models.
    say
        Called with a line of progress after each epoch and after the test.

    Returns
    -------
    TrainingRun
        Sizes, times and accuracies.
    """
    lab = Lab(data.training.y)
    set_seed(seed)
    model = keras_recipe() if name == "keras" else lab.classifier(name)
    count = recipe_epochs if name == "keras" else lab.epochs(name)
    batches = lab.batches(data.training.x, data.training.y)
    label, epochs = f"seed {seed}, {TITLES[name]}", [Epoch(0.0, 0.0, 0.0)]
    for number in range(1, count + 1):
        epochs.append(train_epoch(model, batches, data.validation, epochs[-1]))
        say(f"{label}: epoch {number} of {count}, {epochs[-1]}")
    size = model.count_params(), multiply_adds(model)
    run = TrainingRun(
        name, TITLES[name], seed, *size, epochs[1:], accuracy(model, data.test)
    )
    say(f"{label}: test {run.test:.2%}")
    return run


def set_seed(seed: int) -> None:
    """Seed Python, NumPy, Keras' backend, and TensorFlow for the input pipeline."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    tf.random.set_seed(
        seed
    )  # set_random_seed seeds TensorFlow only if it is the backend


def train_epoch(model: Any, batches: Any, validation: Images, last: Epoch) -> Epoch:
    """Train a model for one epoch.

    Parameters
    ----------
    model : keras.Model
        The model.
    batches : tf.data.Dataset
        All training images.
    validation : Images
        The images for validation.
    last : Epoch
        The epoch before, whose times this one adds to.

    Returns
    -------
    Epoch
        The times since training began, and the accuracy on `validation`.
    """
    processor, wall = time.process_time(), time.perf_counter()
    model.fit(batches, shuffle=False, verbose=0)  # the pipeline shuffles
    processor = time.process_time() - processor + last.processor
    wall = time.perf_counter() - wall + last.wall
    return Epoch(processor, wall, accuracy(model, validation))
