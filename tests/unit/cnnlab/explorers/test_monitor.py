"""The training monitor: what curves say, what Keras calls, what is shown when."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnlab.explorers import TrainingMonitor, monitor
from cnnlab.explorers.monitor import record
from cnnlab.explorers.monitor._words import best_epoch, said, seen, stopping_epoch
from tests.support.explorers import arithmetic, node

FILE = arithmetic("monitor")
FALLING = [1.0, 0.7, 0.5, 0.4, 0.35]
RUNS: dict[str, dict[str, list[float | None]]] = {
    "No epoch has ended yet.": {},
    "One epoch is too early": {"loss": [1.0], "val_loss": [1.0]},
    "Both losses fall": {"loss": [*FALLING], "val_loss": [1.1, 0.9, 0.8, 0.7, 0.65]},
    "Since epoch 3 the training loss has fallen from 0.5 to 0.35, but the validation "
    "loss has risen from 0.8 to 0.95: the model overfits. The best weights are those "
    "of epoch 3.": {"loss": [*FALLING], "val_loss": [1.1, 0.9, 0.8, 0.9, 0.95]},
    "Neither loss falls any more": {
        "loss": [1.0, 0.5, 0.4, 0.399, 0.398, 0.397],
        "val_loss": [1.0, 0.6, 0.5, 0.5, 0.499, 0.499],
    },
    "The training loss has not fallen": {
        "loss": [2.3, 2.31, 2.3],
        "val_loss": [2.3] * 3,
    },
    "The training loss has risen again": {
        "loss": [2.0, 0.5, 0.9],
        "val_loss": [2.0, 0.6, 1.0],
    },
    "was lowest at epoch 4, and may fall again: wait": {
        "loss": [*FALLING],
        "val_loss": [1.0, 0.9, 0.8, 0.7, 0.701],
    },
    "Without validation images": {"loss": [*FALLING]},
    "The training loss is not a number": {
        "loss": [1.0, None, 2.0],
        "val_loss": [1.0, None, 2.0],
    },
}


def random_run(rng: random.Random) -> dict[str, list[float | None]]:
    def curve(count: int) -> list[float | None]:
        value, found = 2.0, list[float | None]()
        for _ in range(count):
            value *= rng.uniform(0.7, 1.2)
            found.append(None if rng.random() < 0.01 else round(value, 4))
        return found

    count = rng.randint(1, 15)
    return {"loss": curve(count), "val_loss": curve(count)}


# --- what the curves say


@pytest.mark.parametrize("words", RUNS)
def test_the_sentence_suits_the_curves(words: str) -> None:
    assert words in seen(RUNS[words])


def test_both_languages_say_the_same() -> None:
    rng = random.Random(1)
    runs = [*RUNS.values(), *(random_run(rng) for _ in range(300))]
    assert node(FILE, [("seen", [run]) for run in runs]) == [seen(run) for run in runs]
    values = [run.get("val_loss", []) for run in runs]
    assert node(FILE, [("bestEpoch", [each]) for each in values]) == [
        best_epoch(each) for each in values
    ]
    pairs = [(each, rng.randint(1, 5)) for each in values]
    assert node(FILE, [("stoppingEpoch", [*pair]) for pair in pairs]) == [
        stopping_epoch(*pair) for pair in pairs
    ]
    numbers = [0.0, 0.00012345, 0.1, 0.9996, 1.0, 12.345, 123.4, 98765.4]
    shown = ["almost 0", "0.000123", "0.1", "1", "1", "12.3", "123", "98765"]
    assert [said(number) for number in numbers] == shown
    assert node(FILE, [("said", [number]) for number in numbers]) == shown


@pytest.mark.nightly
@pytest.mark.slow
def test_the_stopping_epoch_is_that_of_keras() -> None:
    rng = random.Random(2)
    for _ in range(15):
        run = random_run(rng)
        run["val_loss"][0] = 2.0  # Keras would keep a first value that is no number
        data = TrainingMonitor.of(run).traits["data"]
        state = {"epoch": rng.randint(1, 20), "patience": rng.randint(1, 4)}
        (code,) = node(FILE, [("code", [state, data])])
        (wanted,) = node(FILE, [("answers", [state, data])])
        for language, source in code.items():
            names: dict[str, Any] = {"print": lambda *shown: None}
            exec(source, names)
            for name, value in wanted[language].items():
                assert names[name] == value, (language, run, state)


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 2.1, [0, 1, 2, 3]),
        (0, 0.35, [0, 0.1, 0.2, 0.3, 0.4]),
        (0.43, 1, [0.4, 0.6, 0.8, 1]),
        (0, 0, [0]),
        (1, 8, [0, 2, 4, 6, 8]),
        (0, 2500, [0, 1000, 2000, 3000]),
    ],
)
def test_axes_have_even_marks(low: float, high: float, marks: list[float]) -> None:
    assert node(FILE, [("marks", [low, high, 4])]) == [marks]


def test_the_recorded_training_overfits_while_the_accuracy_stays() -> None:
    history = TrainingMonitor().history
    assert best_epoch(history["val_loss"]) == 5
    assert "the model overfits" in seen(history)
    assert best_epoch([-(value or 0) for value in history["val_accuracy"]]) > 10


# --- a callback


class Page:
    """Stands for the link to a page, and for what Jupyter shows."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.updated: list[object] = []
        self.state: dict[str, Any] = {"epoch": 1000, "patience": 2}

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "data":
            self.sent.append(json.loads(json.dumps(value, allow_nan=False)))
        else:
            super().__setattr__(name, value)

    def update(self, shown: object) -> None:
        self.updated.append(shown)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    """Return a page that somebody looks at."""
    page = Page()

    def display(shown: TrainingMonitor) -> Page:
        shown._link = page
        return page

    monkeypatch.setattr(monitor, "_display", display)
    monkeypatch.setattr(monitor, "is_person_present", lambda: True)
    return page


