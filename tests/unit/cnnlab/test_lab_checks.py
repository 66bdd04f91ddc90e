"""What the lab's visible tests say: nothing of right answers, the mistake of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.late import Late

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

keras = Late("keras")
tf = Late("tensorflow")
checks = Late("cnnlab.lab_checks")
lab = Late("cnnlab.lab")
ours = Late("cnnlab.ours.lab")

LABELS = np.tile([1, 0, 0, 0], 50)
COUNTS = {0: 30, 1: 10}
FIT, VAL = np.arange(40, 200), np.arange(40)
PARAMS = {"kind": "dnn_dropout", "dropout": 0.3, "learning_rate": 0.004}


# --- splits -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((FIT, VAL), ""),
        (None, "`print` shows a value"),
        (FIT, "not an array"),
        ((LABELS > 0, LABELS == 0), "row numbers"),
        ((np.append(FIT, VAL[0]), VAL), f"row {VAL[0]} is in both parts"),
        ((FIT[1:], VAL), f"row {FIT[0]} is in neither part"),
        ((np.append(FIT, FIT[0]), VAL), "twice"),
        ((VAL, FIT), "return fit_rows first"),
        ((np.arange(39, 200), np.arange(39)), "29 of the 150 rows of class 0, not 30"),
    ],
)
def test_a_split(parts: Any, says: str) -> None:
    problem = checks.split_problem(LABELS, parts, COUNTS)
    assert says in problem
    assert bool(problem) == bool(says)


# --- classifiers ------------------------------------------------------------------


def classifier(
    last: str | None = None,
    hidden: str | None = "relu",
    **compiled: Any,
) -> Any:
    layers = keras.layers
    stack = [keras.Input((28, 28, 1)), layers.Flatten()]
    stack += [layers.Dense(units, activation=hidden) for units in (300, 100)]
    model = keras.Sequential([*stack, layers.Dropout(0.3), layers.Dense(10, last)])
    settings: dict[str, Any] = {
        "optimizer": keras.optimizers.Adam(0.004),
        "loss": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "metrics": ["accuracy"],
    }
    model.compile(**settings | compiled)
    return model


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, ""),
        ({"last": "softmax"}, "it must give logits"),
        ({"last": "relu"}, "it must give logits"),
        ({"hidden": None}, "hidden layer 1 lets negative values through"),
        ({"hidden": "tanh"}, "hidden layer 1 lets negative values through"),
        ({"optimizer": "sgd"}, "its optimiser is SGD, not Adam"),
        ({"optimizer": "adam"}, "its learning rate is 0.001"),
        ({"loss": "categorical_crossentropy"}, "use the sparse one"),
        ({"loss": "sparse_categorical_crossentropy"}, "that these are logits?"),
        ({"metrics": []}, "the metric is missing"),
    ],
)
def test_a_classifier(settings: dict[str, Any], says: str) -> None:
    model = classifier(**settings)
    problem = checks.classifier_problem(model, PARAMS, [300, 100, 10])
    assert says in problem
    assert bool(problem) == bool(says)


@pytest.mark.parametrize("kind", ["linear", "dnn", "dnn_dropout"])
def test_the_courses_classifiers(kind: str) -> None:
    params = {**PARAMS, "kind": kind}
    units = [10] if kind == "linear" else [300, 100, 10]
    assert checks.classifier_problem(ours.make_classifier(params), params, units) == ""


def test_a_classifier_is_a_compiled_model_with_the_layers_asked_for() -> None:
    says = checks.classifier_problem
    assert "`return` hands it over" in says(None, PARAMS, [10])
    assert "not a list" in says([], PARAMS, [10])
    fresh = keras.Sequential(classifier().layers)
    fresh.build((None, 28, 28, 1))
    assert says(fresh, PARAMS, [300, 100, 10]) == "the model is not compiled"
    linear = {**PARAMS, "kind": "linear"}
    assert "not [10]" in says(classifier(), linear, [10])
    assert "Dropout, which is not asked for" in says(
        classifier(), linear, [300, 100, 10]
    )
    less = {**PARAMS, "dropout": 0.2}
    assert "it drops 0.3" in says(classifier(), less, [300, 100, 10])


def test_activations_are_found_in_a_model_within_a_model() -> None:
    inner = ours.make_classifier({**PARAMS, "kind": "linear"})
    outer = keras.Sequential([inner, keras.layers.Softmax()])
    assert "it must give logits" in checks.activation_problem(outer)


# --- pipelines --------------------------------------------------------------------

ROWS = np.arange(200)
IMAGES = np.zeros((200, 4, 3, 1)) + ROWS[:, None, None, None]


def dataset() -> Any:
    return tf.data.Dataset.from_tensor_slices((IMAGES, ROWS))


@pytest.mark.parametrize(
    ("make", "training", "says"),
    [
        (lambda: dataset().batch(60).prefetch(1), False, ""),
        (lambda: dataset().shuffle(200).batch(60).prefetch(1), True, ""),
        (lambda: dataset().shuffle(200).batch(60).prefetch(1), False, "keep their"),
        (lambda: dataset().batch(60).prefetch(1), True, "must be random"),
        (lambda: dataset().shuffle(30).batch(60).prefetch(1), True, "len(images)"),
        (lambda: dataset().batch(60), False, "prefetch, as the last step"),
        (lambda: dataset().batch(60).repeat().prefetch(1), False, "[60, 60, 60, 20]"),
        (lambda: dataset().prefetch(1), False, "not [60, 60, 60, 20]"),
        (lambda: None, False, "`return` hands it over"),
        (lambda: [(IMAGES, ROWS)], False, "not a list"),
    ],
)
def test_a_pipeline(make: Callable[[], Any], training: bool, says: str) -> None:
    problem = checks.pipeline_problem(make(), ROWS, 60, training)
    assert says in problem
    assert bool(problem) == bool(says)


def test_a_pipeline_that_shuffles_once_or_tears_pairs() -> None:
    once = dataset().shuffle(200, reshuffle_each_iteration=False).batch(60).prefetch(1)
    assert "the same order" in checks.pipeline_problem(once, ROWS, 60, True)
    torn = tf.data.Dataset.from_tensor_slices((IMAGES[::-1], ROWS)).batch(60)
    assert "label of another" in checks.pipeline_problem(torn, ROWS, 60, False)
    turned = tf.data.Dataset.from_tensor_slices((ROWS, IMAGES)).batch(60)
    assert "exchanged?" in checks.pipeline_problem(turned, ROWS, 60, False)


# --- networks, services, trainings ------------------------------------------------


def network(*layers: Any, shape: Sequence[int] = (28, 28, 1)) -> Any:
    return keras.Sequential([keras.Input(tuple(shape)), *layers])


def tail(**settings: Any) -> list[Any]:
    return [keras.layers.Flatten(), keras.layers.Dense(10, **settings)]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: ours.build_small(), ""),
        (lambda: network(*tail()), "no convolution"),
        (lambda: network(*lab.block(9), *tail()), "9,999 are allowed"),
        (lambda: network(*lab.block(2), *tail(), shape=(28, 28, 3)), "28 × 28 × 3"),
        (
            lambda: network(*lab.block(2, stride=2), *tail(activation="softmax")),
            "softmax",
        ),
        (lambda: network(*lab.block(2, stride=2), *tail(activation="relu")), "ReLU"),
        (lambda: network(*lab.block(2, stride=2), keras.layers.Dense(10)), "not 10"),
    ],
)
def test_a_network(make: Callable[[], Any], says: str) -> None:
    problem = checks.network_problem(make(), 9_999)
    assert says in problem
    assert bool(problem) == bool(says)


def test_a_frozen_network() -> None:
    model = ours.build_small()
    model.trainable = False
    assert "is it frozen?" in checks.network_problem(model, 9_999)


def test_a_service(tmp_path: Path) -> None:
    model, kernel, bias = checks.tiny_reader()
    ours.export_classifier(model, str(tmp_path))
    images = np.random.default_rng(1).integers(0, 256, (3, 28, 28), np.uint8)
    right = lab.ask(str(tmp_path), images)

    def says(answers: Any) -> str:
        return str(checks.service_problem(answers, images, kernel, bias))

    assert says(right) == ""
    assert "softmax must follow" in says((images / 255).reshape(3, -1) @ kernel + bias)
    assert "shape (2, 10), not (3, 10)" in says(right[:2])
    assert "no probabilities" in says(right / 2)
    assert "not those of the classifier" in says(right[::-1])


def test_a_training(tmp_path: Path) -> None:
    answers = (np.arange(60) + 1) % 3
    told = checks.tiny_training(f"{tmp_path}/run", 9, 2, answers)
    model, history = ours.train_and_evaluate(*told)

    def says(history: Any, trained: Any = model, stored: Any = lab.stored) -> str:
        return str(checks.training_problem(trained, history, told[2], stored))

    assert says(history) == ""
    assert "eval_spec" in says({"val_loss": history["val_loss"][::-1]})
    longer = {"val_loss": [*history["val_loss"], 9.0]}
    assert "after 3 epochs, not after 4" in says(longer)
    fresh = checks.tiny_training("", 1, 1, answers)[0]
    assert "load the checkpoint" in says(history, fresh)
    assert "no best.weights.h5" in says(history, stored=lambda *_: (None, True))
    assert "no log" in says(history, stored=lambda *_: (model, False))


def test_maps_and_their_weights_are_as_told() -> None:
    maps = np.random.default_rng(2).normal(size=(3, 4, 2))
    weights = np.array([[2.0, -1.0], [-1.0, 0.5]])
    model, image = checks.tiny_maps(maps, weights)
    seen = model.get_layer("seen")
    np.testing.assert_allclose(seen(image[None])[0], maps, atol=1e-6)
    total = maps @ weights[:, 0]
    heat = ours.grad_cam(model, "seen", image, 0)
    np.testing.assert_allclose(heat, total.clip(0) / total.max(), atol=1e-5)
    assert ours.grad_cam(model, "last", image, 0).shape == (1, 4)
