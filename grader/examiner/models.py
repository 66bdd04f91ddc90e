"""Keras objects as data: configuration and weights, never pickles or code.

A model is rebuilt on the other side from its configuration, in Keras' safe
mode, from classes of Keras only, and then given its weights. Both sides use
this module; the one that receives from the jail checks every class first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from grader.errors import WireError
from grader.examiner import wire

MODULES = frozenset(
    f"keras{name}"
    for name in (
        ("", ".layers", ".models", ".initializers", ".optimizers", ".losses")
        + (".metrics", ".regularizers", ".constraints", ".activations")
        + (".optimizers.schedules", ".dtype_policies", ".ops", ".random")
    )
)
# They run code or read files that their configuration names.
REFUSED = frozenset(
    "Lambda TFSMLayer JaxLayer FlaxLayer TorchModuleWrapper StringLookup "
    "IntegerLookup TextVectorization Hashing Discretization Pipeline".split()
)
SERIALIZABLE = ("Layer", "Loss", "Optimizer", "Metric", "Initializer", "Regularizer")


def is_keras(value: Any) -> bool:
    """Say whether `value` is a Keras object that travels as configuration."""
    keras = sys.modules.get("keras")
    if keras is None:
        return False
    homes = (keras, keras.layers, keras.losses, keras.optimizers, keras.metrics)
    homes += (keras.initializers, keras.regularizers)
    kinds = {getattr(home, name, None) for home in homes for name in SERIALIZABLE}
    return isinstance(value, tuple(kinds - {None}))


def is_tensor(value: Any) -> bool:
    """Say whether `value` is a TensorFlow tensor or a Keras variable."""
    tensorflow = sys.modules.get("tensorflow")
    keras = sys.modules.get("keras")
    return bool(
        (tensorflow and isinstance(value, tensorflow.Tensor | tensorflow.Variable))
        or (keras and isinstance(value, keras.Variable))
    )


def encode_tensor(value: Any) -> Any:
    """Return the tree of a tensor, ``{"tensor": [dtype, shape, bytes]}``."""
    return {"tensor": wire.encode(value.numpy())["array"]}


def encode_keras(value: Any, other: Callable[[Any], Any]) -> Any:
    """Return the tree of a Keras object, ``{"keras": [config, weights]}``.

    What has no configuration of Keras' own classes alone (a subclassed model, a
    Lambda) is left to `other`.
    """
    import keras

    try:
        config = keras.saving.serialize_keras_object(value)
        _check_classes(config)
        weights = value.get_weights() if isinstance(value, keras.Layer) else []
        return {"keras": [wire.encode(config), [wire.encode(w) for w in weights]]}
    except Exception:
        return other(value)


def decode_tensor(payload: Any) -> Any:
    """Return a TensorFlow tensor; an array where TensorFlow is not at hand."""
    array = wire.array_of(payload)
    tensorflow = sys.modules.get("tensorflow")
    return array if tensorflow is None else tensorflow.constant(array)


def decode_keras(payload: Any) -> Any:
    """Rebuild a Keras object from ``[config, weights]``.

    Raises
    ------
    WireError
        If a class outside the allowed ones is named, or the parts do not fit.
    """
    import keras

    if type(payload) is not list or len(payload) != 2:
        raise WireError("a Keras object is malformed")
    config = wire.decode(payload[0])
    weights = [wire.decode(weight) for weight in payload[1]]
    _check_classes(config)
    try:
        rebuilt = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if weights:
            rebuilt.set_weights(weights)
    except Exception as error:
        raise WireError(
            f"a {config.get('class_name')!r:.40} that cannot be rebuilt: "
            f"{type(error).__name__}"
        ) from None
    return rebuilt


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
    name, module = config["class_name"], config.get("module")
    allowed = module is None or module in MODULES or _is_operation(module)
    if module == "builtins":
        allowed = name == "function" and _is_keras_function(config["config"])
    if not allowed or name in REFUSED:
        raise WireError(f"{module!r:.40} {name!r:.40} is not rebuilt in the examiner")


def _is_operation(module: Any) -> bool:
    return isinstance(module, str) and module.startswith("keras.src.ops.")


def _is_keras_function(name: Any) -> bool:
    import keras

    homes = (keras.activations, keras.losses, keras.metrics)
    return isinstance(name, str) and any(
        callable(getattr(home, name, None)) for home in homes
    )
