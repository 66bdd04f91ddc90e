"""A model's answers to labelled images: checked, counted, and a few chosen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.explorers._pictures import fractions

MOST_SHOWN, MOST_OF_A_CELL = 200, 12
SIDE, CLASSES = 28, 10

__all__ = ["MOST_OF_A_CELL", "MOST_SHOWN", "Answers", "checked", "chosen"]


@dataclass(frozen=True)
class Answers:
    """Images as bytes, their true classes, and the probability of each class."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float64]

    @property
    def answers(self) -> NDArray[np.int64]:
        """The most probable class of each image."""
        return np.asarray(self.probabilities.argmax(axis=1), dtype=np.int64)

    @property
    def counts(self) -> NDArray[np.int64]:
        """The confusion matrix: rows are true classes, columns are answers."""
        classes = self.probabilities.shape[1]
        cells = self.labels * classes + self.answers
        counted = np.bincount(cells, minlength=classes**2)
        return counted.reshape(classes, classes).astype(np.int64)

    def cell(self, row: int) -> tuple[int, int]:
        """Return the true class and the answer of an image."""
        return int(self.labels[row]), int(self.probabilities[row].argmax())

    def most_frequent_error(self) -> tuple[int, int]:
        """Return the cell with most errors; the first one if there is no error."""
        errors = self.counts * (1 - np.eye(len(self.counts), dtype=np.int64))
        true, answer = np.unravel_index(errors.argmax(), errors.shape)
        return int(true), int(answer)


def chosen(answers: Answers) -> list[int]:
    """Choose the images to show of each cell, the most telling ones first.

    Errors come with the most confident first, right answers with the least confident
    first, since these are nearly wrong. Each cell gives its first image before any
    gives its second one, and so on.
    """
    confidence = answers.probabilities.max(axis=1)
    right = answers.labels == answers.answers
    ranks: dict[tuple[int, int], int] = {}
    places: list[tuple[int, int, int]] = []
    for row in np.argsort(np.where(right, confidence, -confidence), kind="stable"):
        cell = answers.cell(row)
        rank = ranks[cell] = ranks.get(cell, -1) + 1
        if rank < MOST_OF_A_CELL:
            places.append((rank, len(places), int(row)))
    return [row for *_, row in sorted(places)[:MOST_SHOWN]]


def checked(images: ArrayLike, labels: ArrayLike, probabilities: ArrayLike) -> Answers:
    """Check each array, and return the answers.

    Raises
    ------
    ValueError
        If an array is not legal, with what it is and what is legal.
    """
    shares = _shares(probabilities)
    count, classes = shares.shape
    return Answers(_bytes(images, count), _labels(labels, count, classes), shares)


def _shares(probabilities: ArrayLike) -> NDArray[np.float64]:
    shares = _numbers(probabilities, "probabilities").astype(np.float64)
    if shares.ndim != 2 or not len(shares) or not 2 <= shares.shape[1] <= CLASSES:
        legal = f"(n, classes), with 2 to {CLASSES} classes"
        raise ValueError(f"probabilities must have shape {legal}, not {shares.shape}")
    wrong = np.flatnonzero(~((shares >= 0) & (shares <= 1)).all(axis=1))
    wrong = wrong if wrong.size else np.flatnonzero(abs(shares.sum(axis=1) - 1) > 0.01)
    if wrong.size:
        raise ValueError(
            "each row of probabilities must hold values from 0 to 1 whose sum is 1, "
            f"as a softmax gives; row {wrong[0]} is {shares[wrong[0]].round(3)}"
        )
    return shares


def _labels(labels: ArrayLike, count: int, classes: int) -> NDArray[np.int64]:
    given = _numbers(labels, "labels")
    if given.shape != (count,) or given.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be {count} whole numbers, one for each row of "
            f"probabilities, not {given.dtype} of shape {given.shape}"
        )
    wrong = given[(given < 0) | (given >= classes)]
    if wrong.size:
        raise ValueError(f"labels must be from 0 to {classes - 1}, not {wrong[0]}")
    return given.astype(np.int64)


def _bytes(images: ArrayLike, count: int) -> NDArray[np.uint8]:
    given = _numbers(images, "images")
    shape = given.shape
    if given.ndim == 4 and shape[-1] == 1:
        given = given[..., 0]
    fits = given.ndim == 3 and len(given) == count
    if not fits or not 1 <= min(given.shape[1:]) <= max(given.shape[1:]) <= SIDE:
        legal = f"({count}, height, width), each side from 1 to {SIDE}"
        raise ValueError(f"images must have shape {legal}, not {shape}")
    return np.round(fractions(given, "images") * 255).astype(np.uint8)


def _numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    try:
        given = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must have rows of one length") from None
    if given.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold numbers, not {given.dtype}")
    return given
