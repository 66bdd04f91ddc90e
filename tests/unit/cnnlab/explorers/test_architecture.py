"""The architecture builder counts as Keras does, and refuses what Keras refuses."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest

from cnnlab import stacks
from cnnlab.explorers import ArchitectureBuilder
from cnnlab.explorers.architecture import _parse
from tests.support.explorers import arithmetic, node

FILE = arithmetic("architecture")
DATA = ArchitectureBuilder().traits["data"]
SLIDES = "c4,5,1,s~c8,3,2,s~c12,3,2,s~f~d200~d10"
VGG16 = (
    "c64,3,1,s~c64,3,1,s~p2,2,v~c128,3,1,s~c128,3,1,s~p2,2,v~"
    "c256,3,1,s~c256,3,1,s~c256,3,1,s~p2,2,v~c512,3,1,s~c512,3,1,s~c512,3,1,s~p2,2,v~"
    "c512,3,1,s~c512,3,1,s~c512,3,1,s~p2,2,v~f~d4096~d4096~d1000"
)


def as_text(stack: list[dict[str, Any]]) -> str:
    """Write a stack of `cnnlab.stacks` as the explorer does."""
    parts = []
    for layer in stack:
        numbers = [layer.get(name) for name in ("filters", "units", "k", "s")]
        padding = [layer["padding"][0]] if "padding" in layer else []
        values = [number for number in numbers if number is not None] + padding
        parts.append(layer["kind"][0] + ",".join(map(str, values)))
    return "~".join(parts)


def random_part(rng: random.Random) -> str:
    """Draw a layer; one in two random stacks is refused by Keras."""
    window = f"{rng.randint(1, 6)},{rng.randint(1, 3)},{rng.choice('sv')}"
    conv, pool = f"c{rng.randint(1, 6)},{window}", f"p{window}"
    others = [f"a{window}", "b", "r", "g", "f", f"d{rng.randint(1, 6)}"]
    return rng.choice([conv, conv, pool, *others])


def random_network(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    parts = [random_part(rng) for _ in range(rng.randint(1, 6))]
    names = ("rows", "columns", "channels")
    shape = {
        name: rng.randint(1, high)
        for name, high in zip(names, (30, 24, 3), strict=True)
    }
    state: dict[str, Any] = {"stack": "~".join(parts)} | shape
    return ArchitectureBuilder(**state).state


def traces(states: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    read = node(FILE, [("parse", [state["stack"], DATA]) for state in states])
    pairs = zip(states, read, strict=True)
    calls = [("trace", [state, parsed["layers"]]) for state, parsed in pairs]
    return node(FILE, calls)


def column(lines: list[dict[str, Any]], name: str) -> list[int]:
    return [line[name][0] for line in lines[1:-1]]


def test_the_slides_model_has_the_published_numbers() -> None:
    state = ArchitectureBuilder(stack=SLIDES).state
    (lines,) = traces([state])
    assert column(lines, "parameters") == [104, 296, 876, 0, 117_800, 2_010]
    assert column(lines, "multiply_adds") == [78_400, 56_448, 42_336, 0, 117_600, 2_000]
    assert column(lines, "field") == [5, 7, 11, 11, 0, 0]
    assert column(lines[:5], "jump") == [1, 2, 4]
    assert lines[-1]["parameters"][0] == 121_086
    assert lines[-1]["multiply_adds"][0] == 296_784
    assert lines[2]["parameters"][1] == "(3·3·4 + 1)·8"


def test_the_largest_networks_have_exact_numbers() -> None:
    vgg = {"rows": 224, "columns": 224, "channels": 3, "stack": VGG16}
    conv = "~".join(["c9999,15,1,s"] * 24)
    largest = {"rows": 512, "columns": 512, "channels": 512, "stack": conv}
    small, large = traces([vgg, largest])
    assert small[-1]["parameters"][0] == 138_357_544  # as published
    assert small[-1]["multiply_adds"][0] == 15_470_264_320
    work = 512 * 512 * 15 * 15 * 9999 * 9999
    assert large[2]["multiply_adds"][0] == work
    assert large[-1]["bytes"][0] == 4 * 512 * 512 * (512 + 24 * 9999)


@pytest.mark.slow
def test_random_networks_are_as_keras_builds_them() -> None:
    """Each source is run, up to the layer that Keras refuses, which it must refuse."""
    import keras

    states = [random_network(seed) for seed in range(60)]
    sources = node(FILE, [("code", [state, DATA]) for state in states])
    refused = 0
    for state, lines, source in zip(states, traces(states), sources, strict=True):
        names: dict[str, Any] = {"print": lambda *shown: None}
        exec(source["Keras"], names)
        model = names["model"]
        last, words = lines[-1], str(state)
        built = lines[1:-1]
        assert [tuple(line["shape"]) for line in built] == [
            layer.output.shape[1:] for layer in model.layers
        ], words
        counts = [layer.count_params() for layer in model.layers]
        assert [line["parameters"][0] for line in built] == counts, words
        if "refused" in last:
            refused += 1
            layer = layer_of(state["stack"].split("~")[len(built)])
            shape = [state[name] for name in ("rows", "columns", "channels")]
            before = [keras.Input(shape), *model.layers]
            with pytest.raises(ValueError, match=r"expected|negative"):
                keras.Sequential([*before, layer])
            assert f"# Keras refuses layer {len(built) + 1}.\n" in source["Keras"]
        else:
            assert len(model.layers) == state["stack"].count("~") + 1
    assert 10 < refused < 50


def layer_of(part: str) -> Any:
    """Make the Keras layer of a part of a stack."""
    from keras import layers

    (layer,), _ = _parse(part)
    kind = getattr(layers, DATA["kinds"][layer["kind"]][0])
    padding = {"s": "same", "v": "valid"}.get(layer.pop("same", ""))
    numbers = [layer[name] for name in ("filters", "window", "stride") if name in layer]
    return kind(*numbers, *([padding] if padding else []))


@pytest.mark.slow
def test_multiply_adds_are_counted_from_keras_kernels() -> None:
    import keras

    states = [random_network(seed) for seed in range(60, 90)]
    for state, lines in zip(states, traces(states), strict=True):
        (source,) = node(FILE, [("code", [state, DATA])])
        names: dict[str, Any] = {"print": lambda *shown: None}
        exec(source["Keras"], names)
        for line, layer in zip(lines[1:-1], names["model"].layers, strict=True):
            places = np.prod(layer.output.shape[1:-1], dtype=int)
            if isinstance(layer, keras.layers.BatchNormalization):
                assert line["multiply_adds"][0] == places * layer.output.shape[-1]
            elif hasattr(layer, "kernel"):
                assert line["multiply_adds"][0] == places * np.prod(layer.kernel.shape)
            else:
                assert line["multiply_adds"][0] == 0


@pytest.mark.parametrize("seed", range(12))
def test_fields_and_jumps_are_those_of_the_pixels_read(seed: int) -> None:
    """Follow two neighbouring units back to the pixels that they read, axis by axis."""
    rng = random.Random(seed)
    parts = [f"c1,{rng.randint(1, 5)},{rng.randint(1, 3)},s" for _ in range(4)]
    state = ArchitectureBuilder(stack="~".join(parts), rows=200, columns=180).state
    (lines,) = traces([state])
    for depth in range(1, 5):
        here, there = {0}, {1}
        for part in reversed(parts[:depth]):
            _, k, s, _ = part.split(",")
            here, there = (
                {unit * int(s) + a for unit in units for a in range(int(k))}
                for units in (here, there)
            )
        assert lines[depth]["field"][0] == max(here) - min(here) + 1
        assert lines[depth]["jump"][0] == min(there) - min(here)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_model_is_read_as_it_was_built(seed: int) -> None:
    stack, shape = stacks.random_stack(np.random.default_rng(seed))
    model = stacks.build(stack, shape)
    explorer = ArchitectureBuilder.of(model, budget=5)
    assert explorer.state["stack"] == as_text(stack)
    names = ("rows", "columns", "channels")
    assert tuple(explorer.state[name] for name in names) == shape
    assert explorer.state["budget"] == 5
    (lines,) = traces([explorer.state])
    assert lines[-1]["parameters"][0] == model.count_params()
    assert f"{model.count_params():,} parameters" in explorer.figure().alt


@pytest.mark.slow
def test_every_kind_of_layer_is_read() -> None:
    import keras
    from keras import layers

    image = keras.Input((20, 18, 3))
    x = layers.Conv2D(4, 3, padding="same", use_bias=True)(image)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.AveragePooling2D(2)(layers.MaxPooling2D(3, 1)(x))
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, layers.Dense(5, "softmax")(layers.Flatten()(x)))
    explorer = ArchitectureBuilder.of(model)
    assert explorer.state["stack"] == "c4,3,1,s~b~r~p3,1,v~a2,2,v~g~f~d5"
    (lines,) = traces([explorer.state])
    assert lines[-1]["parameters"][0] == model.count_params()
    assert f"{model.count_params():,} parameters" in explorer.figure().alt


def unreadable() -> dict[str, Any]:
    """Return models that cannot be shown, by what is said about each."""
    import keras
    from keras import layers

    def of(*made: Any, shape: Any = (9, 9, 1)) -> Any:
        return keras.Sequential([keras.Input(shape), *made])

    image = keras.Input((9, 9, 1))
    once = layers.Conv2D(2, 3, padding="same")(image)
    branch = layers.Add()([once, layers.Conv2D(2, 3, padding="same")(image)])
    again = layers.Conv2D(1, 3, padding="same")
    other = layers.Conv2D(1, 3, padding="same")
    legal = "must be one of Conv2D, MaxPooling2D, AveragePooling2D, Glob"
    return {
        f"layer 'no' is a Dropout; it {legal}": of(layers.Dropout(0.5, name="no")),
        "layer 'c': its window is (2, 3)": of(layers.Conv2D(2, (2, 3), name="c")),
        "layer 'c': strides is (1, 2)": of(layers.Conv2D(2, 1, (1, 2), name="c")),
        "layer 'c': use_bias is False": of(
            layers.Conv2D(2, 3, use_bias=False, name="c")
        ),
        "layer 'c': dilation_rate is (2, 2)": of(
            layers.Conv2D(2, 3, dilation_rate=2, name="c")
        ),
        "layer 'b': scale is False": of(
            layers.BatchNormalization(scale=False, name="b")
        ),
        "layer 1 is 'c10000,3,1,v'": of(layers.Conv2D(10_000, 3)),
        "layer 25 is 'r'": of(*[layers.ReLU() for _ in range(25)]),
        "columns must be a whole number from 1 to 512, not 600": of(
            layers.Flatten(), shape=(9, 600, 1)
        ),
        "inputs of shape (None, 9)": of(layers.Dense(2), shape=(9,)),
        "inputs of shape (None, None, None, 1)": of(again, shape=(None, None, 1)),
        "must read the layer before it": keras.Model(image, again(again(image))),
        "must end with its last layer": keras.Model(image, [once, other(once)]),
        "only that": keras.Model(image, branch),
        "give a built Keras model with one input": keras.Sequential([again]),
    } | {"not 42": 42, "not None": None}


@pytest.mark.slow
def test_models_that_cannot_be_shown_are_refused_with_what_is_legal() -> None:
    for words, model in unreadable().items():
        with pytest.raises(ValueError, match=re.escape(words)):
            ArchitectureBuilder.of(model)


def broken_texts(count: int) -> list[str]:
    """Return texts that are nearly stacks, made by changing stacks at random."""
    rng = random.Random(4)
    texts = [
        "",
        "~",
        "c",
        "c8",
        "c8,3,1,s,",
        "c0,3,1,s",
        "c8,16,1,s",
        "c8,3,10,s",
        "d0",
    ]
    texts += ["c08,3,1,s", "p2,2,x", "f1", "g,", "d10000", "~".join("r" * 25), "c8,3,1"]
    for _ in range(count):
        text = list(random_network(rng.randint(0, 999))["stack"])
        for _ in range(rng.randint(0, 3)):
            text[rng.randrange(len(text))] = rng.choice("cpafgdbrsv0123456789,~")
        texts.append("".join(text))
    return texts


def test_python_and_javascript_read_a_stack_alike() -> None:
    texts = broken_texts(300)
    read = node(FILE, [("parse", [text, DATA]) for text in texts])
    wrong = [_parse(text)[1] for text in texts]
    assert [each.get("error", "") for each in read] == wrong
    assert 50 < sum(map(bool, wrong)) < 290
    good = [
        (text, each["layers"])
        for text, each in zip(texts, read, strict=True)
        if "layers" in each
    ]
    written = node(FILE, [("written", [layers, DATA]) for _, layers in good])
    assert written == [text for text, _ in good]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("c8,3,1,s~d", "layer 2 is 'd': write up to 24 layers cN,K,S,P; pK,S,P; "),
        ("", "stack must be layers, not '': layer 1 is ''"),
        ("c8,3,1,s~x", "stack must be a text of up to 400 of a-dfgprsv0-9,~"),
        ("~".join("r" * 25), "layer 25 is 'r': write up to 24 layers"),
        ("r" * 401, "stack must be a text of up to 400"),
    ],
)
def test_bad_stacks_are_named(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ArchitectureBuilder(stack=text)


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ("c8,3,1,s~p2,2,v", "2 layers for input 28 × 28 × 1, 80 parameters"),
        ("d5~f~d3", "11,773 parameters"),
        ("r~d5~f~d3", "11,773 parameters"),
        ("c8,3,1,s~b~r~g~d3", "139 parameters"),
        ("f~c8,3,1,s", "Keras refuses layer 2"),
        ("c8,3,9,s~c8,5,1,v~f", "Keras refuses layer 2"),
        ("f~g", "Keras refuses layer 2"),
        ("c9,15,1,v~p15,1,v", "Keras refuses layer 2"),
    ],
)
def test_the_static_picture_tells_of_the_stack(stack: str, words: str) -> None:
    assert words in ArchitectureBuilder(stack=stack).figure().alt


def test_a_stack_whose_first_layer_is_refused_still_has_a_picture() -> None:
    picture = ArchitectureBuilder(stack="p5,1,v", rows=4).figure()
    assert "Keras refuses layer 1" in picture.alt


def test_the_question_has_the_answer_shown() -> None:
    calls = node(
        FILE, [("call", [_layer("c8,3,2,v"), DATA]), ("call", [_layer("g"), DATA])]
    )
    assert calls == ['Conv2D(8, 3, 2, "valid")', "GlobalAveragePooling2D()"]


def _layer(part: str) -> dict[str, Any]:
    (read,) = node(FILE, [("parse", [part, DATA])])
    layer: dict[str, Any] = read["layers"][0]
    return layer
