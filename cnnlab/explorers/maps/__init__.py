"""All feature maps of a network for an image, and how one unit gets its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Whole
from cnnlab.explorers._network import Network, Shape, Step, for_page
from cnnlab.explorers._reading import packed
from cnnlab.explorers.draw import about_ours, draw_digit, ours
from cnnlab.figures import Picture

Array = NDArray[Any]

MOST_SIDE, MOST_CHANNELS, LARGEST = 96, 16, 1e6
_LEGAL = f"(rows, columns) or (rows, columns, channels), at most {MOST_SIDE} × " + (
    f"{MOST_SIDE} × {MOST_CHANNELS}"
)
_NUMPY = """import numpy as np

from cnnlab.explorers import FeatureMaps

explorer = CALL
window = explorer.window(LAYER, ROW, COLUMN)  # what the unit reads
LINESprint(unit)
"""
_KERAS = """import keras

from cnnlab.explorers import FeatureMaps

explorer = CALL
network = explorer.keras_model()  # its weights are rounded to float16
extractor = keras.Model(network.inputs[0], network.layers[INDEX].output)
maps = extractor(explorer.image()[None])[0]
keras_maps = keras.ops.convert_to_numpy(maps)
keras_unit = keras_maps[ROW, COLUMN, CHANNEL]
keras_maps = keras_maps.ravel()
print(keras_unit)
"""
_WEIGHTS = "kernel, bias = explorer.weights(LAYER)\n"
_LINES = {
    "conv": f"""{_WEIGHTS}by_map = (window * kernel[..., CHANNEL]).sum(axis=(0, 1))
unit = by_map.sum() + bias[CHANNEL]
""",
    "depth": f"""{_WEIGHTS}products = window[..., CHANNEL] * kernel[..., CHANNEL, 0]
unit = products.sum() + bias[CHANNEL]
""",
    "max": "unit = np.nanmax(window[..., CHANNEL])  # padding is nan\n",
    "average": "unit = np.nanmean(window[..., CHANNEL])  # padding is nan\n",
    "relu": "unit = window[0, 0, CHANNEL]\n",
}
_LEGEND = (
    "Each layer's maps: black is 0, light is far from 0; blue, narrow cells are below "
    "0. Below a map are its number and its range; a map that is 0 everywhere is "
    "struck through. Choose a unit by pointer or by arrow keys: a thick line is around "
    "it, thin lines are around what it reads and around the units that read it."
)
# Which key each button stands for.
_BUTTONS = {
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "up": "ArrowUp",
    "down": "ArrowDown",
    "map −": "PageUp",
    "map +": "PageDown",
}
# A static picture shows at most so many maps of the layer.
_MOST_DRAWN = 16

__all__ = ["FeatureMaps"]


class FeatureMaps(Explorer):
    """All feature maps of a network for one image, and the numbers behind each unit.

    Choose a layer, a map and a unit: what it sees of the image, the inputs, weights and
    bias that make its value, summed for each map, and which units read it. Maps that
    are 0 everywhere are named. ``FeatureMaps.of(model, image)`` shows your network.
    """

    name = "maps"
    fields: ClassVar[Mapping[str, Field]] = {
        "layer": Whole(2, 0, 99),
        "channel": Whole(1, 0, 9999),
        "row": Whole(4, 0, 95),
        "column": Whole(8, 0, 95),
        "from": Whole(0, 0, 9999),
        "scale": Choice("map", ("map", "layer")),
    }

    def __init__(self, text: str = "", **state: Any) -> None:
        super().__init__(text, **state)
        about = f"{about_ours()} The image was drawn by code."
        image = draw_digit().image()[..., None]
        self._show(ours(), image, about, 'FeatureMaps("TEXT")')

    @classmethod
    def of(cls, model: Any, image: ArrayLike, text: str = "", **state: Any) -> Self:
        """Return an explorer that shows your network for one image.

        Parameters
        ----------
        model
            A Keras model: one chain of layers. Its weights are rounded to float16.
        image
            What the model reads, without a batch axis: ``(rows, columns, channels)``
            or, if there is one channel, ``(rows, columns)``. Its values are taken as
            they are: scale them as in training.
        text
            A state as a text.
        state
            Values that differ from the first state, by name.

        Raises
        ------
        ValueError
            If a value is not legal, the model does not read such an image, or it has a
            layer that cannot be shown; with what is legal.

        Examples
        --------
        >>> import keras
        >>> model = keras.Sequential(
        ...     [keras.Input((6, 5, 1)), keras.layers.MaxPooling2D(2)]
        ... )
        >>> FeatureMaps.of(model, np.eye(6, 5)).maps()[0].shape
        (3, 2, 1)
        """
        pixels = _checked(image)
        network = packed(model, pixels.shape, None)
        explorer = cls(text, **state)
        about = f"Your network: {network.weights.size:,} weights."
        if _ends_in_softmax(model):
            about += " Its last values are shown before the softmax."
        explorer._show(network, pixels, about, 'FeatureMaps.of(model, image, "TEXT")')
        return explorer

    def _show(self, network: Network, image: Array, about: str, call: str) -> None:
        self._network, self._image = network, image.astype(np.float32)
        self._steps = _shown(network)
        steps = [
            step | _words(step) | {"code": _sources(call, layer, step)}
            for layer, step in enumerate(self._steps)
        ]
        self._data = {
            "about": about,
            "ask": ": how many rows and columns of the image does this unit see?",
            "legend": _LEGEND,
            "buttons": _BUTTONS,
            "title": _title("image", network.shape),
            "shape": list(network.shape),
            "image": [float(f"{value:.9g}") for value in self._image.ravel()],
            "steps": steps,
            "weights": network.encoded,
        }

    def image(self) -> Array:
        """Return what the network reads: ``(rows, columns, channels)``."""
        return self._image

    def maps(self) -> list[Array]:
        """Return the shown layers' values: ``(rows, columns, channels)`` of each."""
        found = self._network.maps(self._image)
        return [found[step["index"]] for step in self._steps]

    def window(self, layer: int, row: int, column: int) -> Array:
        """Return what the units at a position of a layer read: their window, all maps.

        Padding is 0 for a layer with weights; NaN for pooling, which leaves it out.
        """
        step, read = self._steps[layer], self._image.astype(np.float64)
        if layer:
            read = self.maps()[layer - 1]
        read = read.reshape(step["reads"])
        filler = 0.0 if "at" in step else np.nan
        for axis, place in ((0, row), (1, column)):
            k = step.get("window", (1, 1))[axis]
            wide = [(0, 0)] * 3
            wide[axis] = (step.get("before", (0, 0))[axis], k)
            padded = np.pad(read, wide, constant_values=filler)
            first = place * step.get("stride", (1, 1))[axis]
            read = padded.take(range(first, first + k), axis)
        return read

    def weights(self, layer: int) -> tuple[Array, Array]:
        """Return a layer's kernel, ``[rows, columns, in, out]``, and biases.

        The window of a dense layer that reads flattened maps is as large as they are.
        """
        step = self._steps[layer]
        if "at" not in step:
            raise ValueError(f"layer {layer} ({step['name']!r}) has no weights")
        kernel, bias = self._network.arrays(step, step["reads"][2])
        return kernel, bias

    def keras_model(self) -> Any:
        """Return the network as a Keras model, its weights rounded to float16."""
        return self._network.keras_model()

    def figure(self) -> Picture:
        """Return the image and the maps of the chosen layer."""
        layer = min(self.state["layer"], len(self._steps) - 1)
        name, maps = self._steps[layer]["name"], self.maps()[layer]
        rows, columns, count = maps.shape
        if rows * columns == 1:
            return figures.number_grid(
                maps.reshape(1, -1)[:, : 2 * _MOST_DRAWN], title=f"{name}: its units"
            )
        shown = [maps[..., channel] for channel in range(min(count, _MOST_DRAWN))]
        captions = [
            f"map {channel}: {each.min():.2g} to {each.max():.2g}"
            for channel, each in enumerate(shown)
        ]
        few = f", the first {len(shown)}" if len(shown) < count else ""
        title = f"{name}: {count} maps of {rows} × {columns}{few}"
        image = self._image[..., 0]
        return figures.image_grid(
            [image, *shown], ["image", *captions], columns=5, title=title
        )


