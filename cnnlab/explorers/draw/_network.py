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
Pair = tuple[int, int]

SIDE = 28
LARGEST = 65_504  # of float16
MOST_WEIGHTS, MOST_PRODUCTS, MOST_CELLS = 300_000, 5_000_000, 100_000
LEGAL = (
    "Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, DepthwiseConv2D, "
    "Flatten, GlobalAveragePooling2D, InputLayer, MaxPooling2D, ReLU, Softmax, and "
    "layers that only act in training, such as Dropout"
)
# They change nothing while a model is not trained.
_ONLY_IN_TRAINING = (
    "AlphaDropout",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "RandomRotation",
    "RandomTranslation",
    "RandomZoom",
    "SpatialDropout2D",
)

__all__ = ["LEGAL", "SIDE", "Network", "for_page", "packed", "softmax"]


@dataclass(frozen=True)
class Network:
    """Steps, and the float16 weights of all of them in one row."""

    steps: list[Step]
    weights: NDArray[np.float16]

    @property
    def encoded(self) -> str:
        """The weights as base64 of little-endian float16."""
        return base64.b64encode(self.weights.astype("<f2").tobytes()).decode("ascii")

    def maps(self, image: Array) -> list[Array]:
        """Return what each step gives for an image: ``(rows, columns, channels)``."""
        x, found = image.reshape(SIDE, SIDE, 1).astype(np.float64), []
        for step in self.steps:
            x = _run(step, self._arrays(step, x.shape[-1]), x)
            found.append(x)
        return found

    def logits(self, image: Array) -> Array:
        """Return the ten numbers before the softmax."""
        return self.maps(image)[-1].reshape(-1)

    def keras_model(self) -> Any:
        """Return a Keras model of the same steps with these rounded weights."""
        import keras

        layers = [_keras_layer(step) for step in self.steps]
        start = keras.Input((SIDE, SIDE, 1))
        model = keras.Sequential([start, *layers, keras.layers.Flatten()])
        channels = 1
        for step, layer in zip(self.steps, layers, strict=True):
            arrays = self._arrays(step, channels)
            layer.set_weights([each.astype(np.float32) for each in arrays])
            channels = step["shape"][-1]
        return model

    def _arrays(self, step: Step, channels: int) -> list[Array]:
        """Return the kernel, of Keras' shape, and the biases."""
        if "at" not in step:
            return []
        filters = step["shape"][-1] if step["kind"] == "conv" else 1
        shape = (*step["window"], channels, filters)
        end = step["at"] + math.prod(shape)
        kernel = self.weights[step["at"] : end].astype(np.float64).reshape(shape)
        return [kernel, self.weights[end : end + step["shape"][-1]].astype(np.float64)]


def softmax(logits: Array) -> Array:
    """Return probabilities; large logits do not overflow."""
    powers = np.exp(logits - logits.max())
    shares: Array = powers / powers.sum()
    return shares


def for_page(steps: list[Step]) -> list[Step]:
    """Return the steps that the page runs and shows, with what their units see.

    A flatten moves no value in memory, so it is left out. ``"reads"`` is the shape of a
    step's input. Unit `n` of an axis sees `span` cells of the image from cell
    ``start + jump · n`` on: ``"sees"`` is ``[start, jump, span]`` for rows and columns.
    """
    found, shape, sees = [], [SIDE, SIDE, 1], [[0, 1, 1], [0, 1, 1]]
    for step in steps:
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
            found.append(step | {"reads": shape, "sees": [list(each) for each in sees]})
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


