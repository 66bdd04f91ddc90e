"""Check what is done with a trained model: show its maps, offer it as a service."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

__all__ = ["service_problem", "tiny_maps", "tiny_reader"]

Array = NDArray[Any]


def tiny_maps(maps: Array, weights: Array) -> tuple[keras.Model, Array]:
    """Return a model whose convolution ``"seen"`` gives these maps, and its image.

    A second convolution passes on only the first row of each map.

    Parameters
    ----------
    maps
        Shape ``(height, width, k)``.
    weights
        Shape ``(k, classes)``: how a class's logit changes with a map, as a mean over
        the positions. At single positions it is more or less.
    """
    height, width, count = maps.shape
    seen = keras.layers.Conv2D(count, 1, name="seen")
    last = keras.layers.Conv2D(count, (height, 1), name="last")
    head = keras.layers.Dense(weights.shape[1])
    stack = [keras.Input(maps.shape), seen, last, keras.layers.Flatten(), head]
    model = keras.Sequential(stack)
    nothing, first_row = np.zeros(count), np.zeros((height, 1, count, count))
    first_row[0, 0] = np.eye(count)
    spread = np.linspace(-3, 3, width)[:, None, None]  # its mean is 0
    kernel = (height * weights + spread).reshape(-1, weights.shape[1])
    seen.set_weights([np.eye(count)[None, None], nothing])
    last.set_weights([first_row, nothing])
    head.set_weights([kernel, np.zeros(weights.shape[1])])
    return model, maps.astype("float32")


def tiny_reader() -> tuple[keras.Model, Array, Array]:
    """Return a dense model from 28 × 28 pixels to 10 logits, its kernel and bias."""
    rng = np.random.default_rng(6)
    kernel, bias = rng.normal(size=(784, 10)) / 9, rng.normal(size=10)
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
    model = keras.Sequential(stack)
    model.set_weights([kernel, bias])
    return model, kernel, bias


def service_problem(answers: Any, images: Array, kernel: Array, bias: Array) -> str:
    """Say what is wrong with the answers of a service that was made of `tiny_reader`.

    Parameters
    ----------
    answers
        What the service gave.
    images
        The raw images that it was sent.
    kernel, bias
        Of the model.
    """

    def logits(pixels: Array) -> Array:
        dense: Array = pixels.reshape(len(images), -1) @ kernel + bias
        return dense

    def softmax(values: Array) -> Array:
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        shares: Array = powers / powers.sum(axis=1, keepdims=True)
        return shares

    scaled = images / 255
    right = softmax(logits(scaled))
    if np.shape(answers) != right.shape:
        return f"it gives an array of shape {np.shape(answers)}, not {right.shape}"
    slips = {
        "it gives logits: a softmax must follow": logits(scaled),
        "it applies softmax twice": softmax(right),
        "it does not scale: divide by 255": softmax(logits(images / 1.0)),
        "it scales twice": softmax(logits(scaled / 255)),
        "it divides by 256, not by 255": softmax(logits(images / 256)),
        "it exchanges rows and columns": softmax(logits(scaled.transpose(0, 2, 1))),
    }
    for lead, wrong in {"": right, **slips}.items():
        if np.allclose(answers, wrong, rtol=0, atol=1e-4):
            return lead
    if not np.allclose(np.sum(answers, axis=1), 1, atol=1e-3):
        return "its answers are no probabilities: they do not add up to 1"
    return "its probabilities are not those of the classifier"