def _shown(network: Network) -> list[Step]:
    """Return the steps for the page, each with the maps that it reads.

    A dense layer that reads flattened maps is a convolution with a window as large as
    they are: the weights have the same order. Any other step after a flatten gets
    their shape as ``"flat"``.
    """
    steps, shape = [], list(network.shape)
    for step in for_page(network.steps, network.shape):
        if step["reads"][2] != shape[2]:
            if step["kind"] == "conv":
                step |= {"window": shape[:2], "reads": shape}
            else:
                step |= {"flat": shape}
        steps.append(step)
        shape = step["shape"]
    return steps


def _words(step: Step) -> dict[str, str]:
    """Return texts of a step; the page puts numbers for the words in capitals."""
    formula = {
        "max": "largest of CELLS cells = PLAIN",
        "average": "sum TOTAL / CELLS cells = PLAIN",
        "relu": "input PLAIN",
    }.get(step["kind"], "sum TOTAL + bias BIAS = PLAIN")
    rows, columns = step.get("window", (1, 1))
    return {
        "title": _title(step["name"], step["shape"]),
        "formula": formula + ", after the ReLU VALUE" * step["relu"],
        "why": f". Its own window has {rows} × {columns} cells; in a later layer each "
        "of these cells has itself seen several pixels.",
    }


def _title(name: str, shape: Sequence[int]) -> str:
    rows, columns, channels = shape
    if rows * columns == 1:
        return f"{name}: {channels} numbers"
    return f"{name}: {rows} × {columns} × {channels}"


def _sources(call: str, layer: int, step: Step) -> tuple[str, str]:
    """Return NumPy and Keras code; the page puts in the text and the unit's place."""
    lines = _LINES[step["kind"]] + ("unit = np.maximum(unit, 0)\n" * step["relu"])
    numpy = _NUMPY.replace("LINES", lines).replace("LAYER", str(layer))
    keras = _KERAS.replace("INDEX", str(step["index"]))
    return numpy.replace("CALL", call), keras.replace("CALL", call)


def _checked(image: ArrayLike) -> Array:
    """Return an image with an axis for channels."""
    pixels = np.asarray(image)
    if pixels.dtype.kind not in "fiub":
        raise ValueError(f"image must hold numbers, not {pixels.dtype}")
    shape = pixels.shape
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    if pixels.ndim != 3 or not _is_small(pixels.shape):
        raise ValueError(f"image must be of shape {_LEGAL}, not {shape}")
    low, high = float(pixels.min()), float(pixels.max())
    if not (low >= -LARGEST and high <= LARGEST):
        raise ValueError(
            f"image must have values from -1,000,000 to 1,000,000, not {low} to {high}"
        )
    return pixels.astype(np.float32)


def _is_small(shape: Shape) -> bool:
    limits = (MOST_SIDE, MOST_SIDE, MOST_CHANNELS)
    return all(1 <= n <= most for n, most in zip(shape, limits, strict=True))


def _ends_in_softmax(model: Any) -> bool:
    last = model.layers[-1]
    name = getattr(getattr(last, "activation", None), "__name__", "")
    return type(last).__name__ == "Softmax" or name == "softmax"
