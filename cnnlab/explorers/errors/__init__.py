"""A confusion matrix; a cell that the reader chooses shows its images."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Whole
from cnnlab.explorers.errors._answers import Answers, checked, chosen
from cnnlab.explorers.errors._example import example
from cnnlab.figures import Picture

__all__ = ["ErrorBrowser"]

# The page puts numbers for TRUE, ANSWER and ROW, and the state as a text for TEXT.
_START = """from cnnlab.explorers import ErrorBrowser

explorer = ErrorBrowser("TEXT")
labels, probabilities = explorer.labels, explorer.probabilities
"""
_OWN = "# labels and probabilities are the arrays that you gave to ErrorBrowser.of\n"
_NUMPY = """import numpy as np

STARTanswers = probabilities.argmax(axis=1)
count = np.sum((labels == TRUE) & (answers == ANSWER))
recall = np.mean(answers[labels == TRUE] == TRUE)
precision = np.mean(labels[answers == ANSWER] == ANSWER)
shares = probabilities[ROW]  # of the image shown
print(count, recall, precision, shares.round(4))
"""
_KERAS = """import keras

STARTclasses = probabilities.shape[1]
one_hot = keras.ops.one_hot(labels, classes)
recall = keras.metrics.Recall(class_id=TRUE, top_k=1)
keras_recall = recall(one_hot, probabilities)
precision = keras.metrics.Precision(class_id=ANSWER, top_k=1)
keras_precision = precision(one_hot, probabilities)
print(float(keras_recall), float(keras_precision))
"""


class ErrorBrowser(Explorer):
    """A confusion matrix; a cell that you choose shows its images.

    Counts in the cells; recall and precision of each class, with their formulas; the
    images of a cell, sorted by confidence, each with the probabilities of all classes.
    ``ErrorBrowser.of(images, labels, probabilities)`` shows the answers of your own
    model; without it, ours reads digits that a program draws.

    Parameters
    ----------
    text
        A state as a text, such as ``"errors?true=6&answer=9"``.
    state
        Values that differ from the first state, by name.

    Raises
    ------
    ValueError
        If a value is not legal.
    """

    name = "errors"
    fields: ClassVar[Mapping[str, Field]] = {
        "true": Whole(5, 0, 9),
        "answer": Whole(2, 0, 9),
        "image": Whole(0, 0, 11),
    }

    def __init__(self, text: str = "", **state: Any) -> None:
        super().__init__(text, **state)
        self._own: Answers | None = None

    @classmethod
    def of(
        cls,
        images: ArrayLike,
        labels: ArrayLike,
        probabilities: ArrayLike,
        text: str = "",
        **state: Any,
    ) -> Self:
        """Show the answers of a model of your own.

        The page gets at most 200 images: of each cell the most confident errors, and
        the least confident right answers, up to 12. The counts are of all images.

        Parameters
        ----------
        images
            Shape ``(n, height, width)`` or ``(n, height, width, 1)``, up to 28 × 28;
            whole numbers from 0 to 255, or values from 0 to 1.
        labels
            The true class of each: whole numbers from 0.
        probabilities
            Shape ``(n, classes)``, 2 to 10 classes; each row sums to 1.
        text
            A state as a text; if there is none, the most frequent error is shown.
        state
            Values that differ from the first state, by name.

        Raises
        ------
        ValueError
            If an array is not as above, with what it is and what is legal.
        """
        answers = checked(images, labels, probabilities)
        if not text:
            true, answer = answers.most_frequent_error()
            state = {"true": true, "answer": answer} | state
        explorer = cls(text, **state)
        explorer._own = answers
        return explorer

    @property
    def traits(self) -> dict[str, Any]:
        """What the page is given: the counts, and some images with their answers."""
        answers, start = self._answers, _OWN if self._own else _START
        rows = chosen(answers)
        data = {
            "counts": answers.counts.tolist(),
            "size": list(answers.images.shape[1:]),
            "images": base64.b64encode(answers.images[rows].tobytes()).decode("ascii"),
            "shown": [
                [row, *answers.cell(row), answers.probabilities[row].round(4).tolist()]
                for row in rows
            ],
            "ask": self._own is not None,
            "code": {
                "NumPy": _NUMPY.replace("START", start),
                "Keras": _KERAS.replace("START", start),
            },
        }
        return {"state": self.state, "data": data}

    @property
    def labels(self) -> NDArray[np.int64]:
        """The true class of each image."""
        return self._answers.labels

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """The probability of each class for each image: ``(n, classes)``."""
        return self._answers.probabilities

    @property
    def counts(self) -> NDArray[np.int64]:
        """The confusion matrix: rows are true classes, columns are answers."""
        return self._answers.counts

    def figure(self) -> Picture:
        """Return the matrix, and the first images of the cell."""
        answers, s = self._answers, self.state
        last = len(answers.counts) - 1
        cell = (min(s["true"], last), min(s["answer"], last))
        rows = [row for row in chosen(answers) if answers.cell(row) == cell]
        return figures.error_browser(answers.counts, cell, answers.images[rows])

    @property
    def _answers(self) -> Answers:
        return self._own or example()
