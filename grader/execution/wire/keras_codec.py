"""Keras objects as data: configuration and weights, never pickles or code.

The other side rebuilds a model from its configuration, in Keras' safe mode and from
classes of Keras only, and then sets its weights. Both sides use this module, and check
every class before they use it.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.execution.wire import arrays, codec, keras_functions
from grader.execution.wire.kinds import Codec

# The base classes of objects that Keras makes from a configuration, by their module.
KINDS = {
    "keras": ("DTypePolicy", "Operation"),
    "keras.losses": ("Loss",),
    "keras.metrics": ("Metric",),
    "keras.constraints": ("Constraint",),
    "keras.initializers": ("Initializer",),
    "keras.optimizers": ("Optimizer",),
    "keras.optimizers.schedules": ("LearningRateSchedule",),
    "keras.regularizers": ("Regularizer",),
}
# Classes that run code or read files that their configuration names.
REFUSED = frozenset(
    "Lambda TFSMLayer JaxLayer FlaxLayer TorchModuleWrapper StringLookup "
    "IntegerLookup TextVectorization Hashing Discretization Pipeline".split()
)
# Class names that mark plain values inside a configuration.
PLAIN = frozenset(["__keras_tensor__", "__tensor__", "__numpy__", "__slice__"])
NUMBERS = re.compile(r"bool|bfloat16|(float|complex|u?int)\d{1,3}")


@functools.cache
def base_kinds() -> tuple[type, ...]:
    """Return the base classes of what Keras makes from a configuration."""
    return tuple(
        getattr(sys.modules[home], name) for home in KINDS for name in KINDS[home]
    )


def is_keras(value: Any) -> bool:
    """Say whether `value` is a Keras object that is sent as configuration."""
    return "keras" in sys.modules and isinstance(value, base_kinds())


def is_tensor(value: Any) -> bool:
    """Say whether `value` is a TensorFlow tensor or a Keras variable."""
    tensorflow = sys.modules.get("tensorflow")
    keras = sys.modules.get("keras")
    return bool(
        (tensorflow and isinstance(value, tensorflow.Tensor | tensorflow.Variable))
        or (keras and isinstance(value, keras.Variable))
    )


def encode_tensor(value: Any) -> Any:
    """Return the payload of a tensor, ``[dtype, shape, bytes]``."""
    return arrays.parts_of(np.asarray(value.numpy()))


def encode_keras(value: Any) -> Any:
    """Return the payload of a Keras object, ``[config, weights]``.

    None for an object that consists of more than Keras' own safe classes and known
    functions, such as a subclassed model, a Lambda layer or one with an own activation.
    """
    import keras

    try:
        with keras_functions.checked() as describe:
            config = describe(value)
        _check_classes(config)
        weights = value.get_weights() if isinstance(value, keras.Layer) else []
        return [codec.encode(config), [codec.encode(w) for w in weights]]
    except Exception:
        return None


def decode_tensor(payload: Any) -> Any:
    """Return a TensorFlow tensor, or an array where TensorFlow is not imported."""
    array = arrays.array_of(payload)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return array
    try:
        return tensorflow.constant(array)
    except Exception as error:
        reason = f"{array.dtype} cannot be made a tensor: {type(error).__name__}"
        raise WireError(reason) from None


def decode_keras(payload: Any) -> Any:
    """Rebuild a Keras object from ``[config, weights]``.

    Raises
    ------
    WireError
        If the configuration names a class that is not allowed, or its parts do not fit
        together.
    """
    keras = sys.modules.get("keras")
    if keras is None:  # Not imported here: the student must not cause an import.
        raise WireError("a Keras object, in a lesson that does not use Keras")
    if type(payload) is not list or len(payload) != 2:
        raise WireError("a Keras object is malformed")
    config, weights = map(codec.decode, payload)
    if not (type(config) is dict and "class_name" in config and type(weights) is list):
        raise WireError("a Keras object is malformed")
    _check_classes(config)
    try:
        with keras_functions.known(keras):
            rebuilt = _with_weights(keras, config, weights)
    except Exception as error:
        raise WireError(
            f"a {config.get('class_name')!r:.40} that cannot be rebuilt: "
            f"{type(error).__name__}"
        ) from None
    return rebuilt


def _with_weights(keras: Any, config: dict[str, Any], weights: list[Any]) -> Any:
    if not weights:
        return _rebuilt(keras, config)
    with _weights_of_zeros(keras):
        rebuilt = _rebuilt(keras, config)
    rebuilt.set_weights(weights)
    return rebuilt


@contextlib.contextmanager
def _weights_of_zeros(keras: Any) -> Iterator[None]:
    """Make new weights zero, for layers whose weights are set right afterwards.

    Drawing random weights takes a fifth of the time in which a CNN is rebuilt. The
    initializers that the layers report are not changed.
    """
    original = keras.Layer.add_weight

    def add_weight(layer: Any, **options: Any) -> Any:
        return original(layer, **options | {"initializer": "zeros"})

    keras.Layer.add_weight = add_weight
    try:
        yield
    finally:
        keras.Layer.add_weight = original


def _rebuilt(keras: Any, config: dict[str, Any]) -> Any:
    """Return the object that a checked configuration describes.

    A model is compiled here instead of by Keras: Keras would also make the optimizer's
    variables, two for each weight, although the model may never be trained.
    """
    make = functools.partial(keras.saving.deserialize_keras_object, safe_mode=True)
    config = keras_functions.with_full_names(config)
    bare = {key: value for key, value in config.items() if key != "compile_config"}
    if (config["module"], config["class_name"]) == ("keras", "Sequential"):
        rebuilt = _sequential(keras, bare, make)
    else:
        rebuilt = make(bare)
    if config.get("compile_config") and isinstance(rebuilt, keras.Model):
        rebuilt.compile(**make(config["compile_config"]))
    return rebuilt


def _sequential(keras: Any, config: dict[str, Any], make: Callable[[Any], Any]) -> Any:
    """Return a Sequential model that gets all its layers at once.

    Keras adds them one by one, and connects the earlier ones again each time. Then
    ``layer.output`` is that of the first time and ``model.output`` that of the last: no
    gradient leads from one to the other, and a correct Grad-CAM would fail.
    """
    inner = config["config"]
    layers = [make(layer) for layer in inner["layers"]]
    model = keras.Sequential(layers, name=inner["name"])
    if config.get("build_config") and not model.built:
        model.build_from_config(config["build_config"])
    return model


def _check_classes(config: Any) -> None:
    """Refuse a configuration that names anything but Keras' own safe classes."""
    if isinstance(config, list | tuple):
        for item in config:
            _check_classes(item)
    if not isinstance(config, dict):
        return
    if "class_name" in config and "config" in config:
        _check_class(config)
    for item in config.values():
        _check_classes(item)


