"""Keras objects arrive rebuilt and whole; what could run code does not arrive."""

from __future__ import annotations

import contextlib
import copy
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import numpy as np
import pytest
from rich.console import Console

import fuzz.keras
from grader.errors import WireError
from grader.execution.wire import codec, keras_codec, messages, registry

# TensorFlow takes seconds to import, once for all of these tests.
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def keras(module_environment: None) -> Any:
    return pytest.importorskip("keras")


@pytest.fixture(scope="module")
def module_environment() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        patch.setenv("CUDA_VISIBLE_DEVICES", "-1")
        yield


def refuse(value: Any) -> Any:
    raise AssertionError(f"{value} was not taken")


def through(value: Any) -> Any:
    frame = messages.pack(codec.encode(value, registry.encoder("student", refuse)))
    return codec.decode(messages.unpack(frame[4:]), registry.decoders("student"))


def sequential(keras: Any) -> Any:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(3, 3, activation="relu", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Dropout(0.2),
            layers.Flatten(),
            layers.Dense(4, activation=keras.activations.softmax),
        ]
    )
    model.compile(
        keras.optimizers.Adam(1e-2),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def functional(keras: Any) -> Any:
    given = keras.Input((4, 4, 1))
    left = keras.layers.Conv2D(2, 3, padding="same")(given[:, ::2])
    right = keras.layers.Rescaling(0.5)(given[:, 1::2])
    joined = keras.layers.Concatenate()([left, right])
    flat = keras.layers.Flatten()(keras.ops.relu(joined) + 1)
    model = keras.Model(given, [keras.layers.Dense(3)(flat), joined])
    model.compile(
        keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 9, 0.5)),
        [keras.losses.MeanSquaredError(), None],
    )
    return model


@pytest.mark.parametrize("make", [sequential, functional])
def test_models_are_rebuilt_with_weights_and_settings(
    keras: Any, make: Callable[[Any], Any]
) -> None:
    model = make(keras)
    rebuilt = through(model)
    assert rebuilt is not model
    assert [type(a) for a in rebuilt.layers] == [type(a) for a in model.layers]
    x = np.random.default_rng(3).normal(size=(2, *model.input_shape[1:]))
    keras.tree.map_structure(np.testing.assert_array_equal, rebuilt(x), model(x))
    assert rebuilt.to_json() == model.to_json()
    assert rebuilt.optimizer.get_config() == model.optimizer.get_config()
    assert rebuilt.get_compile_config() == model.get_compile_config()


@pytest.mark.parametrize("make", [sequential, functional])
def test_an_optimizer_has_no_variables_before_somebody_trains(
    keras: Any, make: Callable[[Any], Any]
) -> None:
    rebuilt = through(make(keras))
    assert not rebuilt.optimizer.built
    images = np.ones((2, *rebuilt.input_shape[1:]))
    targets = [np.zeros((2, *shape[1:])) for shape in shapes_of(rebuilt)]
    rebuilt.train_on_batch(images, targets)
    assert rebuilt.optimizer.iterations == 1


def shapes_of(model: Any) -> list[tuple[int, ...]]:
    """The shapes of its outputs' targets; labels for the classifier."""
    shapes = model.output_shape
    return shapes if isinstance(shapes, list) else [(1,)]


def test_a_sequentials_layers_lie_on_the_way_to_its_output(keras: Any) -> None:
    import tensorflow as tf

    arrived = through(sequential(keras))
    middle = arrived.get_layer(index=0).output
    both = keras.Model(arrived.inputs[0], [middle, arrived.outputs[0]])
    with tf.GradientTape() as tape:
        seen, last = both(np.ones((1, 8, 8, 1), "float32"))
    assert tape.gradient(last, seen) is not None


def test_trained_weights_are_the_ones_that_arrive(keras: Any) -> None:
    model = sequential(keras)
    x, y = np.random.default_rng(1).normal(size=(8, 8, 8, 1)), np.arange(8) % 4
    model.fit(x, y, verbose=0)
    np.testing.assert_array_equal(through(model)(x), model(x))


