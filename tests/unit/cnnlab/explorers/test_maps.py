"""Feature maps: the page computes what Keras computes; what is refused."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cnnlab.explorers import FeatureMaps
from cnnlab.explorers._network import _run
from tests.support.explorers import arithmetic, node, random_state

pytestmark = pytest.mark.slow

CALLS = f"""
import * as page from {json.dumps(arithmetic("maps").as_uri())};
export const values = (data) => page.everything(data).values.map((map) => [...map]);
export const made = (data, units) => {{
  const all = page.everything(data);
  return units.map((unit) => page.made(data, all, unit));
}};
export const feeds = (data, units) =>
  units.map((unit) => page.feeds(data, unit) ?? null);
export const ranges = (values, channels) => page.ranges(values, channels);
export const fine = (value) => page.fine(value);
export const formula = (step, made) => page.formula(step, made);
"""


NAMES = ("ours", "the slides'", "colour", "any size", "dense", "pooled", "largest")


def page(folder: Path, *calls: tuple[str, list[Any]]) -> list[Any]:
    (folder / "calls.mjs").write_text(CALLS, "utf-8")
    return node(folder / "calls.mjs", calls)


def randomised(model: Any) -> Any:
    """Return the model with random weights, also for normalisations."""
    rng = np.random.default_rng(0)
    for layer in model.layers:
        arrays = [rng.normal(0, 0.3, array.shape) for array in layer.get_weights()]
        if type(layer).__name__ == "BatchNormalization":
            arrays[-1] = abs(arrays[-1]) + 0.5
        layer.set_weights(arrays)
    return model


def chain(shape: tuple[int | None, ...], *layers: Any) -> Any:
    import keras

    return randomised(keras.Sequential([keras.Input(shape), *layers]))


def picture(*shape: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(len(shape))
    return rng.normal(size=shape).astype(np.float32)


@cache
def explorers() -> dict[str, FeatureMaps]:
    from keras import layers as k

    from cnnlab.stacks import build, slides_stack

    slides = randomised(build(slides_stack(), (28, 28, 1)))
    colour = chain(
        (13, 18, 3),
        k.Conv2D(5, (2, 4), (1, 2), "same", activation="relu"),
        k.DepthwiseConv2D((2, 3), 1, "valid"),
        k.BatchNormalization(),
        k.AveragePooling2D((3, 2), 2, "same"),
        k.ReLU(),
        k.Flatten(),
        k.BatchNormalization(),
        k.Activation("relu"),
        k.Dense(7, "softmax"),
    )
    any_size = chain(
        (None, None, 1),
        k.Conv2D(3, 3, 2, "same"),
        k.MaxPooling2D((2, 3), (2, 1), "same"),
        k.Conv2D(4, (3, 1), activation="relu"),
    )
    dense = chain((9, 5), k.Flatten(), k.Dense(30, "relu"), k.Dense(2))
    pooled = chain((14, 14, 2), k.Dropout(0.5), k.GlobalAveragePooling2D(), k.Dense(3))
    return {
        "ours": FeatureMaps(),
        "the slides'": FeatureMaps.of(slides, picture(28, 28)),
        "colour": FeatureMaps.of(colour, picture(13, 18, 3)),
        "any size": FeatureMaps.of(any_size, picture(21, 17, 1)),
        "dense": FeatureMaps.of(dense, picture(9, 5)),
        "pooled": FeatureMaps.of(pooled, picture(14, 14, 2)),
        "largest": FeatureMaps.of(largest(), picture(96, 96, 3)),
    }


def largest() -> Any:
    """Return a model near all limits."""
    from keras import layers as k

    return chain(
        (96, 96, 3),
        k.Conv2D(7, 3, 1, "same", activation="relu"),
        k.MaxPooling2D(4),
        k.Conv2D(24, 3, activation="relu"),
        k.Flatten(),
        k.Dense(20),
    )


def units(explorer: FeatureMaps, count: int = 40) -> list[list[int]]:
    """Return units at random, and the corners: ``[layer, row, column, channel]``."""
    rng, found = random.Random(count), []
    shapes = [step["shape"] for step in explorer.traits["data"]["steps"]]
    for layer, shape in enumerate(shapes):
        found += [[layer, 0, 0, 0], [layer, *(size - 1 for size in shape)]]
    for _ in range(count):
        layer = rng.randrange(len(shapes))
        found.append([layer, *(rng.randrange(size) for size in shapes[layer])])
    return found


def keras_maps(explorer: FeatureMaps) -> list[NDArray[Any]]:
    import keras

    network = explorer.keras_model()
    found = []
    for step in explorer.traits["data"]["steps"]:
        output = network.layers[step["index"]].output
        extractor = keras.Model(network.inputs[0], output)
        found.append(np.asarray(extractor(explorer.image()[None]))[0])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_all_maps_are_those_of_keras(name: str, tmp_path: Path) -> None:
    explorer = explorers()[name]
    (found,) = page(tmp_path, ("values", [explorer.traits["data"]]))
    image, *maps = found
    np.testing.assert_array_equal(np.float32(image), explorer.image().ravel())
    wanted = keras_maps(explorer)
    assert [each.shape for each in explorer.maps()] == [each.shape for each in wanted]
    for ours, shown, theirs in zip(explorer.maps(), maps, wanted, strict=True):
        np.testing.assert_allclose(shown, theirs.ravel(), atol=1e-4, rtol=1e-5)
        np.testing.assert_allclose(shown, ours.ravel(), atol=1e-5, rtol=1e-6)


def test_the_models_own_layers_give_nearly_the_same() -> None:
    """Weights are rounded to float16, and nothing else differs."""
    import keras

    from cnnlab.stacks import build, slides_stack

    model, image = build(slides_stack(), (28, 28, 1)), picture(28, 28, 1)
    explorer = FeatureMaps.of(model, image)
    shown = [layer for layer in model.layers if type(layer).__name__ != "Flatten"]
    for layer, maps in zip(shown, explorer.maps(), strict=True):
        extractor = keras.Model(model.inputs[0], layer.output)
        theirs = np.asarray(extractor(image[None]))[0]
        np.testing.assert_allclose(maps.reshape(theirs.shape), theirs, atol=5e-3)


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_unit_make_its_value(name: str, tmp_path: Path) -> None:
    explorer = explorers()[name]
    data, tried = explorer.traits["data"], units(explorer)
    (found,) = page(tmp_path, ("made", [data, tried]))
    maps = explorer.maps()
    for (layer, row, column, channel), made in zip(tried, found, strict=True):
        step = data["steps"][layer]
        window = explorer.window(layer, row, column)
        where = f"{name}: {step['name']}, {row}, {column}, {channel}"
        value = maps[layer][row, column, channel]
        np.testing.assert_allclose(
            made["value"], value, atol=1e-5, rtol=1e-6, err_msg=where
        )
        cells = [[cell.get("x") for cell in grid] for grid in made["grids"]]
        read = window if step["kind"] == "conv" else window[..., [channel]]
        shown = np.array(cells, float).T.reshape(read.shape)  # None becomes NaN
        filler = 0 if "at" in step else np.nan
        shown = np.where(np.isnan(shown), filler, shown)
        np.testing.assert_allclose(shown, read, atol=1e-5, err_msg=where)
        if "at" not in step:
            continue
        kernel, bias = explorer.weights(layer)
        one = (
            kernel[..., channel] if step["kind"] == "conv" else kernel[..., channel, :]
        )
        weights = [[cell["weight"] for cell in grid] for grid in made["grids"]]
        np.testing.assert_array_equal(np.array(weights).T.reshape(one.shape), one)
        by_map = (read * one).sum(axis=(0, 1))
        np.testing.assert_allclose(
            made["sums"], by_map, atol=1e-5, rtol=1e-6, err_msg=where
        )
        assert made["bias"] == bias[channel]


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_feeds_those_that_change_with_it(name: str, tmp_path: Path) -> None:
    explorer = explorers()[name]
    data, tried = explorer.traits["data"], units(explorer, 25)
    (found,) = page(tmp_path, ("feeds", [data, tried]))
    steps = data["steps"]
    for (layer, *place), fed in zip(tried, found, strict=True):
        if layer + 1 == len(steps):
            assert fed is None
            continue
        step = steps[layer + 1]
        changed = changes(explorer, step, steps[layer]["shape"], place)
        wanted = np.zeros(step["shape"], bool)
        if fed:
            top, bottom, left, right = fed["sides"]
            for each in fed["maps"]:
                wanted[top : bottom + 1, left : right + 1, each] = True
        np.testing.assert_array_equal(changed, wanted, err_msg=f"{step} {place}")


def changes(
    explorer: FeatureMaps, step: dict[str, Any], shape: list[int], place: list[int]
) -> NDArray[np.bool_]:
    """Return which units of a step change with one unit before it."""
    plain = step | {"relu": False}
    arrays = explorer._network.arrays(plain, step["reads"][2])
    arrays = [abs(array) + 0.1 for array in arrays]
    before = np.zeros(shape)
    after = before.copy()
    after[tuple(place)] = 1
    outputs = [_run(plain, arrays, x.reshape(step["reads"])) for x in (before, after)]
    changed: NDArray[np.bool_] = outputs[0] != outputs[1]
    return changed


def test_the_code_makes_the_numbers_for_any_network(tmp_path: Path) -> None:
    from keras import layers as k

    image = picture(12, 9, 2)
    model = chain(
        (12, 9, 2),
        k.Conv2D(3, 3, 2, "same", activation="relu"),
        k.MaxPooling2D((2, 3), (2, 2), "same"),
        k.BatchNormalization(),
        k.AveragePooling2D(2, 1, "same"),
        k.ReLU(),
        k.Flatten(),
        k.BatchNormalization(),
        k.Dense(4, "relu"),
        k.Dense(3, "softmax"),
    )
    data = FeatureMaps.of(model, image).traits["data"]
    assert "before the softmax" in data["about"]
    rng = random.Random(1)
    for layer in range(len(data["steps"])):
        state = random_state(FeatureMaps.fields, rng) | {"layer": layer}
        state |= {"row": rng.randrange(4), "column": rng.randrange(4)}
        file = arithmetic("maps")
        sources, answers = node(
            file, [("code", [state, data]), ("answers", [state, data])]
        )
        for language, text in sources.items():
            names: dict[str, Any] = {"model": model, "image": image, "print": str}
            exec(text, names)
            for variable, value in answers[language].items():
                np.testing.assert_allclose(
                    np.asarray(names[variable]),
                    np.asarray(value),
                    atol=1e-4,
                    err_msg=f"{text} {variable}",
                )


def test_dead_maps_and_ranges(tmp_path: Path) -> None:
    maps = np.array([[[0, -1.5, 2], [0, 0.5, 2]]])
    found = page(
        tmp_path,
        ("ranges", [maps.ravel().tolist(), 3]),
        *(("fine", [value]) for value in (0, 0.0012345, -0.05, 3.14159, -22)),
    )
    assert found[0] == [[0, 0], [-1.5, 0.5], [2, 2]]
    assert found[1:] == ["0", "0.0012", "−0.05", "3.14", "−22"]


def test_a_formula_has_the_numbers(tmp_path: Path) -> None:
    explorer = explorers()["ours"]
    data = explorer.traits["data"]
    (made,) = page(tmp_path, ("made", [data, [[0, 0, 0, 0], [1, 3, 4, 2]]]))
    first, second = page(
        tmp_path,
        ("formula", [data["steps"][0], made[0]]),
        ("formula", [data["steps"][1], made[1]]),
    )
    assert first.startswith("sum ")
    assert "+ bias " in first
    assert ", after the ReLU " in first
    assert second.startswith("largest of 4 cells = ")


def test_a_place_that_numpy_has_found_is_taken() -> None:
    maps = FeatureMaps().maps()[2]
    row, column, channel = np.unravel_index(maps.argmax(), maps.shape)
    explorer = FeatureMaps(row=row, column=column, channel=channel)
    assert explorer.text == FeatureMaps(explorer.text).text
    assert maps[row, column, explorer.state["channel"]] == maps.max()


# --- what is refused


def refused() -> list[tuple[str, Any, Any]]:
    import keras
    from keras import layers as k

    small = chain((8, 6, 1), k.Conv2D(2, 3))
    wide = chain((None, None, 1), k.Conv2D(2, 7, name="wide"))
    start, other = keras.Input((8, 6, 1)), keras.Input((8, 6, 1))
    two = keras.Model([start, other], k.Add()([start, other]))
    nan = chain((8, 6, 1), k.Conv2D(1, 3))
    nan.set_weights([np.full((3, 3, 1, 1), np.nan), np.zeros(1)])
    ok = np.zeros((8, 6))
    return [
        ("must be a built Keras model, not str", "model.keras", ok),
        (r"must read \(None, 8, 7, 1\), not \(None, 8, 6, 1\)", small, np.eye(8, 7)),
        (r"must read \(None, 8, 6, 1\), not \[\(None, 8, 6, 1\)", two, ok),
        (r"'wide' \(Conv2D\) cannot be shown: its window of 7 × 7 does", wide, ok),
        (
            r"\(LayerNormalization\) cannot be shown: use Activation",
            chain((8, 6, 1), k.LayerNormalization()),
            ok,
        ),
        ("must have a layer that can be shown", chain((8, 6, 1), k.Flatten()), ok),
        ("weight of nan", nan, ok),
        (
            r"cells in its maps: at most 100,000",
            chain((90, 90, 1), k.Conv2D(20, 1)),
            np.zeros((90, 90)),
        ),
        (
            r"of shape \(rows, columns\) or .*, not \(1, 8, 6, 1\)",
            small,
            ok[None, ..., None],
        ),
        (r"at most 96 × 96 × 16, not \(1000, 1000\)", small, np.zeros((1000, 1000))),
        (r"not \(0, 6\)", small, np.zeros((0, 6))),
        ("must hold numbers, not <U1", small, np.full((8, 6), "x")),
        ("from -1,000,000 to 1,000,000, not nan to nan", small, ok * np.nan),
        ("not 0.0 to 10000000.0", small, np.where(np.eye(8, 6) > 0, 1e7, 0)),
    ]


def test_what_cannot_be_shown_is_named_with_what_is_legal() -> None:
    for words, model, image in refused():
        with pytest.raises(ValueError, match=words):
            FeatureMaps.of(model, image)
    with pytest.raises(ValueError, match="layer 1 \\('pool_1'\\) has no weights"):
        FeatureMaps().weights(1)


def test_a_static_picture_stands_for_any_layer() -> None:
    for explorer in explorers().values():
        for layer in range(len(explorer.traits["data"]["steps"])):
            explorer._state["layer"] = layer
            picture = explorer.figure()
            assert explorer.traits["data"]["steps"][layer]["name"] in picture.alt
