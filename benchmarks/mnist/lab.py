"""The lab's models and their training, read from the lab's cells."""

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
    """The functions and settings that the lab's cells define.

    The cells are run, so that the benchmark has no copy that could differ from them.

    Parameters
    ----------
    labels
        Labels of the training images. The learning rate depends on their number.
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
            # S102: the notebook is part of this repository.
            exec(sources[name], self._names)  # noqa: S102

    def epochs(self, name: str) -> int:
        """Return the number of epochs for a model in the full profile."""
        is_own = name in self._names["OWN"]
        return int(self._full["OWN_EPOCHS" if is_own else "EPOCHS"])

    def classifier(self, name: str) -> Any:
        """Return a new, compiled model; `name` is ``cnn``, ``small`` or ``own``."""
        kind = self._names["OWN"].get(name, name)
        rate = self._names["learning_rate"](name, self.epochs(name))
        settings = {"kind": kind, "learning_rate": rate, "dropout": 0.0}
        return self._names["make_classifier"](settings)

    def batches(self, images: ArrayLike, labels: ArrayLike) -> Any:
        """Return the batches for training, shuffled again in each epoch.

        Parameters
        ----------
        images : array_like of uint8
            Grey values, shape ``(n, 28, 28)``.
        labels : array_like of int
            Digits, shape ``(n,)``.

        Returns
        -------
        tf.data.Dataset
            The lab's input pipeline.
        """
        inputs = self._names["preprocess"](images)
        return self._names["input_pipeline"](inputs, labels, BATCH, True)
