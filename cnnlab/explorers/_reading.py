"""Read a Keras model as the steps of `_network.py`; say what cannot be shown."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.explorers._network import DIGIT, Network, Shape, Step, softmax

Array = NDArray[Any]
Pair = tuple[int, int]

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

__all__ = ["LEGAL", "packed"]


def packed(model: Any, image: Shape = DIGIT, answers: int | None = 10) -> Network:
    """Return the steps and weights of a Keras model.

    Parameters
    ----------
    model
        A chain of layers.
    image
        The shape of the image that it reads: rows, columns, channels.
    answers
        How many numbers it must give; any shape of numbers if None.

    Raises
    ------
    ValueError
        If it is no such model, has a layer that cannot be shown, or is too large; with
        the layer's name and what is legal.
    """
    _check_ends(model, image, answers)
    steps: list[Step] = []
    arrays: list[Array] = []
    shape = list(image)
    for layer in model.layers:
        last = layer is model.layers[-1]
        if _drops_out(layer, last):
            continue
        step, weights = _step(layer, shape, last)
        if min(step["shape"]) < 1:
            window, read = (" × ".join(map(str, x)) for x in (step["window"], shape))
            raise _refusal(layer, f": its window of {window} does not fit on {read}")
        if weights:
            step["at"] = sum(array.size for array in arrays)
        steps.append(step)
        arrays += weights
        shape = step["shape"]
    if all(step["kind"] == "flatten" for step in steps):
        raise ValueError(f"model must have a layer that can be shown: use {LEGAL}")
    row = np.concatenate([array.ravel() for array in arrays] or [np.zeros(0)])
    _check_size(steps, row, image[2])
    _check_answers(model, Network(steps, row, image))
    return Network(steps, row.astype(np.float16), image)


def _check_ends(model: Any, image: Shape, answers: int | None) -> None:
    for name in ("layers", "input_shape", "output_shape"):
        if not hasattr(model, name):
            kind = type(model).__name__
            raise ValueError(f"model must be a built Keras model, not {kind}")
    given, gives = model.input_shape, model.output_shape
    if not _fits(given, image):
        wanted = (None, *image)
        raise ValueError(f"model must read {wanted}, not {given!s:.80}")
    if answers and gives != (None, answers):
        raise ValueError(f"model must give (None, {answers}), not {gives!s:.80}")


def _fits(given: Any, image: Shape) -> bool:
    """Return whether a model that reads `given` can read such an image."""
    if not isinstance(given, tuple) or not all(
        size is None or isinstance(size, int) for size in given
    ):
        return False
    # The axis of the only channel may be missing.
    wanted = (None, *image)[: 3 if len(given) == 3 and image[2] == 1 else 4]
    pairs = zip(given, wanted, strict=False)
    return len(given) == len(wanted) and all(a in (None, b) for a, b in pairs)


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


def _check_size(steps: list[Step], weights: Array, channels: int) -> None:
    products, before = 0, channels
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
    image = np.random.default_rng(0).random(network.shape)
    shape = (1, *image.shape[: len(model.input_shape) - 1])
    answers = model(image.reshape(shape), training=False)
    theirs = np.asarray(answers, np.float64).reshape(-1)
    last = network.maps(image)[-1]
    ours = last.ravel()
    if ours.shape != theirs.shape or not (
        np.allclose(ours, theirs, 1e-2, 1e-2)
        or np.allclose(softmax(last).ravel(), theirs, 1e-2, 1e-2)
    ):
        raise ValueError(
            "model must be one chain of layers, each applied once: its answer to an "
            f"image is {_few(theirs)}, but its layers in their order give {_few(ours)}"
        )


def _few(values: Array) -> str:
    shown = ", ".join(str(value) for value in values[:10].round(3).tolist())
    return f"{shown}, …" if values.size > 10 else shown