@pytest.mark.parametrize(
    "make",
    [
        lambda keras: keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        lambda keras: keras.optimizers.Adam(0.5),
        lambda keras: keras.metrics.SparseCategoricalAccuracy(),
        lambda keras: keras.initializers.HeNormal(seed=4),
        lambda keras: keras.regularizers.L2(0.25),
        lambda keras: keras.layers.Conv2D(3, 5, strides=2, padding="same"),
    ],
)
def test_parts_of_models_arrive(keras: Any, make: Callable[[Any], Any]) -> None:
    part = make(keras)
    rebuilt = through(part)
    assert type(rebuilt) is type(part)
    assert rebuilt.get_config() == part.get_config()


def test_tensors_stay_tensors(keras: Any) -> None:
    tensor = keras.ops.convert_to_tensor(np.arange(6.0).reshape(2, 3))
    (rebuilt,) = through([tensor])
    assert keras_codec.is_tensor(rebuilt)
    np.testing.assert_array_equal(rebuilt, tensor)


def own_layer(keras: Any) -> Any:
    class Own(keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x

    return keras.Sequential([keras.Input((2,)), Own()])


def own_model(keras: Any) -> Any:
    class Own(keras.Model):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x

    return Own()


def named_like_keras(keras: Any) -> Any:
    class Dense(keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x

    return keras.Sequential([keras.Input((2,)), Dense()])


def with_lambda(keras: Any) -> Any:
    return keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda x: x)])


def own_loss(keras: Any) -> Any:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", lambda a, b: a - b)
    return model


@pytest.mark.parametrize(
    "make", [own_layer, own_model, named_like_keras, with_lambda, own_loss]
)
def test_code_of_their_own_stays_with_the_student(
    keras: Any, make: Callable[[Any], Any]
) -> None:
    value = make(keras)
    assert keras_codec.encode_keras(value) is None
    sent = registry.encoder("student", lambda v: ("stays", v))(value)
    assert sent.tag == "own keras"
    assert next(iter(sent.values)) == codec.Tree(("stays", value))


def dense() -> dict[str, Any]:
    config = {"units": 2, "activation": "relu"}
    return {"module": "keras.layers", "class_name": "Dense", "config": config}


def function(module: str, name: str) -> dict[str, Any]:
    return {
        "module": module,
        "class_name": "function",
        "config": name,
        "registered_name": name,
    }


def layer(name: Any, module: Any = "keras.layers", /, **config: Any) -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": config}