def packed(model: Any) -> Network:
    """Return the steps and weights of a Keras model.

    Parameters
    ----------
    model
        A chain of layers from one image of 28 × 28 pixels to ten numbers.

    Raises
    ------
    ValueError
        If it is no such model, has a layer that cannot be shown, or is too large; with
        the layer's name and what is legal.
    """
    _check_ends(model)
    steps: list[Step] = []
    arrays: list[Array] = []
    shape = [SIDE, SIDE, 1]
    for layer in model.layers:
        last = layer is model.layers[-1]
        if _drops_out(layer, last):
            continue
        step, weights = _step(layer, shape, last)
        if weights:
            step["at"] = sum(array.size for array in arrays)
        steps.append(step)
        arrays += weights
        shape = step["shape"]
    row = np.concatenate([array.ravel() for array in arrays] or [np.zeros(0)])
    _check_size(steps, row)
    _check_answers(model, Network(steps, row))
    return Network(steps, row.astype(np.float16))


def _check_ends(model: Any) -> None:
    for name in ("layers", "input_shape", "output_shape"):
        if not hasattr(model, name):
            kind = type(model).__name__
            raise ValueError(f"model must be a built Keras model, not {kind}")
    given, gives = model.input_shape, model.output_shape
    if given not in ((None, SIDE, SIDE), (None, SIDE, SIDE, 1)):
        raise ValueError(f"model must read (None, 28, 28, 1), not {given!s:.80}")
    if gives != (None, 10):
        raise ValueError(f"model must give (None, 10), not {gives!s:.80}")


def _drops_out(layer: Any, last: bool) -> bool:
    """Return whether a layer changes no value, or is the softmax at the end."""
    kind = type(layer).__name__
    if kind == "InputLayer" or kind in _ONLY_IN_TRAINING:
        return True
    softmax = kind == "Activation" and layer.activation.__name__ == "softmax"
    return (softmax or kind == "Softmax") and last


def _refusal(layer: Any, why: str = "") -> ValueError:
    kind = type(layer).__name__
    return ValueError(
        f"layer {layer.name!r} ({kind}) cannot be shown{why}: use {LEGAL}"
    )


def _step(layer: Any, shape: list[int], last: bool) -> tuple[Step, list[Array]]:
    """Return the step of a layer, without its place among the weights; its weights."""
    makers = {
        "Activation": _simple,
        "AveragePooling2D": _pooling,
        "BatchNormalization": _normalisation,
        "Conv2D": _convolution,
        "Dense": _convolution,
        "DepthwiseConv2D": _convolution,
        "Flatten": _simple,
        "GlobalAveragePooling2D": _global_average,
        "MaxPooling2D": _pooling,
        "ReLU": _simple,
    }
    kind = type(layer).__name__
    if kind not in makers:
        raise _refusal(layer)
    if getattr(layer, "data_format", "channels_last") != "channels_last":
        raise _refusal(layer, f" with data_format={layer.data_format!r}")
    step, weights = makers[kind](layer, shape)
    return {"name": layer.name, "relu": _has_relu(layer, last), **step}, weights


def _has_relu(layer: Any, last: bool) -> bool:
    activation = getattr(layer, "activation", None)
    name = getattr(activation, "__name__", "linear")
    # The page computes the softmax of the last layer from the logits.
    if name not in ("linear", "relu", "softmax" if last else "relu"):
        where = "" if last else " before the last layer"
        raise _refusal(layer, f" with activation={name!r}{where}")
    return name == "relu" or type(layer).__name__ == "ReLU"


def _simple(layer: Any, shape: list[int]) -> tuple[Step, list[Array]]:
    if type(layer).__name__ == "Flatten":
        return {"kind": "flatten", "shape": [1, 1, math.prod(shape)]}, []
    slopes = [getattr(layer, name, 0) for name in ("negative_slope", "threshold")]
    if any(slopes) or getattr(layer, "max_value", None) is not None:
        raise _refusal(layer, " with a slope, a threshold or a largest value")
    return {"kind": "relu", "shape": shape}, []