def _check_class(config: dict[str, Any]) -> None:
    name, module, inner = config["class_name"], config.get("module"), config["config"]
    if module is None and type(name) is str and name in PLAIN:
        _check_numbers(inner)
        return
    if name == "function":
        name = config.get("registered_name")
        if keras_functions.is_other_function(module, name):
            return
        allowed = keras_functions.is_keras_function(module, inner)
        names: tuple[Any, ...] = (None, inner, "function")
    else:
        allowed, names = _is_safe_class(module, name), (None, name)
    if not allowed or config.get("registered_name") not in names:
        raise WireError(f"{module!r:.40} {name!r:.40} is not an allowed Keras class")


def _check_numbers(inner: Any) -> None:
    """Refuse arrays of anything but numbers: one string element may take megabytes."""
    dtype = inner.get("dtype", "bool") if type(inner) is dict else None
    if type(dtype) is not str or not NUMBERS.fullmatch(dtype):
        raise WireError(f"dtype {dtype!r:.40} is not allowed in a configuration")


def _is_safe_class(module: Any, name: Any) -> bool:
    """Say whether a class is one of Keras' own that can do no harm; see `REFUSED`."""
    if type(module) is not str or type(name) is not str:
        return False
    if module.split(".")[0] != "keras":
        return False
    named = getattr(sys.modules.get(module), name, None)
    if not isinstance(named, type) or not issubclass(named, base_kinds()):
        return False
    return REFUSED.isdisjoint(base.__name__ for base in named.__mro__)


TENSOR = Codec("tensor", is_tensor, encode_tensor, decode_tensor)
KERAS = Codec("keras", is_keras, encode_keras, decode_keras)
CODECS = (TENSOR, KERAS)
