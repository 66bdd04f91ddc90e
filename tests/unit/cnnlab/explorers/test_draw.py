"""Draw and diagnose: the page computes what Keras computes; what is refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cnnlab.data import Digits, read_npz, scikit_learn_digits
from cnnlab.explorers import DrawDigit, draw_digit
from cnnlab.explorers._join import HERE
from cnnlab.explorers._network import for_page, softmax
from cnnlab.explorers.draw import train
from cnnlab.explorers.draw._image import digits, inked, letters, prepared, stroke
from tests.support.explorers import arithmetic, node, random_state
from tests.support.paths import MNIST

FOLDER = HERE / "draw"
FILE = arithmetic("draw")
ABOUT = json.loads((FOLDER / "about.json").read_text("utf-8"))
# What the page computes, in a form that JSON can hold.
CALLS = f"""
import * as page from {json.dumps(FILE.as_uri())};
import * as network from {json.dumps((HERE / "kit" / "network.mjs").as_uri())};
export const inked = (text) => [...page.inked(text)];
export const letters = (cells) => page.letters(Float64Array.from(cells));
export const stroke = (text, from, to) => [...page.stroke(page.inked(text), from, to)];
export const read = (state, data) => [...page.input(state, data.digits).read];
export const maps = (data, image) =>
  network.run(data.steps, network.halves(data.weights), image).map((map) => [...map]);
export const logits = (data, images) => images.map((image) => maps(data, image).at(-1));
export const reads = (step, place) => network.reads(step, place, [28, 28]);
"""


def page(folder: Path, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    (folder / "calls.mjs").write_text(CALLS)
    return node(folder / "calls.mjs", calls)


def some_digits() -> Digits:
    """Return MNIST if there is a file with it, else scikit-learn's digits."""
    return read_npz(MNIST) if MNIST.is_file() else scikit_learn_digits()


def random_drawing(rng: random.Random) -> str:
    image = np.zeros((28, 28))
    for _ in range(rng.randint(0, 4)):
        start, end = [(rng.uniform(-2, 29), rng.uniform(-2, 29)) for _ in range(2)]
        image = stroke(image, start, end)
    return letters(image)


def states(count: int) -> list[dict[str, Any]]:
    rng = random.Random(count)
    found = [random_state(DrawDigit.fields, rng) for _ in range(count)]
    return [state | {"ink": rng.choice(["", random_drawing(rng)])} for state in found]


# --- drawings


