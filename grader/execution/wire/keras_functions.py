"""Functions of known libraries that parts of a Keras model may use. Pure.

Keras describes a function by its name alone: a student's ``relu`` and Keras' own look
the same. So each function of an object is looked up here while Keras describes the
object, and one that is none of these keeps the object from being sent as Keras' own.
Functions of TensorFlow arrive as themselves, by a list.
"""

from __future__ import annotations

import contextlib
import functools
import sys
import types
from collections.abc import Iterator
from typing import Any

from grader.errors import WireError

#: Modules of Keras whose functions Keras finds by their names.
KERAS = ("keras.activations", "keras.losses", "keras.metrics")
# Functions in these modules that make other objects.
MAKERS = frozenset(["get", "serialize", "deserialize"])
_ACTIVATIONS = (
    "elu gelu leaky_relu log_softmax relu relu6 selu sigmoid silu softmax softplus "
    "softsign swish tanh"
).split()
#: Functions of other modules, by module.
OTHERS = {
    "tensorflow.nn": tuple(_ACTIVATIONS),
    "tensorflow": tuple("abs cos exp identity sigmoid sin square tanh".split()),
    "keras.ops": tuple(_ACTIVATIONS),
}
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    functools.partial,
)


def is_keras_function(module: Any, name: Any) -> bool:
    """Say whether `name` is one of Keras' activations, losses or metrics."""
    homes = KERAS if module == "builtins" else (module,)
    if type(name) is not str or name in MAKERS or type(module) is not str:
        return False
    return any(
        isinstance(_named(home, name), types.FunctionType)
        for home in homes
        if home in KERAS
    )


def is_other_function(module: Any, name: Any) -> bool:
    """Say whether a function of another module may be named on the wire."""
    if type(module) is not str or type(name) is not str:
        return False
    return name in OTHERS.get(module, ()) and _named(module, name) is not None


def _named(module: str, name: str) -> Any:
    """Return what a loaded module holds under a name; None if there is nothing."""
    top, *inner = module.split(".")
    found: Any = sys.modules.get(top)
    for part in (*inner, name):
        found = getattr(found, part, None)
    return found


@contextlib.contextmanager
def checked() -> Iterator[Any]:
    """Yield Keras' function that describes objects, with a check of functions added.

    It raises WireError for a function that is not known. Keras has no public way to see
    the functions of an object: if a version of Keras lacks the private name that is
    used here, no object can be described, and all stay where they are.
    """
    library = sys.modules["keras.src.saving.serialization_lib"]
    original = library.serialize_keras_object

    def describe(value: Any) -> Any:
        if isinstance(value, _FUNCTIONS):
            return _described(value) or original(value)
        return original(value)

    library.serialize_keras_object = describe  # type: ignore[attr-defined]
    try:
        yield describe
    finally:
        library.serialize_keras_object = original  # type: ignore[attr-defined]


def _described(function: Any) -> dict[str, Any] | None:
    """Return how a function of another module is described; None for one of Keras."""
    name = getattr(function, "__name__", "")
    if any(_named(home, name) is function for home in KERAS) and name not in MAKERS:
        return None
    for module, names in OTHERS.items():
        for each in names:
            if _named(module, each) is function:
                # Keras writes its own name for a function whose name it knows.
                return {
                    "module": module,
                    "class_name": "function",
                    "config": f"{module}.{each}",
                    "registered_name": each,
                }
    raise WireError(f"{name:.40} is no function of a known library")


@contextlib.contextmanager
def known(keras: Any) -> Iterator[None]:
    """Have Keras find the functions of other modules by their full names."""
    found = {
        f"{module}.{name}": _named(module, name)
        for module, names in OTHERS.items()
        for name in names
        if _named(module, name) is not None
    }
    with keras.saving.custom_object_scope(found):
        yield


def with_full_names(config: Any) -> Any:
    """Return a checked configuration in which other functions have full names."""
    if isinstance(config, list | tuple):
        return type(config)(with_full_names(item) for item in config)
    if not isinstance(config, dict):
        return config
    if config.get("class_name") == "function" and config.get("module") in OTHERS:
        full = f"{config['module']}.{config['registered_name']}"
        return config | {"module": "builtins", "config": full, "registered_name": full}
    return {key: with_full_names(item) for key, item in config.items()}


__all__ = [
    "checked",
    "is_keras_function",
    "is_other_function",
    "known",
    "with_full_names",
]