def _sliding(
    kind: str, shape: list[int], window: Pair, stride: Pair, padding: str
) -> Step:
    before, out = [], []
    for n, k, s in zip(shape[:2], window, stride, strict=True):
        size = -(-n // s) if padding == "same" else (n - k) // s + 1
        added = max((size - 1) * s + k - n, 0) if padding == "same" else 0
        before.append(added // 2)
        out.append(size)
    return {
        "kind": kind,
        "window": list(window),
        "stride": list(stride),
        "padding": padding,
        "before": before,
        "shape": [*out, shape[2]],
    }


def _pooling(layer: Any, shape: list[int]) -> tuple[Step, list[Array]]:
    kind = "max" if type(layer).__name__ == "MaxPooling2D" else "average"
    window = layer.pool_size, layer.strides, layer.padding
    return _sliding(kind, shape, *window), []


def _global_average(layer: Any, shape: list[int]) -> tuple[Step, list[Array]]:
    del layer
    return _sliding("average", shape, (shape[0], shape[1]), (1, 1), "valid"), []


def _convolution(layer: Any, shape: list[int]) -> tuple[Step, list[Array]]:
    kind = type(layer).__name__
    if kind == "Dense":
        step = _sliding("conv", shape, (1, 1), (1, 1), "valid")
    else:
        odd = {"dilation_rate": (1, 1), "groups": 1, "depth_multiplier": 1}
        for name, only in odd.items():
            value = getattr(layer, name, only)
            if value != only:
                raise _refusal(layer, f" with {name}={value}")
        word = "conv" if kind == "Conv2D" else "depth"
        window = tuple(layer.kernel_size), tuple(layer.strides), layer.padding
        step = _sliding(word, shape, *window)
    kernel, *bias = (np.asarray(array, np.float64) for array in layer.get_weights())
    count = kernel.shape[2] if kind == "DepthwiseConv2D" else kernel.shape[-1]
    step["shape"] = [*step["shape"][:2], count]
    return step, [kernel, bias[0] if bias else np.zeros(count)]


def _normalisation(layer: Any, shape: list[int]) -> tuple[Step, list[Array]]:
    """Return a factor and an addend for each channel: what it does when not trained."""
    if layer.axis not in (-1, 3):
        raise _refusal(layer, f" with axis={layer.axis}")
    weights = [np.asarray(array, np.float64) for array in layer.get_weights()]
    gamma = weights.pop(0) if layer.scale else 1.0
    beta = weights.pop(0) if layer.center else 0.0
    mean, variance = weights
    factor = gamma / np.sqrt(variance + layer.epsilon)
    step = _sliding("depth", shape, (1, 1), (1, 1), "valid")
    return step, [factor, beta - mean * factor]


def _check_size(steps: list[Step], weights: Array) -> None:
    products, before = 0, 1
    for step in steps:
        window = math.prod(step.get("window", (0,)))
        inputs = before if step["kind"] == "conv" else 1
        products += math.prod(step["shape"]) * window * inputs
        before = step["shape"][-1]
    cells = sum(math.prod(step["shape"]) for step in steps)
    for count, most, words in (
        (weights.size, MOST_WEIGHTS, "weights"),
        (products, MOST_PRODUCTS, "products for an image"),
        (cells, MOST_CELLS, "cells in its maps"),
    ):
        if count > most:
            raise ValueError(f"model has {count:,} {words}: at most {most:,} are shown")
    largest = float(np.abs(weights).max(initial=0))
    if not largest <= LARGEST:
        raise ValueError(f"model has a weight of {largest}: at most 65,504 is legal")


def _check_answers(model: Any, network: Network) -> None:
    """Compare with the model: its layers may be no chain, or be applied twice."""
    image = np.random.default_rng(0).random((1, SIDE, SIDE))
    shape = (1, *model.input_shape[1:])
    answers = model(image.reshape(shape), training=False)
    theirs = np.asarray(answers, np.float64).reshape(-1)
    ours = network.logits(image)
    if ours.shape != theirs.shape or not (
        np.allclose(ours, theirs, 1e-2, 1e-2)
        or np.allclose(softmax(ours), theirs, 1e-2, 1e-2)
    ):
        raise ValueError(
            "model must be one chain of layers, each applied once: its answer to an "
            f"image is {theirs.round(3).tolist()}, but its layers in their order give "
            f"{ours.round(3).tolist()}"
        )