def test_letters_are_the_same_in_both_languages(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    images = [(rng.random((28, 28)) - share).clip(0, 1) for share in (0, 0.5, 0.9, 1)]
    texts = [letters(image) for image in images]
    calls: list[tuple[str, list[Any]]] = [
        ("letters", [image.ravel().tolist()]) for image in images
    ]
    assert page(tmp_path, calls) == texts
    back = page(tmp_path, [("inked", [text]) for text in texts])
    for image, text, cells in zip(images, texts, back, strict=True):
        assert len(text) <= 784
        np.testing.assert_allclose(inked(text), image, atol=0.5 / 12 + 1e-9)
        np.testing.assert_allclose(inked(text).ravel(), cells)
    assert letters(np.zeros((28, 28))) == "A"
    assert letters(inked("ZZm")) == "ZZm"


def test_the_pen_draws_the_same_in_both_languages(tmp_path: Path) -> None:
    rng = random.Random(2)
    for _ in range(5):
        text = random_drawing(rng)
        start, end = [(rng.uniform(0, 27), rng.uniform(0, 27)) for _ in range(2)]
        (cells,) = page(tmp_path, [("stroke", [text, start, end])])
        np.testing.assert_allclose(stroke(inked(text), start, end).ravel(), cells)
    dot = stroke(np.zeros((28, 28)), (5, 7), (5, 7))
    assert dot[5, 7] == 1
    assert 0 < dot[5, 8] < 1
    assert dot[5, 9] == 0


def test_the_network_reads_the_same_in_both_languages(tmp_path: Path) -> None:
    data = DrawDigit().traits["data"]
    tried = states(40)
    found = page(tmp_path, [("read", [state, data]) for state in tried])
    for state, cells in zip(tried, found, strict=True):
        np.testing.assert_allclose(prepared(state).ravel(), cells, atol=1e-9)


def test_a_drawing_is_centred_and_scaled_as_mnist_was() -> None:
    i, j = np.mgrid[:28, :28]
    for pick in range(12):
        image = draw_digit(pick=pick).image()
        there = np.argwhere(image > 0.3)
        assert 18 <= (np.ptp(there, axis=0) + 1).max() <= 21, pick
        centre = [(axis * image).sum() / image.sum() for axis in (i, j)]
        np.testing.assert_allclose(centre, 14, atol=0.1)
    moved = [
        draw_digit(pick=4, right=x, down=y).image()
        for x, y in ((0, 0), (3, -2), (5, 1))
    ]
    np.testing.assert_allclose(moved[1], moved[0], atol=1e-9)
    as_drawn = draw_digit(pick=4, prepare=False).image()
    np.testing.assert_array_equal(as_drawn, inked(digits()[4]))


def test_a_shift_moves_whole_cells_and_a_turn_is_clockwise() -> None:
    ink = letters(stroke(np.zeros((28, 28)), (3, 14), (13, 14)))  # from the middle up
    plain: dict[str, Any] = {"ink": ink, "prepare": False}
    still = draw_digit(**plain).image()
    moved = draw_digit(right=2, down=-1, **plain).image()
    np.testing.assert_allclose(moved[:-1, 2:], still[1:, :-2], atol=1e-12)
    turned = draw_digit(rotate=90, **plain).image()
    assert turned[:, 14:].sum() > 0.9 * turned.sum()


# --- our network


def test_our_network_is_small_and_says_what_it_was_tested_on() -> None:
    content = (FOLDER / "weights.bin").read_bytes()
    assert len(content) <= 25_000
    assert len(content) == 2 * ABOUT["parameters"]
    assert ABOUT["parameters"] < 10_000
    assert ABOUT["data"] == "MNIST"
    assert ABOUT["test_images"] == 10_000
    share = f"{ABOUT['test_accuracy']:.1%}".replace("%", " %")
    assert f"{share} of the 10,000 test images" in DrawDigit().traits["data"]["about"]


def test_it_reads_all_twelve_drawings_once_they_are_prepared() -> None:
    answers = [int(draw_digit(pick=pick).logits().argmax()) for pick in range(12)]
    assert answers == [*range(10), 3, 0]
    corner = softmax(draw_digit(pick=11, prepare=False).logits())
    assert corner.argmax() == 7
    assert corner.max() > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.nightly)])
