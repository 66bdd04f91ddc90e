"""Train the network that ``draw_digit`` ships.

``python -m cnnlab.explorers.draw.train --data mnist.npz`` writes ``weights.bin``
(float16, little-endian) and ``about.json`` (its steps, its test accuracy) into this
folder. It takes two minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cnnlab.data import Digits, load_mnist
from cnnlab.explorers._network import Network
from cnnlab.explorers._reading import packed

HERE = Path(__file__).parent
PARAMETERS, FILE_BYTES = 10_000, 25_000

__all__ = ["build", "main", "train"]


def build() -> Any:
    """Return the network, untrained: fewer than 10,000 parameters."""
    import keras

    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, padding="same", activation="relu", name="conv_1"),
            layers.MaxPooling2D(name="pool_1"),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="conv_2"),
            layers.MaxPooling2D(name="pool_2"),
            layers.Conv2D(20, 3, activation="relu", name="conv_3"),
            layers.Flatten(name="flatten"),
            layers.Dense(10, name="digits"),
        ]
    )


def train(digits: Digits, epochs: int, seed: int) -> tuple[Network, float]:
    """Train the network, round its weights to float16, and test it once.

    Parameters
    ----------
    digits
        The images. The test images are read once, at the end.
    epochs
        Passes over the training images.
    seed
        Of the first weights and of the order of the images.

    Returns
    -------
    Network
        With rounded weights.
    float
        The share of the test images that it answers correctly.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model = build()
    batch = 128
    steps = epochs * -(-len(digits.x_train) // batch)
    rate = keras.optimizers.schedules.CosineDecay(4e-3, steps)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    images = (digits.x_train / np.float32(255))[..., None]
    model.fit(images, digits.y_train, batch_size=batch, epochs=epochs, verbose=2)
    network = packed(model)
    tested = (digits.x_test / np.float32(255))[..., None]
    answers = network.keras_model().predict(tested, batch_size=500, verbose=0)
    return network, float((answers.argmax(axis=1) == digits.y_test).mean())


def main(words: Sequence[str] | None = None) -> None:
    """Train, print the test accuracy, and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--data", help="an .npz file with MNIST, in Keras' layout")
    parser.add_argument("--epochs", type=int, default=10, help="default: 10")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    threads = "at most so many; default: as TensorFlow chooses"
    parser.add_argument("--threads", type=int, default=0, help=threads)
    parser.add_argument("--folder", type=Path, default=HERE, help="where to write")
    options = parser.parse_args(words)
    if options.threads:
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    digits = load_mnist(options.data)
    network, accuracy = train(digits, options.epochs, options.seed)
    about = {
        "data": digits.name,
        "training_images": len(digits.x_train),
        "test_images": len(digits.x_test),
        "test_accuracy": round(accuracy, 4),
        "parameters": network.weights.size,
        "epochs": options.epochs,
        "seed": options.seed,
        "steps": network.steps,
    }
    content = network.weights.astype("<f2").tobytes()
    if network.weights.size >= PARAMETERS or len(content) > FILE_BYTES:
        raise ValueError(f"{network.weights.size} parameters are too many to ship")
    (options.folder / "weights.bin").write_bytes(content)
    (options.folder / "about.json").write_text(json.dumps(about, indent=1) + "\n")
    print(f"{accuracy:.2%} of {len(digits.x_test):,} test images of {digits.name}")


if __name__ == "__main__":
    main()
