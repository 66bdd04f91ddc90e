"""Given code of the lab: what would be long or dull to read in the notebook.

``all_or_none``    several values of one answer, as one answer
``block``          the layers of a convolution that learns fast
``training_log``   a callback that writes a log
``rise_and_fall``  a learning rate that rises first and then falls
``stored``         load a checkpoint, and look for a log
``ask``            send images to an exported service
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from numpy.typing import NDArray

Array = NDArray[Any]

__all__ = [
    "all_or_none",
    "ask",
    "block",
    "rise_and_fall",
    "stored",
    "training_log",
]


def all_or_none(*values: Any) -> tuple[Any, ...] | None:
    """Return the values of an answer, or None if one of them is None.

    For :func:`cnnlab.exercises.yours_or_ours`, where an answer has several values.
    """
    return None if any(value is None for value in values) else values


def block(
    filters: int, kernel: int = 3, stride: int = 1, pool: bool = False
) -> list[keras.layers.Layer]:
    """Return a convolution, pooling if asked for, normalisation and ReLU.

    Parameters
    ----------
    filters, kernel, stride
        Of the convolution, which pads "same" and has no bias.
    pool
        Whether a 2×2 max pooling follows.
    """
    layers = keras.layers
    convolution = layers.Conv2D(filters, kernel, stride, "same", use_bias=False)
    # Pooling first leaves a quarter of the values to normalise.
    pooling = [layers.MaxPooling2D()] if pool else []
    # With Keras' default, 0.99, the averages lag behind in a short training.
    normalising = layers.BatchNormalization(momentum=0.9)
    return [convolution, *pooling, normalising, layers.ReLU()]


def training_log(folder: str) -> keras.callbacks.Callback:
    """Return a callback that writes a log; TensorBoard's if it is installed."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    if find_spec("tensorboard"):
        return keras.callbacks.TensorBoard(f"{folder}/logs")
    return keras.callbacks.CSVLogger(f"{folder}/log.csv")


def rise_and_fall(
    peak: float, steps: int
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Return a learning rate that rises to `peak`, then falls to 0 along a cosine.

    Parameters
    ----------
    peak
        The highest rate, reached after a quarter of the steps.
    steps
        All steps of the training.
    """
    rising = steps // 4
    return keras.optimizers.schedules.CosineDecay(
        peak / 10, steps - rising, warmup_target=peak, warmup_steps=rising
    )


def stored(classifier: keras.Model, folder: str) -> tuple[keras.Model | None, bool]:
    """Load the checkpoint into the classifier; say whether there is a log, too.

    Returns
    -------
    tuple
        The classifier, or None if there is no checkpoint; and whether there is a log.
    """
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    checkpoint = Path(folder, "best.weights.h5")
    if not checkpoint.is_file():
        return None, bool(logs)
    classifier.load_weights(str(checkpoint))
    return classifier, bool(logs)


def ask(folder: str, images: Array) -> Array:
    """Load an exported service, and return what it answers to raw images.

    Raises
    ------
    FileNotFoundError
        If there is no SavedModel in the folder.
    ValueError
        If the service does not read such images.
    """
    if not Path(folder, "saved_model.pb").is_file():
        raise FileNotFoundError(
            "there is no SavedModel in `folder`: write it with `export`, not `save`"
        )
    service = tf.saved_model.load(folder)
    try:
        answer: Array = service.serve(tf.constant(images)).numpy()
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"the service refuses {images.dtype} images of shape {images.shape}: "
            'give its Input the shape (28, 28) and dtype="uint8"'
        ) from error
    return answer
