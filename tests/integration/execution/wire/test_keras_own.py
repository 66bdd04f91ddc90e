"""Models with own parts arrive as models, and the own parts stay in the jail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import WireError
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import keras_own, messages
from grader.execution.wire.keras_own import is_stand_in
from tests.support.channels import code, forger

__all__ = ["code", "forger"]

# TensorFlow takes seconds to import, once for all of these tests.
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore"),
]

START = """
import keras, tensorflow as tf, numpy as np
from keras import layers
def sequential(*more, activation="relu"):
    first = layers.Conv2D(3, 3, activation=activation)
    rest = more or (layers.Flatten(),)
    return keras.Sequential([keras.Input((8, 8, 1)), first, *rest, layers.Dense(5)])
"""
OWN = {
    "own activation": "def mine(z): return z * 2\nm = sequential(activation=mine)",
    "named like Keras'": "def relu(z): return z * 2\nm = sequential(activation=relu)",
    "lambda": "m = sequential(activation=lambda z: tf.maximum(z, 0.0))",
    "Lambda": "m = sequential(layers.Lambda(lambda z: tf.reshape(z, (-1, 108))))",
    "own layer": """
class Flat(layers.Layer):
    def call(self, z):
        return keras.ops.reshape(z, (-1, 108))
m = sequential(Flat())""",
    "own loss": """
def mine(a, b): return keras.ops.mean(keras.ops.square(a - b))
m = sequential()
m.compile("adam", loss=mine)""",
    "functional subclass": """
class Net(keras.Model):
    def __init__(self):
        i = keras.Input((8, 8, 1))
        x = layers.Conv2D(3, 3, activation="relu")(i)
        super().__init__(i, layers.Dense(5)(layers.Flatten()(x)))
m = Net()""",
}


@pytest.fixture(scope="module")
def keras() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        patch.setenv("CUDA_VISIBLE_DEVICES", "-1")
        yield pytest.importorskip("keras")


@pytest.mark.parametrize("source", OWN.values(), ids=OWN)
def test_a_model_with_own_parts_is_a_model(
    keras: Any, code: Callable[..., Student], source: str
) -> None:
    model = code(START + source, 60).name("m")
    assert is_stand_in(model)
    assert isinstance(model, keras.Model)
    assert model.output_shape == (None, 5)
    assert model.count_params() == 30 + 108 * 5 + 5
    assert [array.size for array in model.get_weights()] == [27, 3, 540, 5]
    given = np.ones((2, 8, 8, 1), "float32")
    found = np.asarray(model(given))
    assert found.shape == (2, 5)


def test_a_model_with_own_parts_is_trained_in_the_jail(
    keras: Any, code: Callable[..., Student]
) -> None:
    model = code(START + OWN["own layer"], 60).name("m")
    given = np.ones((2, 8, 8, 1), "float32")
    found = np.asarray(model(given))
    np.testing.assert_allclose(model.predict(given, verbose=0), found, rtol=1e-5)
    model.compile("sgd", loss=keras.losses.SparseCategoricalCrossentropy(True))
    history = model.fit(given, np.array([0, 1]), epochs=1, verbose=0)
    assert np.isfinite(history.history["loss"][0])
    assert np.isfinite(model.evaluate(given, np.array([0, 1]), verbose=0))
    assert not np.allclose(np.asarray(model(given)), found), "it was not trained"


def test_layers_of_keras_are_real_and_the_others_stand_ins(
    keras: Any, code: Callable[..., Student]
) -> None:
    model = code(START + OWN["own layer"], 60).name("m")
    first, own, last = model.layers
    assert [type(each).__name__ for each in model.layers] == ["Conv2D", "Flat", "Dense"]
    assert type(first) is keras.layers.Conv2D
    assert type(last) is keras.layers.Dense
    assert is_stand_in(own)
    assert isinstance(own, keras.layers.Layer)
    assert not isinstance(own, keras.Model)
    assert own.count_params() == 0
    passed = np.asarray(own(np.asarray(first(np.ones((1, 8, 8, 1), "float32")))))
    assert passed.shape == (1, 108)
    np.testing.assert_allclose(
        np.asarray(last(passed)), np.asarray(model(np.ones((1, 8, 8, 1)))), rtol=1e-4
    )


def test_a_layer_with_an_own_activation_is_one_of_its_kind(
    keras: Any, code: Callable[..., Student]
) -> None:
    layer = code(START + OWN["own activation"], 60).name("m").layers[0]
    assert isinstance(layer, keras.layers.Conv2D)
    assert layer.filters == 3
    assert layer.activation(np.float32(3)) == 6


@pytest.mark.parametrize(
    "name", ["tf.nn.relu", "tf.nn.gelu", "tf.sin", "keras.ops.relu"]
)
def test_functions_of_known_libraries_arrive_as_themselves(
    keras: Any, code: Callable[..., Student], name: str
) -> None:
    import tensorflow as tf

    source = f"m = sequential(activation={name})\nm.compile('sgd', 'mse')"
    model = code(START + source, 60).name("m")
    assert not is_stand_in(model)
    root, *path = name.split(".")
    function: Any = {"tf": tf, "keras": keras}[root]
    for part in path:
        function = getattr(function, part)
    assert model.layers[0].activation is function


def test_a_stand_in_goes_back_as_the_student_s_own_object(
    keras: Any, code: Callable[..., Student]
) -> None:
    student = code(START + OWN["own layer"] + "\ndef same(x): return x is m", 60)
    model = student.name("m")
    assert student.name("same")(model) is True


LIES = {
    "a billion parameters": "M.count_params = lambda self: 10**9",
    "fewer parameters": "M.count_params = lambda self: 7",
    "another shape": "M.output_shape = property(lambda self: (None, 7))",
    "another shape each time": """