def test_the_page_gives_keras_logits(tmp_path: Path, count: int) -> None:
    explorer = DrawDigit()
    images = (some_digits().x_test / 255).round(4)
    images = np.concatenate([images] * (1 + count // len(images)))[:count]
    wanted = explorer.keras_model().predict(images[..., None], verbose=0)
    rows = images.reshape(count, 784).tolist()
    (found,) = page(tmp_path, [("logits", [explorer.traits["data"], rows])])
    np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.slow
@pytest.mark.skipif(not MNIST.is_file(), reason="the real MNIST is not on this disk")
def test_its_accuracy_is_the_one_stated() -> None:
    data = some_digits()
    answers = DrawDigit().keras_model().predict(data.x_test[..., None] / 255, verbose=0)
    right = float((answers.argmax(axis=1) == data.y_test).mean())
    assert right == pytest.approx(ABOUT["test_accuracy"], abs=2e-4)


# --- a student's network


def randomised(model: Any, seed: int = 0) -> Any:
    """Return the model with random weights, also for normalisations."""
    rng = np.random.default_rng(seed)
    for layer in model.layers:
        arrays = [rng.normal(0, 0.3, array.shape) for array in layer.get_weights()]
        if type(layer).__name__ == "BatchNormalization":
            arrays[-1] = abs(arrays[-1]) + 0.5
        layer.set_weights(arrays)
    return model


def chain(*layers: Any, shape: tuple[int, ...] = (28, 28, 1)) -> Any:
    import keras

    return randomised(keras.Sequential([keras.Input(shape), *layers]))


def students() -> dict[str, Any]:
    from keras import layers as k

    from cnnlab.ours import lab

    return {
        "the lab's CNN": randomised(lab.build_model()),
        "small": randomised(lab.build_small()),
        "own": randomised(lab.build_own()),
        "depthwise": chain(
            k.Conv2D(4, 3, 2, "same"),
            k.DepthwiseConv2D((2, 3), 2, "same", activation="relu"),
            k.AveragePooling2D((3, 2), 2, "same"),
            k.Activation("relu"),
            k.GlobalAveragePooling2D(),
            k.Dense(12, "relu"),
            k.BatchNormalization(),
            k.Dropout(0.5),
            k.Dense(10, "softmax"),
        ),
        "strided": chain(
            k.Conv2D(3, (5, 2), (3, 2), "same"),
            k.MaxPooling2D((3, 2), (1, 2), "same"),
            k.BatchNormalization(scale=False, center=False),
            k.Conv2D(10, (10, 7)),
            k.Flatten(),
            k.Softmax(),
        ),
        "dense": chain(k.Flatten(), k.Dense(30, "relu"), k.Dense(10), shape=(28, 28)),
    }


@pytest.mark.nightly
@pytest.mark.slow
def test_students_networks_give_keras_numbers(tmp_path: Path) -> None:
    images = (scikit_learn_digits().x_test[:20] / 255).round(4)
    for name, model in students().items():
        explorer = draw_digit(model, pick=3)
        data = explorer.traits["data"]
        rows = images.reshape(20, 784).tolist()
        (found,) = page(tmp_path, [("logits", [data, rows])])
        rounded = explorer.keras_model().predict(images[..., None], verbose=0)
        np.testing.assert_allclose(found, rounded, atol=1e-4, rtol=1e-5, err_msg=name)
        theirs = model.predict(images.reshape(20, *model.input_shape[1:]), verbose=0)
        logits = rounded if abs(theirs.sum(axis=1) - 1).max() > 1e-3 else None
        ours = rounded if logits is not None else np.array([*map(softmax, rounded)])
        np.testing.assert_allclose(ours, theirs, atol=2e-2, rtol=2e-2, err_msg=name)
        assert data["about"].startswith("Your network")
        assert "draw_digit(model, text=" in data["code"]["NumPy"]


@pytest.mark.nightly
@pytest.mark.slow
def test_a_unit_reads_its_receptive_field_and_no_other_pixel(tmp_path: Path) -> None:
    from keras import layers as k

    model = chain(
        k.Conv2D(2, 3, 2, "same"),
        k.AveragePooling2D((2, 3), (2, 1)),
        k.Conv2D(2, (3, 2), padding="same"),
        k.Flatten(),
        k.Dense(10),
    )
    # With positive weights, more of any pixel gives more of all units that read it.
    for layer in model.layers:
        layer.set_weights([abs(array) + 0.1 for array in layer.get_weights()])
    network = draw_digit(model)._network
    shown = [step["kind"] != "flatten" for step in network.steps]
    steps = for_page(network.steps)
    blank = np.zeros((28, 28))

    def values(image: NDArray[Any]) -> list[NDArray[Any]]:
        pairs = zip(network.maps(image), shown, strict=True)
        return [maps for maps, wanted in pairs if wanted]

    before = values(blank)
    rng = random.Random(0)
    for _ in range(30):
        at = rng.randrange(len(steps))
        place = [rng.randrange(size) for size in steps[at]["shape"][:2]]
        (sides,) = page(tmp_path, [("reads", [steps[at], place])])
        top, bottom, left, right = sides
        outside = np.ones((28, 28))
        outside[top : bottom + 1, left : right + 1] = 0
        unit = (*place, 0)
        assert values(outside)[at][unit] == before[at][unit]
        for corner in ((top, left), (top, right), (bottom, left), (bottom, right)):
            one = blank.copy()
            one[corner] = 1
            assert values(one)[at][unit] > before[at][unit], (at, place, sides)


def refused() -> dict[str, Any]:
    import keras
    from keras import layers as k

    head = (k.Flatten, lambda: k.Dense(10))
    start = keras.Input((28, 28, 1))
    x = k.Conv2D(1, 3, padding="same")(start)
    skip = keras.Model(start, k.Dense(10)(k.Flatten()(k.Add()([start, x]))))
    again = k.Conv2D(1, 3, padding="same")
    twice = k.Dense(10)(k.Flatten()(again(again(start))))
    nan = chain(*[make() for make in head])
    nan.layers[-1].set_weights([np.full((784, 10), np.nan), np.zeros(10)])
    large = chain(*[make() for make in head])
    large.layers[-1].set_weights([np.full((784, 10), 1e6), np.zeros(10)])
    conv = k.Conv2D(2, 3, dilation_rate=2, name="wide")
    return {
        "model must be a built Keras model, not str": "model.keras",
        "model must be a built Keras model, not Sequential": keras.Sequential(
            [k.Flatten(), k.Dense(10)]
        ),
        r"must read \(None, 28, 28, 1\), not \(None, 32, 32, 3\)": chain(
            *[make() for make in head], shape=(32, 32, 3)
        ),
        r"must give \(None, 10\), not \(None, 5\)": chain(k.Flatten(), k.Dense(5)),
        r"layer 'norm' \(LayerNormalization\) cannot be shown: use Activation, ": chain(
            k.LayerNormalization(name="norm"), *[make() for make in head]
        ),
        r"layer 'wide' \(Conv2D\) cannot be shown with dilation_rate=\(2, 2\)": chain(
            conv, *[make() for make in head]
        ),
        r"\(Dense\) cannot be shown with activation='gelu'": chain(
            k.Flatten(), k.Dense(8, "gelu"), k.Dense(10)
        ),
        r"\(ReLU\) cannot be shown with a slope": chain(
            k.ReLU(6), *[make() for make in head]
        ),
        r"layer '\w+' \(Add\) cannot be shown": skip,
        "must be one chain of layers, each applied once": keras.Model(start, twice),
        "with activation='softmax' before the last layer: use": chain(
            k.Flatten(), k.Dense(20, "softmax"), k.Dense(10)
        ),
        r"layer '\w+' \(Softmax\) cannot be shown": chain(
            k.Flatten(), k.Dense(20), k.Softmax(), k.Dense(10)
        ),
        "weight of nan": nan,
        "weight of 1000000.0: at most 65,504": large,
        "model has 1,590,010 weights: at most 300,000": chain(
            k.Flatten(), k.Dense(2000), k.Dense(10)
        ),
        "products for an image": chain(
            k.Conv2D(64, 5, padding="same"),
            k.Conv2D(64, 5, padding="same"),
            k.GlobalAveragePooling2D(),
            k.Dense(10),
        ),
    }


@pytest.mark.slow
def test_what_cannot_be_shown_is_named_with_what_is_legal() -> None:
    for words, model in refused().items():
        with pytest.raises(ValueError, match=words):
            draw_digit(model)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((28, 27)), r"must be of shape \(28, 28\), not \(28, 27\)"),
        (np.zeros((1000, 1000)), r"must be of shape \(28, 28\), not \(1000, 1000\)"),
        (np.full((28, 28), np.nan), "values from 0 to 1, not nan to nan"),
        (np.full((28, 28), 255.0), "values from 0 to 1, not 255.0 to 255.0"),
        (np.full((28, 28), -1), "values from 0 to 255, not -1 to -1"),
        (np.full((28, 28), "x"), "must hold numbers"),
    ],
)
def test_bad_images_are_named(image: NDArray[Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw_digit(image=image)


def test_an_image_and_a_text_begin_it() -> None:
    image = np.zeros((28, 28, 1), np.uint8)
    image[4:20, 14:16] = 255
    explorer = draw_digit(image=image, prepare=False)
    np.testing.assert_array_equal(explorer.image(), image[..., 0] / 255)
    assert draw_digit(text=explorer.text).text == explorer.text
    assert re.fullmatch("draw\\?ink=[A-Za-m]+&prepare=false", explorer.text)
    with pytest.raises(ValueError, match="ink has 806 cells: at most 784"):
        draw_digit(ink="Z" * 31)


@pytest.mark.nightly
@pytest.mark.slow
def test_the_command_trains_and_writes_what_is_shipped(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(train, "load_mnist", lambda path: scikit_learn_digits())
    train.main(["--epochs", "12", "--folder", str(tmp_path)])
    about = json.loads((tmp_path / "about.json").read_text("utf-8"))
    assert about["data"].startswith("scikit-learn's digits")
    assert about["test_accuracy"] > 0.8
    assert f"{about['test_accuracy']:.2%} of 360 test images" in capsys.readouterr().out
    assert about["steps"] == ABOUT["steps"]
    assert (tmp_path / "weights.bin").stat().st_size == 2 * ABOUT["parameters"]
