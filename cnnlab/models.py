"""Two small networks that read digits, and their training.

``small_cnn``    three convolutional layers, then two dense ones: 121,086 parameters
``small_dense``  two dense layers: 119,260 parameters
``error_rate``   train a network, and count the test images that it reads wrongly

Lesson 01 uses them before students can build networks themselves. Keras is imported
when the first of them is called, as that takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray

from cnnlab.exercises import course_answer

Images = NDArray[Any]
Labels = NDArray[Any]
# Keras has no types.
Network = Any

BATCH = 128
# For fewer images, compiling takes longer than training.
_FEW = 1000

__all__ = ["error_rate", "small_cnn", "small_dense"]


@course_answer("slide_model", "slide_graph", "build_model")
def small_cnn() -> Network:
    """Build a convolutional network for images of 28×28 grey pixels.

    Returns
    -------
    keras.Sequential
        Not compiled. Input ``(batch, 28, 28, 1)``, output ``(batch, 10)``: a score for
        each digit, before softmax.
    """
    from keras import layers

    options: dict[str, Any] = {"padding": "same", "activation": "relu"}
    convolutions = [
        layers.Conv2D(filters, kernel, strides=strides, **options)
        for filters, kernel, strides in ((4, 5, 1), (8, 3, 2), (12, 3, 2))
    ]
    return _network(convolutions, hidden=200)


def small_dense() -> Network:
    """Build a dense network with about as many parameters as :func:`small_cnn`.

    Returns
    -------
    keras.Sequential
        Not compiled. Input and output as those of :func:`small_cnn`.
    """
    return _network([], hidden=150)


def _network(convolutions: Sequence[Any], hidden: int) -> Network:
    import keras
    from keras import layers

    head = [layers.Dense(hidden, activation="relu"), layers.Dense(10)]
    parts = [keras.Input((28, 28, 1)), *convolutions, layers.Flatten(), *head]
    return keras.Sequential(parts)


def error_rate(
    build: Callable[[], Network],
    train: tuple[Images, Labels],
    test: tuple[Images, Labels],
    *,
    epochs: int,
    seed: int = 1,
) -> float:
    """Train a new network, and return how many test images it reads wrongly, in %.

    Parameters
    ----------
    build
        Returns the untrained network, such as :func:`small_cnn`.
    train, test
        Images, floats of shape ``(count, 28, 28)``, and their labels, ``(count,)``.
    epochs
        How often training goes through all training images; at least 1.
    seed
        Seed of the first weights and of the order of the images. On one machine, the
        same seed gives the same result.

    Returns
    -------
    float
        0 to 100.
    """
    import keras

    keras.utils.set_random_seed(seed)
    network = build()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    few = len(train[0]) < _FEW
    network.compile("adam", loss, metrics=["accuracy"], run_eagerly=few)
    network.fit(*train, batch_size=BATCH, epochs=epochs, verbose=0)
    _, accuracy = network.evaluate(*test, batch_size=BATCH, verbose=0)
    return 100 * (1 - float(accuracy))
