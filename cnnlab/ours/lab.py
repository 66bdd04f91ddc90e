"""The course's own answers to the exercises of the lab, for those who skip one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from cnnlab.exercises import course_answer
from cnnlab.lab import block, training_log
from cnnlab.stacks import build, slides_stack

Array = NDArray[Any]
Params = Mapping[str, Any]

__all__ = [
    "build_model",
    "build_own",
    "build_small",
    "confusion_matrix",
    "export_classifier",
    "grad_cam",
    "input_pipeline",
    "make_classifier",
    "parts",
    "preprocess",
    "split",
    "train_and_evaluate",
    "worst_errors",
]

_INPUT = (28, 28, 1)
_HIDDEN = {"linear": (), "dnn": (300, 100), "dnn_dropout": (300, 100)}


@course_answer()
def preprocess(images: Array) -> Array:
    """Return grey values scaled to 0..1, as float32, with a channel axis at the end."""
    return images[..., np.newaxis].astype("float32") / 255


@course_answer()
def split(labels: Array, share: float, seed: int) -> tuple[Array, Array]:
    """Return the row numbers for fitting, and those for validation, by class.

    Parameters
    ----------
    labels
        A whole number for each row.
    share
        Part of each class that goes to validation, 0 to 1.
    seed
        Equal seeds give equal rows.
    """
    rng = np.random.default_rng(seed)
    is_val = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        count = round(share * len(rows))
        is_val[rng.choice(rows, count, replace=False)] = True
    return np.flatnonzero(~is_val), np.flatnonzero(is_val)


def parts(
    images: Array, labels: Array, share: float, seed: int
) -> tuple[Array, Array, Array, Array]:
    """Return images and labels for fitting, then those for validation."""
    fit, val = split(labels, share, seed)
    return images[fit], labels[fit], images[val], labels[val]


@course_answer()
def build_model() -> keras.Model:
    """Return the lab's CNN: the slides' model of lesson 05."""
    model: keras.Model = build(slides_stack(), _INPUT)
    return model


@course_answer()
def make_classifier(params: Params) -> keras.Model:
    """Return a new, compiled model that gives logits.

    Parameters
    ----------
    params
        ``kind``, ``dropout`` and ``learning_rate``, as in the lab's Exercise 4.
    """
    model = _of_kind(params["kind"], params["dropout"])
    model.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def _of_kind(kind: str | Callable[[], keras.Model], dropout: float) -> keras.Model:
    if not isinstance(kind, str):
        return kind()
    if kind not in _HIDDEN:
        return build_model()
    layers = keras.layers
    stack = [keras.Input(_INPUT), layers.Flatten()]
    stack += [layers.Dense(units, activation="relu") for units in _HIDDEN[kind]]
    if kind == "dnn_dropout":
        stack.append(layers.Dropout(dropout))
    return keras.Sequential([*stack, layers.Dense(10)])


@course_answer()
def input_pipeline(
    images: Array, labels: Array, batch_size: int, training: bool
) -> tf.data.Dataset:
    """Return the rows in batches; in a new order in each pass if `training`."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)


@course_answer()
def train_and_evaluate(
    classifier: keras.Model, train_spec: Params, eval_spec: Params
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Train with early stopping; return the model at its best, and the history.

    Parameters
    ----------
    classifier
        A compiled model.
    train_spec, eval_spec
        As in the lab's Exercise 7.
    """
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    run = classifier.fit(
        input_pipeline(train_spec["images"], train_spec["labels"], size, True),
        validation_data=input_pipeline(
            eval_spec["images"], eval_spec["labels"], size, False
        ),
        epochs=train_spec["epochs"],
        callbacks=[
            keras.callbacks.ModelCheckpoint(
                best, save_best_only=True, save_weights_only=True
            ),
            keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
            training_log(folder),
        ],
        verbose=0,
        shuffle=False,  # the pipeline shuffles
    )
    classifier.load_weights(best)
    return classifier, run.history


@course_answer()
def build_small() -> keras.Model:
    """Return a CNN with fewer than 10,000 parameters."""
    sizes = ((8, True), (16, True), (16, False), (16, True))
    blocks = [layer for filters, pool in sizes for layer in block(filters, pool=pool)]
    head = [keras.layers.Flatten(), keras.layers.Dense(10)]
    return keras.Sequential([keras.Input(_INPUT), _moving(), *blocks, *head])


@course_answer()
def build_own() -> keras.Model:
    """Return a CNN for 99.3 % on MNIST."""
    blocks = block(16, kernel=5, stride=2) + block(32, stride=2)
    blocks += block(64) + block(64, pool=True)
    layers = keras.layers
    head = [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    return keras.Sequential([keras.Input(_INPUT), _moving(), *blocks, *head])


def _moving() -> keras.layers.Layer:
    """Return a layer that moves training images by up to a pixel."""
    return keras.layers.RandomTranslation(0.05, 0.05, "constant", "nearest")


@course_answer()
def confusion_matrix(labels: Array, answers: Array, classes: int) -> NDArray[np.int64]:
    """Count the answers (columns) to the images of each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (labels, answers), 1)
    return counts


@course_answer()
def worst_errors(logits: Array, labels: Array, count: int) -> NDArray[np.int64]:
    """Return the rows of wrong answers, the most confident first, at most `count`."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    confidence = powers.max(axis=1) / powers.sum(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    order = np.argsort(-confidence[wrong], kind="stable")
    return wrong[order][:count]


@course_answer()
def grad_cam(
    classifier: keras.Model, layer_name: str, image: Array, label: int
) -> Array:
    """Return where a layer finds evidence for a class: 2-D, from 0 to 1.

    Parameters
    ----------
    classifier
        A model that gives logits.
    layer_name
        One of its convolutions.
    image
        Shape ``(height, width, channels)``.
    label
        The class.
    """
    layer = classifier.get_layer(layer_name)
    both = keras.Model(classifier.inputs[0], [layer.output, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        maps, logits = both(image[np.newaxis])
        logit = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(logit, maps)[0], axis=(0, 1))
    heat: Array = np.maximum(np.sum(maps[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat


@course_answer()
def export_classifier(classifier: keras.Model, folder: str) -> None:
    """Write a service that reads raw images and gives probabilities."""
    raw = keras.Input((28, 28), dtype="uint8")
    images = keras.layers.Reshape(_INPUT)(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(images))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)