def call(self, x, *more, **named):
    self.times = getattr(self, "times", 0) + 1
    return keras.ops.ones((len(x), self.times))
M.__call__ = call
M.predict = lambda self, x, **named: np.ones((len(x), 9))""",
}


def refusals(use: Callable[[], Any]) -> list[str]:
    try:
        use()
    except WireError as error:
        assert "claims" in str(error)  # noqa: PT017 - it may raise nothing
        return [str(error)]
    return []


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_a_model_claims_is_compared_with_what_arrives(
    keras: Any, code: Callable[..., Student], lie: str
) -> None:
    source = f"""{START}
class M(keras.Sequential): pass
{lie}
m = M([keras.Input((4,)), layers.Dense(5)])"""
    model = code(source, 60).name("m")
    given = np.ones((2, 4), "float32")
    uses = (model.count_params, lambda: model(given), lambda: model.predict(given))
    found = [claim for use in uses for claim in refusals(use)]
    assert found, "nothing was noticed"


LAYER = "keras.src.layers.layer"
HANDLE = {"remote": ["function", 0, "m"]}
FORGED: dict[str, Any] = {
    "no handle": [1, LAYER, "Layer", "Mine"],
    "data as handle": [{"dict": []}, LAYER, "Layer", "Mine"],
    "no parts": [],
    "fewer parts": [HANDLE, LAYER, "Layer"],
    "another module": [HANDLE, "os", "DirEntry", "Mine"],
    "a class that is no layer": [
        HANDLE,
        "keras.src.saving.file_editor",
        "KerasFileEditor",
        "Mine",
    ],
    "no class": [HANDLE, "keras.src.saving.saving_lib", "load_model", "Mine"],
    "no module": [HANDLE, "keras.src.nothing", "Layer", "Mine"],
    "numbers": [HANDLE, LAYER, "Layer", 7],
    "a long name": [HANDLE, LAYER, "Layer", "x" * 1000],
    "a null": [HANDLE, LAYER, "Layer", "x\0"],
}


@pytest.mark.parametrize("parts", FORGED.values(), ids=FORGED)
def test_a_forged_stand_in_is_refused(
    keras: Any, forger: Callable[..., Student], parts: list[Any]
) -> None:
    with pytest.raises(WireError):
        forger(messages.pack(["ok", {"own keras": parts}, []])).name("m")


def test_the_classes_of_stand_ins_are_limited(
    keras: Any, forger: Callable[..., Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keras_own, "MAX_CLASSES", len(keras_own._classes) + 1)
    handles = [{"remote": ["function", n, "m"]} for n in range(3)]
    honest = [
        {"own keras": [handle, LAYER, "Layer", f"Mine{n}"]}
        for n, handle in enumerate(handles)
    ]
    assert is_stand_in(forger(messages.pack(["ok", honest[0], []])).name("m"))
    with pytest.raises(WireError, match="classes"):
        forger(messages.pack(["ok", honest, []])).name("m")


def test_what_is_no_keras_object_is_no_stand_in(
    keras: Any, code: Callable[..., Student]
) -> None:
    found = code("class A: pass\na = A()").name("a")
    assert issubclass(type(found), ObjectProxy)
