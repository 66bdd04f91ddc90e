"""How filters mix the channels of a colour picture into maps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Text, Whole
from cnnlab.explorers._pictures import checked, encoded, still_life
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["ChannelMixer"]

_SIDES = (3, 64)
_EDIT = re.compile(r"[0-3],[0-3],[0-8],-?[0-9]{1,2}")
_MIDDLES = ((1, -1, 0), (-1, 1, 0), (1, 1, -2), (1, 1, 1))
# The page puts in its kernel and its biases.
_START = """import numpy as np

from cnnlab.explorers import ChannelMixer

image = ChannelMixer(SOURCE).image()  # [row, column, channel]
kernel = np.array(KERNEL)  # [filter, channel, row, column]
bias = np.array(BIAS)  # one for each filter
"""
_NUMPY = """view = np.lib.stride_tricks.sliding_window_view
windows = view(image, kernel.shape[2:], axis=(0, 1))
sums = np.einsum("ijcab,fcab->fij", windows, kernel)  # over all channels
maps = sums + bias[:, None, None]
weights = kernel.size
print(maps.shape, weights)
"""
_KERAS = """import keras

layer = keras.layers.Conv2D(len(bias), kernel.shape[2:])
layer.build((1, *image.shape))
layer.set_weights([kernel.transpose(2, 3, 1, 0), bias])
batch = layer(image[None].astype("float32"))
keras_maps = keras.ops.convert_to_numpy(batch)[0].transpose(2, 0, 1)
parameters = layer.count_params()
print(keras_maps.shape, parameters)
"""


class ChannelMixer(Explorer):
    """A colour picture in three channels, and filters that mix them, one map for each.

    Each filter has its own weights for each channel. The parts of the channels and
    their sum are shown as pictures, and what the layer costs as numbers.

    Parameters
    ----------
    text
        A state as a text, such as ``"mixer?filters=3&size=3"``.
    image
        A picture of your own, of shape ``(rows, columns, 3)`` with 3 to 64 rows and
        columns: fractions from 0 to 1, or whole numbers from 0 to 255.
    state
        Values that differ from the first state, by name.

    Raises
    ------
    ValueError
        If a value is not legal, with what is.
    """

    name = "mixer"
    fields: ClassVar[Mapping[str, Field]] = {
        "filters": Whole(2, 1, 4),
        "filter": Whole(0, 0, 3),
        "size": Choice("1", ("1", "3")),
        "row": Whole(31, 0, 63),
        "column": Whole(11, 0, 63),
        "brush": Whole(1, -99, 99),
        "edits": Text("", "0-9,~-", 1200),
    }

    def __init__(
        self, text: str = "", *, image: ArrayLike | None = None, **state: object
    ) -> None:
        super().__init__(text, **state)
        for part in filter(None, self._state["edits"].split("~")):
            if not _EDIT.fullmatch(part):
                legal = "filter,channel,place,weight such as 0,1,4,-2"
                raise ValueError(f"edits must be {legal}, not {part!r:.80}")
        self._image = still_life(48) if image is None else checked(image, 3, *_SIDES)
        start = _START.replace("SOURCE", "" if image is None else "image=image")
        self._data = {
            "image": encoded(self._image),
            "code": {"NumPy": start + _NUMPY, "Keras": start + _KERAS},
        }

    def image(self) -> FloatArray:
        """Return the picture: ``(rows, columns, 3)``, whole numbers from 0 to 255."""
        return self._image.astype(np.float64)

    def kernel(self) -> FloatArray:
        """Return the kernel: ``(k, k, 3, filters)``, as a layer has it."""
        return self._weights()[0]

    def bias(self) -> FloatArray:
        """Return the biases, one for each filter."""
        return self._weights()[1]

    def maps(self) -> FloatArray:
        """Return the maps, one for each filter: ``(rows, columns, filters)``."""
        image, (kernel, bias) = self.image(), self._weights()
        sums = [
            sum(corr2d(image[..., c], kernel[..., c, f]) for c in range(3))
            for f in range(len(bias))
        ]
        maps: FloatArray = np.stack(sums, axis=-1) + bias
        return maps

    def _weights(self) -> tuple[FloatArray, FloatArray]:
        s = self.state
        weights = np.zeros((4, 4, 9))
        weights[:, :3, 4] = _MIDDLES
        for part in filter(None, s["edits"].split("~")):
            f, c, place, value = map(int, part.split(","))
            weights[f, c, place] = value
        bias = weights[: s["filters"], 3, 4]
        kernel = weights[: s["filters"], :3].reshape(-1, 3, 3, 3)
        if s["size"] == "1":
            kernel = kernel[:, :, 1:2, 1:2]
        return kernel.transpose(2, 3, 1, 0), bias

    def figure(self) -> Picture:
        """Return the picture, its channels, and the map of each filter."""
        image = np.asarray(self._image, np.uint8)
        maps, kernel = self.maps(), self.kernel()
        shown = [image, *np.moveaxis(image, -1, 0), *np.moveaxis(maps, -1, 0)]
        captions = ["picture", "red", "green", "blue"]
        middle = kernel.shape[0] // 2
        for f, weights in enumerate(kernel[middle, middle].T):
            numbers = ", ".join(f"{weight:.0f}" for weight in weights)
            captions.append(f"filter {f}: {numbers}")
        alt = (
            f"A colour picture, its three channels, and the maps of {len(maps.T)} "
            f"filters: {'; '.join(captions[4:])}"
        )
        return figures.image_grid(shown, captions, columns=4, alt=alt)
