"""The lab's models and their training, read from the lab's cells."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.machine import ROOT
from cnnlab.stacks import slides_stack

LAB = ROOT / "solutions" / "06_mnist_lab.ipynb"
CELLS = (
    "preprocess-answer",
    "build-model-answer",
    "make-classifier-answer",
    "input-pipeline-answer",
    "build-small-answer",
    "build-own-answer",
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

        from cnnlab import lab as given

        lab = json.loads(LAB.read_text(encoding="utf-8"))
        sources = {cell["id"]: "".join(cell["source"]) for cell in lab["cells"]}
        self._full: dict[str, Any] = lab["metadata"]["grader"]["profiles"]["full"]
        self._names: dict[str, Any] = {"keras": keras, "tf": tf, "np": np}
        self._names |= {"lab": given, "slides_stack": slides_stack}
        self._names["block"] = given.block
        self._count = len(np.asarray(labels))
        for name in CELLS:
            # S102: the notebook is part of this repository.
            exec(sources[name], self._names)  # noqa: S102
            if name == "build-model-answer":
                self._names["build"] = self._names["build_model"]
        self._own = {kind: self._names[f"build_{kind}"] for kind in ("small", "own")}

    def epochs(self, name: str) -> int:
        """Return the number of epochs for a model in the full profile."""
        is_own = name in self._own
        return int(self._full["OWN_EPOCHS" if is_own else "EPOCHS"])

    def classifier(self, name: str) -> Any:
        """Return a new, compiled model; `name` is ``cnn``, ``small`` or ``own``."""
        kind, rate = self._own.get(name, name), 0.001
        if name in self._own:
            steps = self.epochs(name) * (self._count // BATCH + 1)
            rate = self._names["lab"].rise_and_fall(peak=0.008, steps=steps)
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
