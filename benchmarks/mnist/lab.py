"""The lab's models and how it trains them, run from the lab's own cells."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.machine import ROOT

LAB = ROOT / "solutions" / "06_mnist_lab.ipynb"
CELLS = (
    "preprocess-answer",
    "build-model-answer",
    "make-classifier-answer",
    "input-pipeline-answer",
    "block",
    "build-small-answer",
    "build-own-answer",
    "one-run",
)
BATCH = 128


class Lab:
    """What the lab defines, for training on a number of images.

    The benchmark has no copy of these models that could differ from the lab's.

    Parameters
    ----------
    labels
        The labels of the training images: the learning rate depends on their number.
    """

    def __init__(self, labels: ArrayLike) -> None:
        import keras
        import tensorflow as tf

        lab = json.loads(LAB.read_text(encoding="utf-8"))
        sources = {cell["id"]: "".join(cell["source"]) for cell in lab["cells"]}
        self._full: dict[str, Any] = lab["metadata"]["grader"]["profiles"]["full"]
        self._names: dict[str, Any] = {"keras": keras, "tf": tf, "np": np}
        self._names |= {"MIXED_PRECISION": False, "train_spec": {"batch_size": BATCH}}
        self._names["y_fit"] = labels
        for name in CELLS:
            # S102: it is our own notebook.
            exec(sources[name], self._names)  # noqa: S102

    def epochs(self, name: str) -> int:
        """Return how many epochs the full profile trains a model."""
        own = name in self._names["OWN"]
        return int(self._full["OWN_EPOCHS" if own else "EPOCHS"])

    def classifier(self, name: str) -> Any:
        """Return the model ``cnn``, ``small`` or ``own``, new and compiled."""
        kind = self._names["OWN"].get(name, name)
        rate = self._names["learning_rate"](name, self.epochs(name))
        settings = {"kind": kind, "learning_rate": rate, "dropout": 0.0}
        return self._names["make_classifier"](settings)

    def batches(self, images: ArrayLike, labels: ArrayLike) -> Any:
        """Return the batches for training, shuffled anew in each epoch."""
        ready = self._names["preprocess"](images)
        return self._names["input_pipeline"](ready, labels, BATCH, True)
