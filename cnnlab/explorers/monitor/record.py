"""Record the training that the monitor shows where there is none of your own.

``python -m cnnlab.explorers.monitor.record`` trains a dense network on few images, so
that it overfits, and writes ``recorded.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from cnnlab.data import load_mnist

HERE = Path(__file__).parent
FIT, VALIDATION = 500, 2_000

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write the history and what was trained.

    Parameters
    ----------
    arguments
        Those of the command line, if None.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--data", type=Path, help="mnist.npz; else the course's copy")
    parser.add_argument("--folder", type=Path, default=HERE)
    options = parser.parse_args(arguments)

    import keras

    from cnnlab.ours import lab

    data = load_mnist(options.data)
    images, labels = data.x_train[..., None] / 255, data.y_train
    end = min(FIT + VALIDATION, len(labels))
    keras.utils.set_random_seed(1)
    model = lab.make_classifier({"kind": "dnn", "learning_rate": 0.002, "dropout": 0.0})
    run = model.fit(
        images[:FIT],
        labels[:FIT],
        batch_size=100,
        epochs=options.epochs,
        validation_data=(images[FIT:end], labels[FIT:end]),
        verbose=0,
    )
    history = {
        name: [round(value, 4) for value in values]
        for name, values in run.history.items()
    }
    about = f"A dense network of ours, on {FIT:,} images: {data.name}"
    content = json.dumps({"title": about, "history": history}, indent=1)
    (options.folder / "recorded.json").write_text(f"{content}\n", "utf-8")
    print(f"{options.epochs} epochs recorded: {about}")


if __name__ == "__main__":
    main()
