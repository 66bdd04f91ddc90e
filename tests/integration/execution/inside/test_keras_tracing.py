"""Kernels trace a training step once; what it computes is what it was."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

# Fourteen nets are traced and trained, on a machine that may have other work.
pytestmark = [pytest.mark.nightly, pytest.mark.timeout(600)]

# In a process of its own: the change holds for the whole process.
SCRIPT = """
import json, sys
import keras, numpy as np, tensorflow as tf
from grader.execution.inside import keras_tracing

traces = []
original = keras.Model.train_step

def train_step(self, data):
    traces.append(self)
    return original(self, data)

owner = next(c for c in keras.Model.__mro__ if "train_step" in vars(c))
owner.train_step = train_step
drawn = []

def pairs():
    for n in range(24):
        drawn.append(n)
        yield x[n], y[n]

def own_loss(true, given):
    called.append(1)
    return keras.losses.sparse_categorical_crossentropy(true, given, from_logits=True)

rng, called = np.random.default_rng(1), []
x = rng.normal(size=(24, 6, 6, 1)).astype("float32")
y = rng.integers(0, 3, 24)

def trained(data, loss, metrics):
    keras.utils.set_random_seed(7)
    layers = keras.layers
    net = keras.Sequential([
        keras.Input((6, 6, 1)),
        layers.RandomTranslation(0.1, 0.1),
        layers.Conv2D(4, 3, use_bias=False),
        layers.BatchNormalization(),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(3),
    ])
    net.compile("adam", loss, metrics=metrics)
    traces.clear(), drawn.clear(), called.clear()
    if data == "batch":
        logs = [net.train_on_batch(x, y) for _ in range(3)]
    else:
        some = (x, y)
        if data == "dataset":
            some = (tf.data.Dataset.from_tensor_slices((x, y)).shuffle(24).batch(5),)
        if data == "generator":
            signature = (tf.TensorSpec((6, 6, 1)), tf.TensorSpec((), tf.int64))
            made = tf.data.Dataset.from_generator(pairs, output_signature=signature)
            some = (made.batch(5),)
        logs = net.fit(*some, epochs=2, verbose=0, validation_data=(x, y)).history
    numbers = [float(np.float64(w).sum()) for w in net.get_weights()]
    return [len(traces), len(drawn), len(called), str(logs), numbers]

def own_metric(true, given):
    called.append(1)
    return keras.metrics.sparse_categorical_accuracy(true, given)

some = ["accuracy"]
CASES = [("batch", "sparse", some), ("arrays", "sparse", some),
         ("dataset", "sparse", some), ("generator", "sparse", some),
         ("arrays", "sparse", None), ("batch", "own", some),
         ("batch", "sparse", [own_metric])]

def all_cases():
    losses = {"sparse": keras.losses.SparseCategoricalCrossentropy(True),
              "own": own_loss}
    return [trained(data, losses[loss], metrics) for data, loss, metrics in CASES]

before = all_cases()
keras_tracing.install()
print(json.dumps([before, all_cases()]))
"""


@pytest.fixture(scope="module")
def found() -> list[list[list[Any]]]:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    result: list[list[list[Any]]] = json.loads(ran.stdout.splitlines()[-1])
    return result


ONCE = ("batch", "arrays", "dataset", "generator", "no metrics")
AS_EVER = ("a loss of one's own", "a metric of one's own")
AT = {name: at for at, name in enumerate((*ONCE, *AS_EVER))}


@pytest.mark.parametrize("case", AT)
def test_numbers_stay_the_same(found: list[list[list[Any]]], case: str) -> None:
    before, after = (run[AT[case]] for run in found)
    assert before[3:] == after[3:]


@pytest.mark.parametrize("case", ONCE)
def test_a_step_is_traced_once(found: list[list[list[Any]]], case: str) -> None:
    before, after = (run[AT[case]] for run in found)
    assert (before[0], after[0]) == (2, 1)


def test_nothing_is_drawn_for_it(found: list[list[list[Any]]]) -> None:
    before, after = (run[AT["generator"]] for run in found)
    assert before[1] == after[1] > 0


@pytest.mark.parametrize("case", AS_EVER)
def test_student_code_is_not_called_for_it(
    found: list[list[list[Any]]], case: str
) -> None:
    before, after = (run[AT[case]] for run in found)
    assert before[:3] == after[:3]
    assert before[2] > 0
