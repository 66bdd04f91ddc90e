"""What is wrong with a model that a student has built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from cnnlab.lab_checks._words import NOTHING, kind

__all__ = ["activation_problem", "classifier_problem", "network_problem"]

_LARGE = 1000.0


def classifier_problem(
    model: Any, params: Mapping[str, Any], units: Sequence[int]
) -> str:
    """Say what is wrong with a compiled classifier of dense layers.

    Parameters
    ----------
    model
        What the student's function returned.
    params
        What it was called with.
    units
        Of the dense layers.
    """
    if problem := _form_problem(model):
        return problem
    if not model.compiled:
        return "the model is not compiled"
    found = [layer.units for layer in _flat(model) if hasattr(layer, "units")]
    if found != list(units):
        return f"dense layers of {found} units, not {list(units)}"
    return (
        _dropout_problem(model, params)
        or _compile_problem(model, params)
        or activation_problem(model)
    )


def _dropout_problem(model: keras.Model, params: Mapping[str, Any]) -> str:
    dropouts = [layer for layer in model.layers if hasattr(layer, "rate")]
    if params["kind"] != "dnn_dropout":
        return "there is a Dropout, which is not asked for" if dropouts else ""
    if len(dropouts) != 1 or model.layers[-2] is not dropouts[0]:
        return "one Dropout is asked for, right before the last layer"
    rate, share = dropouts[0].rate, params["dropout"]
    right = np.isclose(rate, share)
    return "" if right else f'it drops {rate:.2g}, not params["dropout"], {share}'


def _compile_problem(model: keras.Model, params: Mapping[str, Any]) -> str:
    if type(model.optimizer).__name__ != "Adam":
        return f"its optimiser is {type(model.optimizer).__name__}, not Adam"
    rate, asked = float(model.optimizer.learning_rate), params["learning_rate"]
    if not np.isclose(rate, asked):
        return f'its learning rate is {rate:.3g}, not params["learning_rate"], {asked}'
    name = getattr(model.loss, "__name__", type(model.loss).__name__)
    text = model.loss if isinstance(model.loss, str) else name
    if "sparse" not in text.lower():
        return f"its loss is {text}; labels are whole numbers: use the sparse one"
    logits = np.full((1, 10), -50.0, dtype="float32")
    logits[0, :3] = 2, 1, -1
    loss = float(model.compute_loss(y=np.array([0]), y_pred=logits))
    if not np.isclose(loss, 0.349, atol=0.001):
        return (
            f"for the logits 2, 1, -1 and class 0 its loss is {loss:.3f}, not 0.349: "
            "does it know that these are logits?"
        )
    metrics = model.compute_metrics(np.zeros((1, 28, 28, 1)), np.array([0]), logits)
    has_accuracy = any("acc" in name for name in metrics)
    return "" if has_accuracy else 'the metric is missing: metrics=["accuracy"]'


def activation_problem(model: keras.Model) -> str:
    """Say which activation of a stack of layers is wrong; an empty text if none is.

    All layers with parameters but the last must end in ReLU, the last in nothing.
    Changes the model's weights.
    """
    *hidden, last = [layer for layer in _flat(model) if layer.weights]
    value = _after_bias(model, last)
    if not np.isclose(value, -_LARGE):
        return (
            f"the last layer makes {value:.3g} of -1000: it must give logits, without "
            "softmax or ReLU"
        )
    for number, layer in enumerate(hidden, start=1):
        if _after_bias(model, layer) != 0:
            return f"hidden layer {number} lets negative values through: it needs ReLU"
    return ""


def _flat(model: keras.Model) -> Iterator[keras.layers.Layer]:
    """Yield a model's layers, and those of the models in it."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _flat(layer)
        else:
            yield layer


def _after_bias(model: keras.Model, layer: keras.layers.Layer) -> float:
    """Return the first output if one layer's biases are -1000, and all other biases 0.

    All weights are 1, and the image is 0 everywhere.
    """
    for weight in model.weights:
        weight.assign(np.full(weight.shape, 1.0 if len(weight.shape) > 1 else 0.0))
    if layer.bias is not None:
        layer.bias.assign(np.full(layer.bias.shape, -_LARGE))
    image = np.zeros((1, *model.input_shape[1:]), dtype="float32")
    return float(np.asarray(model(image))[0, 0])


def network_problem(model: Any, limit: int) -> str:
    """Say what is wrong with a network of the student's own.

    Parameters
    ----------
    model
        What the student's function returned.
    limit
        The largest number of parameters that is allowed.
    """
    if problem := _form_problem(model):
        return problem
    if not any(isinstance(layer, keras.layers.Conv2D) for layer in model.layers):
        return "there is no convolution in it"
    size = model.count_params()
    if size > limit:
        return f"it has {size:,} parameters; {limit:,} are allowed"
    if not model.trainable_variables:
        return "nothing in it can learn: is it frozen?"
    images = np.random.default_rng(0).random((20, 28, 28, 1), dtype="float32")
    outputs = np.asarray(model(images))
    if np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return "it ends in a softmax: give logits"
    if outputs.min() >= 0 and outputs.max() > 0:
        return "no output is negative: does it end in ReLU? give logits"
    return ""


def _form_problem(model: Any) -> str:
    """Say whether it is a model from 28 × 28 grey images to 10 outputs."""
    if model is None:
        return NOTHING
    if not isinstance(model, keras.Model):
        return f"return a Keras model, not {kind(model)}"
    if tuple(model.input_shape[1:]) != (28, 28, 1):
        return f"it reads {_by(model.input_shape[1:])}, not 28 × 28 × 1"
    if tuple(model.output_shape[1:]) != (10,):
        return f"it gives {_by(model.output_shape[1:])} numbers for each image, not 10"
    return ""


def _by(shape: Iterable[int]) -> str:
    return " × ".join(map(str, shape))