def epochs(callback: TrainingMonitor, run: dict[str, list[float]]) -> None:
    callback.set_params({"epochs": 9})
    callback.on_train_begin()
    for epoch, values in enumerate(zip(*run.values(), strict=True)):
        callback.on_epoch_begin(epoch)
        callback.on_epoch_end(epoch, dict(zip(run, values, strict=True)))
    callback.on_train_end()


def test_the_page_gets_each_epoch(page: Page) -> None:
    callback = TrainingMonitor(title="mine")
    epochs(
        callback, {"loss": [2.0, float("nan")], "val_loss": [3.0, 4.0], "mse": [1, 1]}
    )
    lengths = [len(data["history"].get("loss", [])) for data in page.sent]
    assert lengths == [0, 1, 2, 2]
    assert page.sent[1]["planned"] == 9
    assert [data["ended"] for data in page.sent] == [False, False, False, True]
    assert page.sent[-1]["history"] == {"loss": [2, None], "val_loss": [3, 4]}
    assert page.updated == [callback]
    epochs(callback, {"loss": [1.0]})
    assert callback.history == {"loss": [1.0]}
    assert len(page.updated) == 2


@pytest.mark.parametrize("watching", [False, True])
def test_where_nobody_looks_there_is_one_picture_at_the_end(
    watching: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    callback = TrainingMonitor()
    callback._is_watching = watching
    monkeypatch.setattr(
        monitor, "_display", lambda each: shown.append(len(each.history["loss"]))
    )
    epochs(callback, {"loss": [2.0, 1.0]})
    assert shown == ([] if watching else [2])
    assert "<script" not in str(callback._repr_mimebundle_())


def tiny_model() -> Any:
    import keras

    layers = [keras.layers.Conv2D(2, 3), keras.layers.Flatten(), keras.layers.Dense(3)]
    model = keras.Sequential([keras.Input((6, 6, 1)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss=loss, metrics=["accuracy"])
    return model


@pytest.mark.slow
def test_keras_fills_it_as_its_own_history(page: Page) -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.normal(size=(12, 6, 6, 1)), rng.integers(0, 3, 12)
    given: dict[str, Any] = {
        "epochs": 3,
        "verbose": 0,
        "validation_data": (images, labels),
    }
    callback, model = TrainingMonitor(), tiny_model()
    run = model.fit(images, labels, callbacks=[callback], **given)
    assert callback.history == {name: run.history[name] for name in callback.history}
    assert set(callback.history) == set(monitor.CURVES)
    picture = callback.figure()
    assert "2 filters of 3 by 3" in picture.description
    assert "overfit" not in picture.alt or "epoch" in picture.alt

    watcher = TrainingMonitor()
    watcher.watch(model, "tiny")
    run = model.fit(images, labels, **given)
    assert watcher.history["loss"] == run.history["loss"]
    other = TrainingMonitor()
    model.fit(images, labels, callbacks=[other], **given)
    assert other.history["loss"] == watcher.history["loss"]
    assert page.sent[-1]["title"] in ("tiny", "")


def test_it_works_where_keras_is_missing() -> None:
    code = (
        "import sys; sys.modules['keras'] = sys.modules['tensorflow'] = None\n"
        "from cnnlab.explorers import TrainingMonitor\n"
        "m = TrainingMonitor(); m.set_model(None); m.set_params({'epochs': 2})\n"
        "m.on_train_begin(); m.on_batch_end(0); m.on_epoch_end(0, {'loss': 1.0})\n"
        "m.on_train_end(); print(m.history)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "{'loss': [1.0]}\n"


# --- a history


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([1, 2], "must be a dict of lists with the key 'loss', not list"),
        ({"val_loss": [1]}, r"not \['val_loss'\]"),
        ({"loss": []}, "1 to 1000 epochs, not 0"),
        ({"loss": [1.0] * 10**6}, "1 to 1000 epochs, not 1000000"),
        ({"loss": [1, 2], "val_loss": [1]}, "val_loss must hold 2 values, not 1"),
        ({"loss": ["high"]}, "loss must hold numbers, not"),
    ],
)
def test_bad_histories_are_named(history: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        TrainingMonitor.of(history)


@pytest.mark.parametrize("words", [words for words, run in RUNS.items() if run])
def test_every_run_has_a_picture_and_a_page(words: str) -> None:
    explorer = TrainingMonitor.of(RUNS[words], title="mine")
    assert words in explorer.figure().alt
    json.dumps(explorer.traits, allow_nan=False)
    assert explorer.traits["data"]["ask"]


@pytest.mark.nightly
@pytest.mark.slow
def test_the_command_records_a_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cnnlab.data import scikit_learn_digits

    monkeypatch.setattr(record, "load_mnist", lambda path: scikit_learn_digits())
    record.main(["--epochs", "2", "--folder", str(tmp_path)])
    recorded = json.loads((tmp_path / "recorded.json").read_text("utf-8"))
    assert set(recorded["history"]) == set(monitor.CURVES)
    assert len(recorded["history"]["loss"]) == 2
    assert "scikit-learn" in recorded["title"]
    assert "2 epochs recorded" in capsys.readouterr().out
