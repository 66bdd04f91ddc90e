"""What is wrong with an answer in the lab: for visible tests that would be long.

Each ``..._problem`` returns a text for the student, which is empty if all is well.

``split_problem``       the rows for fitting and for validation
``activation_problem``  where a model applies ReLU
``classifier_problem``  a compiled classifier
``pipeline_problem``    a dataset of batches
``network_problem``     a network of the student's own
``service_problem``     what an exported service answers
``training_problem``    a training with early stopping
``tiny_learner``        a model and data that it can learn in a second
``tiny_training``       a model and specs whose training takes a second
``tiny_maps``           a model with maps that are known
``tiny_reader``         a dense model for small services
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Spec = dict[str, Any]

__all__ = [
    "activation_problem",
    "classifier_problem",
    "network_problem",
    "pipeline_problem",
    "service_problem",
    "split_problem",
    "tiny_learner",
    "tiny_maps",
    "tiny_reader",
    "tiny_training",
    "training_problem",
]

_LARGE = 1000.0
_NOTHING = "it returned None: `print` shows a value, `return` hands it over"


def split_problem(labels: Array, parts: Any, counts: Mapping[int, int]) -> str:
    """Say what is wrong with a split into rows for fitting and for validation.

    Parameters
    ----------
    labels
        The class of each row.
    parts
        What the student's function returned.
    counts
        ``{class: rows that must go to validation}``.
    """
    if parts is None:
        return _NOTHING
    if not isinstance(parts, tuple | list) or len(parts) != 2:
        return f"return two arrays, `return fit_rows, val_rows`, not {_kind(parts)}"
    fit, val = (np.asarray(rows) for rows in parts)
    if fit.ndim != 1 or val.ndim != 1 or {fit.dtype.kind, val.dtype.kind} - set("iu"):
        return "return row numbers: two 1-D arrays of whole numbers"
    if both := np.intersect1d(fit, val).tolist():
        return f"row {both[0]} is in both parts"
    missing = np.setdiff1d(np.arange(len(labels)), np.concatenate([fit, val]))
    if missing.size:
        return f"row {missing[0]} is in neither part"
    if fit.size + val.size != len(labels):
        return "a row is there twice in one part"
    for label, count in counts.items():
        got, rows = (int(np.sum(some == label)) for some in (labels[val], labels))
        if got != count:
            swapped = got == rows - count
            lead = "return fit_rows first" if swapped else "split each class by itself"
            text = f"val_rows has {got} of the {rows} rows of class {label}"
            return f"{text}, not {count}: {lead}"
    return ""


def _form_problem(model: Any) -> str:
    """Say whether it is a model from 28 × 28 grey images to 10 outputs."""
    if model is None:
        return _NOTHING
    if not isinstance(model, keras.Model):
        return f"return a Keras model, not {_kind(model)}"
    if tuple(model.input_shape[1:]) != (28, 28, 1):
        return f"it reads {_by(model.input_shape[1:])}, not 28 × 28 × 1"
    if tuple(model.output_shape[1:]) != (10,):
        return f"it gives {_by(model.output_shape[1:])} numbers for each image, not 10"
    return ""


def _by(shape: Iterable[int]) -> str:
    return " × ".join(map(str, shape))


def _kind(value: object) -> str:
    if isinstance(value, np.ndarray):
        return "an array"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


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


def pipeline_problem(batches: Any, labels: Array, size: int, training: bool) -> str:
    """Say what is wrong with a dataset of batches. Each image is filled with its label.

    Parameters
    ----------
    batches
        What the student's function returned.
    labels
        All labels, in rising order.
    size
        Rows in a batch.
    training
        Whether the order must be random.
    """
    if batches is None:
        return _NOTHING
    if "Dataset" not in repr(batches):
        return f"return a tf.data.Dataset, not {_kind(batches)}"
    passes = []
    for _ in range(2):
        pairs = list(islice(batches, len(labels) + 1))
        if problem := _batches_problem(pairs, labels, size):
            return problem
        passes.append(np.concatenate([np.asarray(pair[1]) for pair in pairs]))
    if problem := _order_problem(passes, labels, size, training):
        return problem
    return "" if "Prefetch" in repr(batches) else "prefetch, as the last step"


def _batches_problem(pairs: Sequence[Any], labels: Array, size: int) -> str:
    """Say what is wrong with the batches of one pass."""
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        return "each batch must be a pair: images, labels"
    found = [len(np.asarray(pair[1])) if np.ndim(pair[1]) else 0 for pair in pairs]
    starts = range(0, len(labels), size)
    asked = [min(size, len(labels) - start) for start in starts]
    if found != asked:
        shown = f"{found[:5]}{' …' if len(found) > 5 else ''}".replace("] …", ", …]")
        return f"one pass gives batches of {shown} rows, not {asked}"
    for images, of in pairs:
        pixels = np.asarray(images)
        if pixels.ndim != 4:
            return f"images of shape {pixels.shape}: are images and labels exchanged?"
        if not np.array_equal(pixels[:, 0, 0, 0], np.asarray(of)):
            return "an image has the label of another one"
    seen = np.sort(np.concatenate([np.asarray(pair[1]) for pair in pairs]))
    if not np.array_equal(seen, labels):
        return "one pass must give each row once"
    return ""


def _order_problem(
    passes: Sequence[Array], labels: Array, size: int, training: bool
) -> str:
    first, second = passes
    in_order = np.array_equal(first, labels)
    if not training:
        return "" if in_order else "without training, the rows must keep their order"
    if in_order:
        return "with training, the order must be random"
    if np.array_equal(first, second):
        return "both passes had the same order: shuffle anew in each"
    rows = np.searchsorted(labels, first)
    if np.mean(np.diff(rows) == 1) > 0.5:
        return "whole batches were shuffled: shuffle the rows before you make batches"
    if rows[:size].max() < 2 * size:
        return "the first batch has only rows from the beginning: shuffle(len(images))"
    return ""


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


def tiny_learner() -> tuple[keras.Model, Array, Array]:
    """Return a compiled model, 64 images of noise, and labels that it can overfit."""
    rng = np.random.default_rng(7)
    images = rng.normal(size=(64, 5, 4, 1)).astype("float32")
    stack = [keras.Input((5, 4, 1)), keras.layers.Flatten()]
    stack += [keras.layers.Dense(64, "relu"), keras.layers.Dense(4)]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model, images, rng.integers(0, 4, 64)


def tiny_training(
    folder: str, epochs: int, patience: int, answers: Array
) -> tuple[keras.Model, Spec, Spec]:
    """Return a compiled model and the specs of a training that takes a second.

    Parameters
    ----------
    folder
        Where a new folder's name begins.
    epochs, patience
        For the specs.
    answers
        The 60 labels for validation. Training uses ``np.arange(60) % 3``: with equal
        labels the validation loss falls, with others it rises.
    """
    stack = [keras.Input((3, 2, 1)), keras.layers.Flatten()]
    last = keras.layers.Dense(3, "softmax", kernel_initializer="zeros")
    model = keras.Sequential([*stack, last])
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile(keras.optimizers.SGD(0.2), loss, metrics=["accuracy"])
    images = np.eye(6)[np.arange(60) % 6].reshape(60, 3, 2, 1)
    train: Spec = {"images": images, "labels": np.arange(60) % 3}
    train |= {"epochs": epochs, "batch_size": 8}
    judge: Spec = {"images": images, "labels": answers, "patience": patience}
    return model, train, {**judge, "folder": f"{folder}-{time.time_ns()}"}


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


def training_problem(model: Any, history: Any, judge: Spec, stored: Any) -> str:
    """Say what is wrong after a training in which ``val_loss`` rose from the start.

    Parameters
    ----------
    model, history
        What the student's function returned.
    judge
        The ``eval_spec`` of that training.
    stored
        :func:`cnnlab.lab.stored`, called where the folder is.
    """
    losses, patience = history.get("val_loss", []), judge["patience"]
    if len(losses) < 2 or losses[0] >= losses[-1]:
        return "validation must use the images and labels of eval_spec"
    if len(losses) != 1 + patience:
        return (
            f"val_loss rose from epoch 2 on, and patience was {patience}: it must stop "
            f"after {1 + patience} epochs, not after {len(losses)}"
        )
    outputs = np.asarray(model(judge["images"]))
    loss = float(-np.log(outputs[np.arange(len(outputs)), judge["labels"]]).mean())
    if not np.isclose(loss, losses[0], rtol=1e-3):
        return (
            "the classifier that comes back has other weights than in epoch 1, when "
            "val_loss was lowest: load the checkpoint"
        )
    kept, logged = stored(tiny_training("", 1, 1, judge["labels"])[0], judge["folder"])
    if kept is None:
        return "there is no best.weights.h5 in the folder"
    if not np.allclose(np.asarray(kept(judge["images"])), outputs, atol=1e-6):
        return "best.weights.h5 does not hold the weights of the lowest val_loss"
    return "" if logged else "there is no log in the folder: use training_log(folder)"
