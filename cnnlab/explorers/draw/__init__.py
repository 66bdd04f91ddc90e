"""Draw a digit, and see what a network makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Text, Truth, Whole
from cnnlab.explorers._network import SIDE, Network, for_page, softmax
from cnnlab.explorers._pictures import fractions
from cnnlab.explorers._reading import packed
from cnnlab.explorers.draw._image import digits, inked, letters, prepared
from cnnlab.figures import Picture

Array = NDArray[Any]

# The page puts the state as a text for TEXT, and the chosen unit's place for UNIT.
_NUMPY = """import numpy as np

from cnnlab.explorers import draw_digit

explorer = draw_digit(MODELtext="TEXT")
pixels = explorer.image().ravel()  # what the network reads
logits = explorer.logits()
powers = np.exp(logits - logits.max())
probabilities = powers / powers.sum()
unit = explorer.maps()UNIT
print(probabilities.round(3), unit)
"""
_KERAS = """import keras

from cnnlab.explorers import draw_digit

explorer = draw_digit(MODELtext="TEXT")
network = explorer.keras_model()  # its weights are rounded to float16
outputs = network(explorer.image()[None, :, :, None])[0]
keras_logits = keras.ops.convert_to_numpy(outputs)
keras_probabilities = keras.ops.convert_to_numpy(keras.ops.softmax(outputs))
print(keras_probabilities.round(3))
"""

__all__ = ["DrawDigit", "about_ours", "draw_digit", "ours"]


class DrawDigit(Explorer):
    """Draw a digit, and see what a network answers, and why.

    Draw by mouse, touch, pen or cursor keys, or pick one of twelve. Shift, turn, scale
    and noise; all feature maps; what each unit can see of the drawing; and what it
    changes to centre and scale the drawing as MNIST's digits were.

    Parameters
    ----------
    text
        A state as a text, such as ``"draw?pick=4&prepare=false"``.
    model
        A Keras model that reads ``(None, 28, 28, 1)``, values from 0 to 1, and gives
        ten numbers; ours if None.
    state
        Values that differ from the first state, by name.

    Raises
    ------
    ValueError
        If a value is not legal, or the model has a layer that cannot be shown.
    """

    name = "draw"
    fields: ClassVar[Mapping[str, Field]] = {
        "pick": Whole(2, 0, 11),
        "ink": Text("", "A-Za-m", 784),
        "right": Whole(0, -10, 10),
        "down": Whole(0, -10, 10),
        "rotate": Whole(0, -90, 90),
        "scale": Whole(100, 50, 150),
        "noise": Whole(0, 0, 100),
        "prepare": Truth(True),
        "layer": Whole(2, 0, 99),
        "channel": Whole(1, 0, 9999),
        "row": Whole(4, 0, 27),
        "column": Whole(8, 0, 27),
    }

    def __init__(self, text: str = "", *, model: Any = None, **state: Any) -> None:
        super().__init__(text, **state)
        inked(self._state["ink"])
        self._network = ours() if model is None else packed(model)
        count, own = self._network.weights.size, model is not None
        argument = "model, " if own else ""
        self._data = {
            "digits": list(digits()),
            "steps": for_page(self._network.steps),
            "weights": self._network.encoded,
            "about": f"Your network: {count:,} weights." if own else about_ours(),
            "code": {
                "NumPy": _NUMPY.replace("MODEL", argument),
                "Keras": _KERAS.replace("MODEL", argument),
            },
        }

    def image(self) -> Array:
        """Return what the network reads: ``(28, 28)``, from 0 to 1."""
        return prepared(self.state)

    def maps(self) -> list[Array]:
        """Return the shown layers' values: ``(rows, columns, channels)`` of each."""
        found = self._network.maps(self.image())
        pairs = zip(self._network.steps, found, strict=True)
        return [maps for step, maps in pairs if step["kind"] != "flatten"]

    def logits(self) -> Array:
        """Return the ten numbers before the softmax."""
        return self._network.logits(self.image())

    def probabilities(self) -> Array:
        """Return the probability of each digit."""
        return softmax(self.logits())

    def keras_model(self) -> Any:
        """Return the network as a Keras model, its weights rounded to float16."""
        return self._network.keras_model()

    def figure(self) -> Picture:
        """Return what the network reads, and the probability of each digit."""
        return figures.digit_diagnosis(self.image(), self.probabilities())


def draw_digit(
    model: Any = None, text: str = "", image: ArrayLike | None = None, **state: Any
) -> DrawDigit:
    """Draw a digit, and see what a network answers: yours, or ours.

    Parameters
    ----------
    model
        A Keras model that reads ``(None, 28, 28, 1)``, values from 0 to 1, and gives
        ten logits or probabilities; if None, ours, which has fewer than 10,000
        parameters.
    text
        A state as a text.
    image
        A digit to begin with: ``(28, 28)`` or ``(28, 28, 1)``, values from 0 to 1, or
        whole numbers from 0 to 255.
    state
        Values that differ from the first state, by name.

    Returns
    -------
    DrawDigit
        The explorer.

    Raises
    ------
    ValueError
        If a value is not legal, or the model has a layer that cannot be shown; with
        what is legal.

    Examples
    --------
    >>> draw_digit(pick=3).logits().argmax()
    np.int64(3)
    """
    if image is not None:
        state["ink"] = letters(_checked(image))
    return DrawDigit(text, model=model, **state)


def _checked(image: ArrayLike) -> Array:
    pixels = np.asarray(image)
    if pixels.shape not in ((SIDE, SIDE), (SIDE, SIDE, 1)):
        raise ValueError(f"image must be of shape (28, 28), not {pixels.shape}")
    return fractions(pixels, "image")


_HERE = Path(__file__).parent


@cache
def _about() -> dict[str, Any]:
    about: dict[str, Any] = json.loads((_HERE / "about.json").read_text("utf-8"))
    return about


@cache
def ours() -> Network:
    """Return the network that is shipped."""
    content = (_HERE / "weights.bin").read_bytes()
    weights = np.frombuffer(content, "<f2").astype(np.float16)
    return Network(_about()["steps"], weights)


def about_ours() -> str:
    """Return a sentence on its size and its accuracy."""
    about = _about()
    return (
        f"Our network: {about['parameters']:,} parameters, "
        f"{about['test_accuracy']:.1%} of the {about['test_images']:,} test images of "
        f"{about['data']} right."
    ).replace("%", " %")