FORGED = {
    "lambda": layer("Lambda", function={"class_name": "__lambda__", "config": {}}),
    "lambda code": {"class_name": "__lambda__", "config": {"value": "4wEA"}},
    "type spec": {
        "class_name": "__typespec__",
        "spec_name": "load_model",
        "module": "keras.models",
        "registered_name": None,
        "config": ["/etc/passwd"],
    },
    "saved model": layer("TFSMLayer", filepath="/tmp/x"),
    "vocabulary": layer("TextVectorization", vocabulary="/etc/passwd"),
    "no module": layer("Dense", None, units=2),
    "legacy": {"class_name": "Lambda", "config": {}},
    "elsewhere": layer("Dense", "os"),
    "popen": layer("Popen", "subprocess", args="id"),
    "private path": layer("Lambda", "keras.src.layers.core.lambda_layer"),
    "renamed": dense() | {"registered_name": "Custom>Own"},
    "loader as class": layer("load_model", "keras.models", filepath="x"),
    "loader as function": function("keras.models", "load_model"),
    "file getter": function("keras.utils", "get_file"),
    "builtin": function("builtins", "eval"),
    "function of another module": function("cnnlab", "relu"),
    "maker of functions": function("keras.losses", "deserialize"),
    "function by another name": function("builtins", "relu")
    | {"registered_name": "Custom>relu"},
    "class registered as its configuration": dense()
    | {"registered_name": "units", "config": "units"},
    "module as name": layer(["Dense"]),
    "number as module": layer("Dense", 5),
    "dotted": layer("layers.Lambda", "keras"),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("where", ["alone", "in a model", "as activation"])
def test_a_forged_configuration_is_refused(
    keras: Any, forged: dict[str, Any], where: str
) -> None:
    config = copy.deepcopy(forged)
    if where == "in a model":
        layers = [layer("InputLayer", batch_shape=[None, 2]), config]
        config = layer("Sequential", "keras", name="s", layers=layers)
    elif where == "as activation":
        config = dense() | {"config": {"units": 2, "activation": config}}
    with pytest.raises(WireError, match="not an allowed Keras class"):
        keras_codec.decode_keras([codec.encode(config), []])


def test_the_honest_twins_of_the_forged_ones_are_rebuilt(keras: Any) -> None:
    assert keras_codec.decode_keras([codec.encode(dense()), []]).units == 2
    relu = dense() | {
        "config": {"units": 2, "activation": function("keras.activations", "relu")}
    }
    assert keras_codec.decode_keras([codec.encode(relu), []]).units == 2


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        [1, 2, 3],
        [5, []],
        [{"dict": []}, []],
        [codec.encode(dense()), 7],
        [codec.encode(dense()), [{"array": ["O", [1], b"12345678"]}]],
        [codec.encode(dense()), [codec.encode(np.zeros(3))]],
        [codec.encode(dense() | {"config": {"units": "many"}}), []],
        [codec.encode(dense() | {"config": {"units": -1}}), []],
        [codec.encode(dense() | {"config": None}), []],
        [codec.encode(layer("Sequential", "keras", layers=7)), []],
    ],
    ids=lambda payload: repr(payload)[:40],
)
def test_a_malformed_keras_object_is_a_wire_error(keras: Any, payload: Any) -> None:
    with pytest.raises(WireError):
        codec.decode({"keras": payload}, {"keras": keras_codec.decode_keras})


@pytest.mark.parametrize("dtype", ["U900000", "S99999999", "O", "V8", 5, None, ["f4"]])
@pytest.mark.parametrize("mark", ["__numpy__", "__tensor__"])
def test_an_array_in_a_configuration_is_of_numbers(
    keras: Any, mark: str, dtype: Any
) -> None:
    array = {"class_name": mark, "config": {"value": ["a"] * 9, "dtype": dtype}}
    config = dense() | {"config": {"units": 2, "bias_initializer": array}}
    with pytest.raises(WireError, match="not allowed in a configuration"):
        keras_codec.decode_keras([codec.encode(config), []])


@pytest.mark.parametrize("code", ["<f16", "<U3", ">i2", "<c32", "|S1", "<f2"])
def test_a_tensor_of_any_type_is_one_or_a_wire_error(keras: Any, code: str) -> None:
    data = b"\x00\xd8\x00\x00" * (np.dtype(code).itemsize // 4) or b"\xff\xff"
    payload = [code, [1], data[: np.dtype(code).itemsize]]
    with contextlib.suppress(WireError):
        assert keras_codec.is_tensor(keras_codec.decode_tensor(payload))


def test_without_keras_nothing_is_a_keras_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    assert not keras_codec.is_keras(np.zeros(2))
    assert not keras_codec.is_tensor(np.zeros(2))
    rebuilt = keras_codec.decode_tensor(["<f8", [1], bytes(8)])
    assert type(rebuilt) is np.ndarray
    with pytest.raises(WireError, match="does not use Keras"):
        keras_codec.decode_keras([codec.encode(dense()), []])
    assert "keras" not in sys.modules


def test_changed_configurations_are_rebuilt_or_a_wire_error(
    keras: Any,
) -> None:
    shown = StringIO()
    assert fuzz.keras.fuzz(200, 3, Console(file=shown)) == 0, shown.getvalue()
    assert "200 configurations, seed 3, 0 findings" in shown.getvalue()
