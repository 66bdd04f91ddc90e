"""A Keras model as plain steps with float16 weights, and what it computes in NumPy.

A step is a dict. ``"kind"`` is ``"conv"`` (a dense layer: one with a window of 1 × 1),
``"depth"`` (one filter for each channel: a depthwise convolution, a normalisation),
``"max"``, ``"average"``, ``"flatten"`` or ``"relu"``. ``"window"``, ``"stride"``,
``"before"`` (rows and columns of padding at the top and left) and ``"shape"`` (of the
output) say where it reads; ``"at"`` is the place of its kernel among all weights, and
its biases follow. A step with ``"relu"`` true ends in a ReLU. ``"name"`` is the layer.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Step = dict[str, Any]
Shape = tuple[int, int, int]

SIDE = 28
DIGIT: Shape = (SIDE, SIDE, 1)

__all__ = ["DIGIT", "SIDE", "Network", "Shape", "Step", "for_page", "softmax"]


@dataclass(frozen=True)
class Network:
    """Steps, the float16 weights of all of them in one row, the shape of an image."""

    steps: list[Step]
    weights: NDArray[np.float16]
    shape: Shape = DIGIT

    @property
    def encoded(self) -> str:
        """The weights as text: float16 numbers, little-endian, written in base64."""
        return base64.b64encode(self.weights.astype("<f2").tobytes()).decode("ascii")

    def maps(self, image: Array) -> list[Array]:
        """Return what each step gives for an image: ``(rows, columns, channels)``."""
        x, found = image.reshape(self.shape).astype(np.float64), []
        for step in self.steps:
            x = _run(step, self.arrays(step, x.shape[-1]), x)
            found.append(x)
        return found

    def logits(self, image: Array) -> Array:
        """Return the last numbers, before the softmax."""
        return self.maps(image)[-1].reshape(-1)

    def keras_model(self) -> Any:
        """Return a Keras model of the same steps with these rounded weights."""
        import keras

        layers = [_keras_layer(step) for step in self.steps]
        start = keras.Input(self.shape)
        model = keras.Sequential([start, *layers, keras.layers.Flatten()])
        channels = self.shape[2]
        for step, layer in zip(self.steps, layers, strict=True):
            arrays = self.arrays(step, channels)
            layer.set_weights([each.astype(np.float32) for each in arrays])
            channels = step["shape"][-1]
        return model

    def arrays(self, step: Step, channels: int) -> list[Array]:
        """Return a step's kernel, of Keras' shape, and biases; nothing without them."""
        if "at" not in step:
            return []
        filters = step["shape"][-1] if step["kind"] == "conv" else 1
        shape = (*step["window"], channels, filters)
        end = step["at"] + math.prod(shape)
        kernel = self.weights[step["at"] : end].astype(np.float64).reshape(shape)
        return [kernel, self.weights[end : end + step["shape"][-1]].astype(np.float64)]


def softmax(logits: Array) -> Array:
    """Return probabilities along the last axis; large logits do not overflow."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def for_page(steps: list[Step], image: Shape = DIGIT) -> list[Step]:
    """Return the steps that the page runs and shows, with what their units see.

    A flatten moves no value in memory, so it is left out. ``"reads"`` is the shape of a
    step's input, ``"index"`` the step's place among all. Unit `n` of an axis sees
    `span` cells of the image from cell ``start + jump · n`` on: ``"sees"`` is
    ``[start, jump, span]`` for rows and columns.
    """
    found, shape, sees = [], list(image), [[0, 1, 1], [0, 1, 1]]
    for index, step in enumerate(steps):
        for axis in (0, 1):
            start, jump, span = sees[axis]
            if "window" in step:
                start -= step["before"][axis] * jump
                span += (step["window"][axis] - 1) * jump
                jump *= step["stride"][axis]
            elif step["kind"] == "flatten":
                span, jump = span + (shape[axis] - 1) * jump, 0
            sees[axis] = [start, jump, span]
        if step["kind"] != "flatten":
            seen = {"index": index, "reads": shape, "sees": [[*each] for each in sees]}
            found.append(step | seen)
        shape = step["shape"]
    return found


def _run(step: Step, arrays: list[Array], x: Array) -> Array:
    if step["kind"] == "flatten":
        x = x.reshape(1, 1, -1)
    elif step["kind"] != "relu":
        windows, counts = _windows(step, x)
        if step["kind"] == "conv":
            x = np.einsum("ijcab,abcf->ijf", windows, arrays[0]) + arrays[1]
        elif step["kind"] == "depth":
            x = np.einsum("ijcab,abcz->ijc", windows, arrays[0]) + arrays[1]
        elif step["kind"] == "max":
            x = windows.max(axis=(3, 4))
        else:
            x = windows.sum(axis=(3, 4)) / counts
    return x.clip(0) if step["relu"] else x


def _windows(step: Step, x: Array) -> tuple[Array, Array]:
    """Return all windows, and how many cells of each are no padding."""
    shape, ends = step["shape"], []
    for axis in (0, 1):
        reach = (shape[axis] - 1) * step["stride"][axis] + step["window"][axis]
        before = step["before"][axis]
        ends.append((before, max(reach - before - x.shape[axis], 0)))
    filler = -np.inf if step["kind"] == "max" else 0.0
    steps = (slice(None, None, step["stride"][0]), slice(None, None, step["stride"][1]))
    view = np.lib.stride_tricks.sliding_window_view
    padded = np.pad(x, (*ends, (0, 0)), constant_values=filler)
    real = np.pad(np.ones_like(x[..., :1]), (*ends, (0, 0)))
    windows = view(padded, step["window"], (0, 1))[steps][: shape[0], : shape[1]]
    cells = view(real, step["window"], (0, 1))[steps][: shape[0], : shape[1]]
    return windows, cells.sum(axis=(3, 4))


def _keras_layer(step: Step) -> Any:
    from keras import layers

    kind, activation = step["kind"], "relu" if step["relu"] else None
    if kind in ("flatten", "relu"):
        return layers.Reshape(step["shape"]) if kind == "flatten" else layers.ReLU()
    window: dict[str, Any] = {"strides": step["stride"], "padding": step["padding"]}
    if kind == "conv":
        filters, size = step["shape"][-1], step["window"]
        return layers.Conv2D(filters, size, activation=activation, **window)
    if kind == "depth":
        return layers.DepthwiseConv2D(step["window"], activation=activation, **window)
    pooling = layers.MaxPooling2D if kind == "max" else layers.AveragePooling2D
    return pooling(step["window"], **window)
