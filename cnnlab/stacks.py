"""Networks as lists of layers, and Keras models made of them.

``slides_stack``  the slides' model for MNIST
``build``         a Keras model of a stack
``random_stack``  a stack drawn at random, for comparing one's own counts with Keras

A stack has one dict for each layer. ``"kind"`` is ``"conv"``, ``"pool"``,
``"flatten"`` or ``"dense"``. A ``"conv"`` has ``"filters"``, ``"k"``, ``"s"`` and
``"padding"``, a ``"pool"`` the last three, a ``"dense"`` has ``"units"``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnlab.exercises import course_answer

Layer = dict[str, Any]
Stack = list[Layer]
Shape = tuple[int, ...]
Size = tuple[int | None, ...]  # of a model that takes images of any size

__all__ = ["Layer", "Shape", "Size", "Stack", "build", "random_stack", "slides_stack"]

# Exercises that ask for such a model, or for what Keras tells about one.
_ANSWERED = (
    "as_convolutions",
    "build_model",
    "count_macs",
    "count_params",
    "mended_a",
    "mended_b",
    "mended_c",
    "pooled_model",
    "shape_trace",
    "slide_graph",
    "slide_model",
)


def slides_stack() -> Stack:
    """Describe the slides' model, for grey images of 28×28 pixels.

    Returns
    -------
    list of dict
        A new stack: three convolutions, ``"flatten"`` and two dense layers.

    Examples
    --------
    >>> [layer["kind"] for layer in slides_stack()]
    ['conv', 'conv', 'conv', 'flatten', 'dense', 'dense']
    """
    conv: Layer = {"kind": "conv", "padding": "same"}
    return [
        conv | {"filters": 4, "k": 5, "s": 1},
        conv | {"filters": 8, "k": 3, "s": 2},
        conv | {"filters": 12, "k": 3, "s": 2},
        {"kind": "flatten"},
        {"kind": "dense", "units": 200},
        {"kind": "dense", "units": 10},
    ]


@course_answer(*_ANSWERED)
def build(stack: Stack, shape: Size) -> Any:
    """Make a Keras model of a stack, with a ReLU after each layer but the last.

    Parameters
    ----------
    stack
        One dict for each layer. Without ``"padding"`` it is ``"valid"``, as in Keras.
    shape
        ``(height, width, channels)`` of one image; ``None`` stands for any number.

    Returns
    -------
    keras.Sequential
        Untrained and uncompiled.
    """
    import keras

    made = [keras.Input(shape)]
    for place, layer in enumerate(stack, start=1):
        made.append(_keras_layer(layer, "relu" if place < len(stack) else None))
    return keras.Sequential(made)


def _keras_layer(layer: Layer, activation: str | None) -> Any:
    from keras import layers

    kind = layer["kind"]
    if kind == "flatten":
        return layers.Flatten()
    if kind == "dense":
        return layers.Dense(layer["units"], activation=activation)
    window = layer["k"], layer["s"], layer.get("padding", "valid")
    if kind == "pool":
        return layers.MaxPooling2D(*window)
    return layers.Conv2D(layer["filters"], *window, activation=activation)


def random_stack(rng: np.random.Generator) -> tuple[Stack, Shape]:
    """Draw a small network, and a size of images for it.

    Parameters
    ----------
    rng
        Where the random numbers come from.

    Returns
    -------
    stack : list of dict
        A convolution, a pooling, a convolution, ``"flatten"`` and a dense layer.
    shape : tuple of int
        ``(height, width, channels)``; height and width differ.
    """
    stack: Stack = [{"kind": kind} for kind in ("conv", "pool", "conv")]
    paddings = rng.permutation(["same", "valid", "same"])
    for layer, padding in zip(stack, paddings, strict=True):
        k, s, filters = rng.integers((2, 1, 2), (5, 4, 7)).tolist()
        layer.update(k=k, s=s, padding=str(padding))
        if layer["kind"] == "conv":
            layer["filters"] = filters
    stack += [{"kind": "flatten"}, {"kind": "dense", "units": 7}]
    return stack, tuple(rng.integers((61, 41, 2), (81, 61, 5)).tolist())
