"""The MNIST benchmark refuses other images and computes its table correctly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.mnist import table
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "benchmarks.mnist"]


def command(*words: str, mnist: Path | str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=ROOT,
        env=os.environ | {"CNNLAB_MNIST": str(mnist)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_the_models() -> None:
    done = command("--help")
    assert done.returncode == 0, done.stderr
    for name in ("{keras,cnn,own,small}", "--seeds", "--json", "--out"):
        assert name in done.stdout


def test_other_images_with_mnists_shapes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "fashion.npz"
    pictures, labels = np.zeros((70_000, 28, 28), "uint8"), np.zeros(70_000, "uint8")
    np.savez_compressed(
        file,
        x_train=pictures[:60_000],
        y_train=labels[:60_000],
        x_test=pictures[60_000:],
        y_test=labels[60_000:],
    )
    done = command(mnist=file)
    assert done.returncode == 1
    assert ", not MNIST." in done.stderr
    assert "epoch" not in done.stdout


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    done = command(mnist=tmp_path / "nowhere.npz")
    assert done.returncode == 1
    assert "CNNLAB_MNIST" in done.stderr
    assert "Traceback" not in done.stderr


def run(
    model: str, seed: int, validation: list[float], test: float
) -> table.TrainingRun:
    epochs = [
        table.Epoch(10.0 * number, 20.0 * number, share)
        for number, share in enumerate(validation, 1)
    ]
    return table.TrainingRun(model, f"the {model}", seed, 1234, 5678, epochs, test)


RUNS = [
    run("keras", 1, [0.98, 0.985, 0.99, 0.995], 0.9905),
    run("keras", 2, [0.97, 0.98, 0.98, 0.989], 0.9895),
    run("own", 1, [0.98, 0.995], 0.994),
    run("own", 2, [0.991, 0.995], 0.993),
]


def test_the_interval_is_wilsons() -> None:
    # By hand: (0.99 + 0.000192) / 1.000384 ± 0.00196.
    low, high = table.interval(0.99, 10_000)
    assert (round(low, 4), round(high, 4)) == (0.9879, 0.9918)


def test_a_row_has_means_and_the_worst_seed() -> None:
    *_, keras, own = table.table(RUNS).splitlines()
    assert "| 1,234 | 5,678 | 4 | 40 (80) | 30 (60), 1 of 2 runs |" in keras
    assert "99.00% [98.79%, 99.18%] | 98.95% |" in keras
    assert "| 2 | 20 (40) | 15 (30) | 99.35%" in own


def test_the_whole_training_is_compared_until_99_and_with_all_epochs() -> None:
    first, all_epochs, never = table.comparison(RUNS).splitlines()
    assert first.startswith("Seed 1: all training of the lab's CNN took 0.67 of")
    assert first.endswith("needed to 99% on the validation images.")
    assert "took 0.50 of the processor time (0.50 of the wall" in all_epochs
    assert all_epochs.endswith("needed for all its 4 epochs.")
    assert never.startswith("Seed 2: all training of the lab's CNN took 0.50 of")
    assert never.endswith("which never reached 99 % on the validation images.")


# In a process of its own: TensorFlow stays out of this one.
LAB = """
import numpy as np
from benchmarks.mnist.lab import Lab

lab = Lab(np.zeros(54_000))
for name in ("cnn", "small", "own"):
    net = lab.classifier(name)
    last = lab.epochs(name) * 422
    rates = []
    for step in (0, last - 1, last):
        net.optimizer.iterations.assign(step)
        rates.append(float(net.optimizer.learning_rate))
    print(net.count_params(), *rates)
"""


@pytest.mark.nightly
def test_the_models_are_those_of_the_labs_cells() -> None:
    words = [sys.executable, "-c", LAB]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    cnn, small, own = (
        [float(word) for word in line.split()] for line in done.stdout.splitlines()
    )
    assert cnn == pytest.approx([121_086, 0.001, 0.001, 0.001])
    assert small[0] < 10_000
    for _, first, late, end in (small, own):
        assert first > late > end == 0  # the rate falls to 0 after the last step
