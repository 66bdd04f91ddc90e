"""What is said of a model that differs from the one that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cnnlab.expect import Mistake
from cnnlab.expect_model import expect_compiled, expect_model

STACK: list[dict[str, Any]] = [
    {"kind": "conv", "filters": 4, "k": 5, "s": 2, "padding": "same"},
    {"kind": "pool", "k": 2, "s": 2},
    {"kind": "flatten"},
    {"kind": "dense", "units": 3},
]
SHAPE = (12, 10, 1)

pytestmark = pytest.mark.slow
keras = pytest.importorskip("keras")
layers = keras.layers


def conv(*args: Any, **changes: Any) -> Any:
    settings = {"strides": 2, "padding": "same", "activation": "relu"} | changes
    return layers.Conv2D(*(args or (4, 5)), **settings)


def model(
    *between: Any,
    first: Any = None,
    last: Any = None,
    shape: tuple[int, ...] = SHAPE,
) -> Any:
    middle = between or (layers.MaxPooling2D(2), layers.Flatten())
    ends = [keras.Input(shape), first or conv()], [last or layers.Dense(3)]
    return keras.Sequential([*ends[0], *middle, *ends[1]])


def answer(value: object) -> Callable[[], object]:
    def mine() -> object:
        return value

    return mine


def said(value: object, **how: Any) -> str:
    with pytest.raises(Mistake) as caught:
        expect_model(answer(value), stack=STACK, shape=SHAPE, **how)
    assert caught.value.feedback
    return str(caught.value)


def test_the_model_of_a_stack_passes_and_is_returned() -> None:
    right = model()
    assert expect_model(answer(right), stack=STACK, shape=SHAPE) is right


def test_a_relu_of_its_own_passes() -> None:
    pair = (layers.ReLU(), layers.MaxPooling2D(2), layers.Flatten())
    right = model(*pair, first=conv(activation=None))
    expect_model(answer(right), stack=STACK, shape=SHAPE)


def test_the_functional_style_passes() -> None:
    image = keras.Input(SHAPE)
    maps = layers.MaxPooling2D(2, padding="same")(conv()(image))
    right = keras.Model(image, layers.Dense(3)(layers.Flatten()(maps)))
    expect_model(answer(right), stack=STACK, shape=SHAPE, style="graph")
    assert "here a keras.Sequential is asked for" in said(right, style="list")


def test_a_softmax_passes_where_it_may_be() -> None:
    for right in (
        model(last=layers.Dense(3, activation="softmax")),
        keras.Sequential([*model().layers, layers.Softmax()]),
    ):
        right.build((None, *SHAPE))
        both = ("linear", "softmax")
        expect_model(answer(right), stack=STACK, shape=SHAPE, last=both)
        assert "logits are asked for, not probabilities" in said(right)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "mine returned None: `return` hands the model over"),
        ([1], "mine returned a list: keras.Sequential makes a model of a list"),
        (7, "mine returned an object of type int: return a Keras model"),
    ],
)
def test_what_is_no_model_is_named(value: object, text: str) -> None:
    assert said(value) == text


def test_a_tensor_is_no_model() -> None:
    assert "returned a tensor: keras.Model(" in said(conv()(keras.Input(SHAPE)))


def test_a_model_without_an_input_layer_is_named() -> None:
    assert "without an input layer" in said(keras.Sequential([conv()]))


def test_a_list_where_a_graph_is_asked_for() -> None:
    assert "here the functional style is asked for" in said(model(), style="graph")


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (lambda: conv(5, 4), "has 5 filters, not 4 filters: the filters come first"),
        (lambda: conv(6, 5), "layer 1, convolution, has 6 filters, not 4 filters"),
        (lambda: conv(4, 3), "has a window of 3×3, not a window of 5×5"),
        (lambda: conv(strides=1), "has stride 1, not stride 2: without `strides`"),
        (lambda: conv(strides=(2, 1)), "has strides 2×1, not stride 2"),
        (lambda: conv(padding="valid"), 'has padding "valid", not padding "same"'),
        (lambda: conv(use_bias=False), "layer 1, convolution, has no bias"),
        (lambda: conv(activation=None), "has no activation: its ReLU is missing"),
        (lambda: conv(activation="tanh"), "has the activation tanh, not relu"),
    ],
)
def test_a_setting_that_differs_is_named(first: Callable[[], Any], text: str) -> None:
    assert text in said(model(first=first()))


def test_a_relu_on_the_logits_is_named() -> None:
    text = said(model(last=layers.Dense(3, activation="relu")))
    assert "layer 4, dense, has the activation relu: logits can be negative" in text


def test_an_error_of_keras_leads_to_the_mistake() -> None:
    def mine() -> Any:
        return model(shape=(12, 10))

    errors = {"expected min_ndim=4": "no channel axis"}
    with pytest.raises(Mistake, match="no channel axis"):
        expect_model(mine, stack=STACK, shape=SHAPE, errors=errors)
    with pytest.raises(ValueError, match="min_ndim"):
        expect_model(mine, stack=STACK, shape=SHAPE)


def test_other_layers_are_listed() -> None:
    text = said(model(layers.AveragePooling2D(2), layers.Flatten()))
    assert "layers after the input are convolution, AveragePooling2D, flatten," in text
    assert "; convolution, max pooling, flatten, dense are asked for" in text


def test_another_output_shape_tells_enough() -> None:
    text = said(model(layers.MaxPooling2D(2)))
    assert "the output shape is (3, 2, 3), not (3,): its layers" in text
    assert "flatten" not in text


def test_another_input_shape_is_named() -> None:
    text = said(model(shape=(28, 12, 1)))
    assert text == "mine: the input shape is (28, 12, 1), not (12, 10, 1)"


def test_an_operation_between_layers_is_seen() -> None:
    image = keras.Input(SHAPE)
    maps = layers.MaxPooling2D(2)(keras.ops.ones_like(conv()(image)))
    wrong = keras.Model(image, layers.Dense(3)(layers.Flatten()(maps)))
    assert "convolution, OnesLike, max pooling" in said(wrong)


def test_feedback_holds_no_words_of_the_answer() -> None:
    wrong = model(first=conv(name="secret", activation="tanh"))
    with pytest.raises(Mistake) as caught:
        expect_model(answer(wrong), stack=STACK, shape=SHAPE)
    assert caught.value.feedback == "look at layer 1, convolution"


# --- compiled ---------------------------------------------------------------------


def compiled(loss: Any, optimiser: str = "adam", softmax: bool = False) -> Any:
    network = model(last=layers.Dense(3, activation="softmax" if softmax else None))
    network.compile(optimiser, loss)
    return network


def sparse(from_logits: bool, **how: Any) -> Any:
    losses = keras.losses
    return losses.SparseCategoricalCrossentropy(from_logits=from_logits, **how)


def said_of(network: Any) -> str:
    with pytest.raises(Mistake) as caught:
        expect_compiled("mine", network)
    assert caught.value.feedback
    return str(caught.value)


def test_both_ways_with_one_softmax_pass() -> None:
    expect_compiled("mine", compiled(sparse(True)))
    soft = compiled("sparse_categorical_crossentropy", softmax=True)
    expect_compiled("mine", soft)


def test_what_is_wrong_with_the_compiling_is_named() -> None:
    assert "not compiled" in said_of(model())
    assert "optimiser is SGD" in said_of(compiled(sparse(True), "sgd"))
    squared = keras.losses.MeanSquaredError()
    assert "the loss is MeanSquaredError: labels" in said_of(compiled(squared))
    assert "the outputs are logits" in said_of(compiled(sparse(False)))
    summed = sparse(True, reduction="sum")
    assert said_of(compiled(summed)).endswith("keep the loss as it was")


def test_a_softmax_applied_twice_is_named() -> None:
    twice = compiled(sparse(True), softmax=True)
    assert "the softmax is applied twice" in said_of(twice)
    summed = compiled(sparse(False, reduction="sum"), softmax=True)
    assert "keep the loss" in said_of(summed)
