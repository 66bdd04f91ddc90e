"""The slides' model, its shapes and its forward pass: answers of lesson 05.

``convolve`` is given there: it does at once what lessons 02 and 03 ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnnlab.exercises import course_answer
from cnnlab.stacks import Layer, Shape, Stack, build, slides_stack

Array = NDArray[Any]

__all__ = ["convolve", "numpy_forward", "shape_trace", "slide_model"]


@course_answer("build_model", "slide_graph")
def slide_model() -> Any:
    """Return the slides' model, untrained and uncompiled.

    Returns
    -------
    keras.Sequential
        For grey images of 28×28 pixels; it gives ten logits.
    """
    return build(slides_stack(), (28, 28, 1))


@course_answer()
def shape_trace(stack: Stack, shape: Shape) -> list[Shape]:
    """List the output shape of each layer.

    Parameters
    ----------
    stack
        One dict for each layer; see :mod:`cnnlab.stacks`.
    shape
        ``(height, width, channels)`` of one image.

    Returns
    -------
    list of tuple of int
        ``(height, width, channels)``, and ``(values,)`` from ``"flatten"`` on.

    Examples
    --------
    >>> pool = {"kind": "pool", "k": 2, "s": 2, "padding": "valid"}
    >>> shape_trace([pool, {"kind": "flatten"}], (5, 7, 3))
    [(2, 3, 3), (18,)]
    """
    trace = []
    for layer in stack:
        shape = _output_shape(layer, shape)
        trace.append(shape)
    return trace


def _output_shape(layer: Layer, shape: Shape) -> Shape:
    if layer["kind"] == "flatten":
        return (int(np.prod(shape)),)
    if layer["kind"] == "dense":
        return (layer["units"],)
    k, s = layer["k"], layer["s"]
    height, width, channels = shape
    same = layer["padding"] == "same"
    rows, columns = (-(-n // s) if same else (n - k) // s + 1 for n in (height, width))
    return rows, columns, layer.get("filters", channels)


@course_answer("conv_layer", "corr2d", "strided_corr2d")
def convolve(batch: Array, kernel: Array, bias: Array, stride: int) -> Array:
    """Convolve with "same" padding, as Keras does; no ReLU.

    Parameters
    ----------
    batch
        Shape ``(N, height, width, C_in)``.
    kernel
        Shape ``(k, k, C_in, C_out)``.
    bias
        Shape ``(C_out,)``.
    stride
        Cells from one window to the next, along both axes.

    Returns
    -------
    ndarray
        Shape ``(N, rows, columns, C_out)``, where ``rows`` is ``height / stride``
        rounded up, and ``columns`` likewise.

    Examples
    --------
    >>> row, ones = np.arange(5.0).reshape(1, 1, 5, 1), np.ones((3, 3, 1, 1))
    >>> convolve(row, ones, np.array([10.0]), 2).ravel()
    array([11., 16., 17.])
    """
    k, sides = len(kernel), batch.shape[1:3]
    extra = [max((-(-n // stride) - 1) * stride + k - n, 0) for n in sides]
    pads = [(cells // 2, cells - cells // 2) for cells in extra]
    padded = np.pad(batch, [(0, 0), *pads, (0, 0)])
    windows = sliding_window_view(padded, (k, k), axis=(1, 2))
    patches = windows[:, ::stride, ::stride]
    maps: Array = np.einsum("nijcab,abcf->nijf", patches, kernel) + bias
    return maps


@course_answer()
def numpy_forward(weights: Sequence[Array], batch: Array) -> Array:
    """Compute the logits of the slides' model.

    Parameters
    ----------
    weights
        Kernel and bias of each convolution, then matrix and bias of each dense layer.
    batch
        Shape ``(N, 28, 28, 1)``.

    Returns
    -------
    ndarray
        Shape ``(N, 10)``.
    """
    maps = batch
    for kernel, bias, stride in zip(
        weights[:6:2], weights[1:6:2], (1, 2, 2), strict=True
    ):
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    hidden = np.maximum(maps.reshape(len(batch), -1) @ weights[6] + weights[7], 0)
    logits: Array = hidden @ weights[8] + weights[9]
    return logits
