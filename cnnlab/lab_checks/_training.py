"""A training with early stopping: small ones, and what is wrong after one."""

from __future__ import annotations

import time
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

__all__ = ["tiny_learner", "tiny_training", "training_problem"]

Array = NDArray[Any]
Spec = dict[str, Any]


def tiny_learner() -> tuple[keras.Model, Array, Array]:
    """Return a compiled model, 64 images of noise, and labels that it can overfit."""
    rng = np.random.default_rng(7)
    images = rng.normal(size=(64, 5, 4, 1)).astype("float32")
    stack = [keras.Input((5, 4, 1)), keras.layers.Flatten()]
    stack += [keras.layers.Dense(64, "relu"), keras.layers.Dense(4)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model, images, rng.integers(0, 4, 64)


def tiny_training(
    folder: str, epochs: int, patience: int, answers: Array
) -> tuple[keras.Model, Spec, Spec]:
    """Return a compiled model and the specs of a training that takes a second.

    Parameters
    ----------
    folder
        Where a new folder's name begins.
    epochs, patience
        For the specs.
    answers
        The 60 labels for validation. Training uses ``np.arange(60) % 3``: with equal
        labels the validation loss falls, with others it rises.
    """
    stack = [keras.Input((3, 2, 1)), keras.layers.Flatten()]
    last = keras.layers.Dense(3, "softmax", kernel_initializer="zeros")
    model = keras.Sequential([*stack, last])
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile(keras.optimizers.SGD(0.2), loss, metrics=["accuracy"])
    images = np.eye(6)[np.arange(60) % 6].reshape(60, 3, 2, 1)
    train: Spec = {"images": images, "labels": np.arange(60) % 3}
    train |= {"epochs": epochs, "batch_size": 8}
    judge: Spec = {"images": images, "labels": answers, "patience": patience}
    return model, train, {**judge, "folder": f"{folder}-{time.time_ns()}"}


def training_problem(model: Any, history: Any, judge: Spec, stored: Any) -> str:
    """Say what is wrong after a training in which ``val_loss`` rose from the start.

    Parameters
    ----------
    model, history
        What the student's function returned.
    judge
        The ``eval_spec`` of that training.
    stored
        :func:`cnnlab.lab.stored`, called where the folder is.
    """
    losses, patience = history.get("val_loss", []), judge["patience"]
    if len(losses) < 2 or losses[0] >= losses[-1]:
        return "validation must use the images and labels of eval_spec"
    if len(losses) != 1 + patience:
        return (
            f"val_loss rose from epoch 2 on, and patience was {patience}: it must stop "
            f"after {1 + patience} epochs, not after {len(losses)}"
        )
    outputs = np.asarray(model(judge["images"]))
    loss = float(-np.log(outputs[np.arange(len(outputs)), judge["labels"]]).mean())
    if not np.isclose(loss, losses[0], rtol=1e-3):
        return (
            "the classifier that comes back has other weights than in epoch 1, when "
            "val_loss was lowest: load the checkpoint"
        )
    kept, logged = stored(tiny_training("", 1, 1, judge["labels"])[0], judge["folder"])
    if kept is None:
        return "there is no best.weights.h5 in the folder"
    if not np.allclose(np.asarray(kept(judge["images"])), outputs, atol=1e-6):
        return "best.weights.h5 does not hold the weights of the lowest val_loss"
    return "" if logged else "there is no log in the folder: use training_log(folder)"
