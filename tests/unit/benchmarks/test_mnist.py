"""The MNIST benchmark refuses other pictures and tells its figures rightly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.support.paths import ROOT

COMMAND = [sys.executable, str(ROOT / "benchmarks" / "mnist.py")]
PROBE = """
import sys
sys.path.insert(0, sys.argv[1])
import mnist_table as t

def run(model, seed, validation, test):
    epochs = [t.Epoch(10.0 * n, 20.0 * n, v) for n, v in enumerate(validation, 1)]
    return t.Run(model, f"the {model}", seed, 1234, 5678, epochs, test)

low, high = t.interval(0.99, 10_000)
print(f"{low:.4f} {high:.4f}")
runs = [run("keras", 1, [0.98, 0.985, 0.99, 0.995], 0.9905),
        run("keras", 2, [0.97, 0.98, 0.98, 0.989], 0.9895),
        run("own", 1, [0.98, 0.995], 0.994), run("own", 2, [0.991, 0.995], 0.993)]
print(t.table(runs))
print(t.comparison(runs))
"""


def command(*words: str, mnist: Path | str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        env=os.environ | {"CNNLAB_MNIST": str(mnist), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_the_models() -> None:
    done = command("--help")
    assert done.returncode == 0, done.stderr
    for name in ("{keras,cnn,own,small}", "--seeds", "--json", "--out"):
        assert name in done.stdout


def test_pictures_of_mnists_shapes_are_not_called_mnist(tmp_path: Path) -> None:
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
    assert "no figure of it is MNIST's" in done.stderr
    assert "epoch" not in done.stdout


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    done = command(mnist=tmp_path / "nowhere.npz")
    assert done.returncode == 1
    assert "CNNLAB_MNIST" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def told() -> list[str]:
    words = [sys.executable, "-c", PROBE, str(ROOT / "benchmarks")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_interval_is_wilsons(told: list[str]) -> None:
    # By hand: (0.99 + 0.000192) / 1.000384 ± 0.00196.
    assert told[0] == "0.9879 0.9918"


def test_a_row_has_means_and_the_worst_seed(told: list[str]) -> None:
    keras, own = (line for line in told if line.startswith("| the "))
    assert "| 1,234 | 5,678 | 4 | 40 (80) | 30 (60), 1 of 2 runs |" in keras
    assert "99.00% [98.79%, 99.18%] | 98.95% |" in keras
    assert "| 2 | 20 (40) | 15 (30) | 99.35%" in own


def test_the_whole_training_is_set_against_the_way_to_99_and_all_epochs(
    told: list[str],
) -> None:
    first, all_epochs, never = told[-3:]
    assert first.startswith("Seed 1: all training of the lab's CNN took 0.67 of")
    assert first.endswith("needed to 99% on the validation images.")
    assert "took 0.50 of the processor time (0.50 of the wall" in all_epochs
    assert all_epochs.endswith("needed for all its 4 epochs.")
    assert never.startswith("Seed 2: all training of the lab's CNN took 0.50 of")
    assert never.endswith("which never came to 99 % on validation.")


LAB = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy as np
from mnist_lab import Lab

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


def test_the_labs_models_are_those_of_its_cells() -> None:
    words = [sys.executable, "-c", LAB, str(ROOT / "benchmarks")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cnn, small, own = (
        [float(word) for word in line.split()] for line in done.stdout.splitlines()
    )
    assert cnn == pytest.approx([121_086, 0.001, 0.001, 0.001])
    assert small[0] < 10_000
    for _, first, late, end in (small, own):
        assert first > late > end == 0  # the last step is the last that learns
