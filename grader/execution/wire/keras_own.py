"""Keras objects with code of the student's own: stand-ins that ask in the jail. Pure.

A model with an own activation, loss, layer or training step cannot be rebuilt. It stays
in the jail, and a *stand-in* arrives: an object of a class that is derived from the
nearest class of Keras, so that ``isinstance(model, keras.Model)`` holds. It has no
weights and no state here. Whatever is read or called is asked of the object in the
jail: forward passes, ``fit``, ``predict`` and ``evaluate`` run there. ``model.layers``
holds real layers where they are Keras' own, and stand-ins for the others.

What such an object says of its size and its shapes is compared with the numbers that
arrive: its parameters are counted from its weights, and the result of a forward pass
must have the shape that the model claims.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import CallError, WireError
from grader.execution.wire.keras_codec import base_kinds, is_keras
from grader.execution.wire.kinds import Codec

HOME = "keras.src."
MAX_NAME = 100
# Of one submission.
MAX_CLASSES = 1000

_get: Callable[[Any, str], Any] = object.__getattribute__
_stand_ins: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
_classes: dict[tuple[type, str], type] = {}


class StandIn:
    """The base of all stand-ins: each use is passed on to the object in the jail."""

    def __getattribute__(self, name: str) -> Any:
        remote = remote_of(self)
        if name == "__class__":
            shown = remote.__class__
            return type(self) if shown.__module__.startswith("grader.") else shown
        if name == "__dict__":
            raise WireError("the attributes of a student's Keras object, all at once")
        if name in _CHECKED:
            return _CHECKED[name](remote, name)
        return getattr(remote, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(remote_of(self), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(remote_of(self), name)

    def __dir__(self) -> list[str]:
        return dir(remote_of(self))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        remote = remote_of(self)
        return _checked_shape(remote, remote(*args, **kwargs))

    def __repr__(self) -> str:
        return repr(remote_of(self))

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __reduce_ex__(self, _: Any) -> Any:
        raise WireError("a copy of a student's Keras object")


def remote_of(stand_in: Any) -> Any:
    """Return the proxy of the object in the jail."""
    return _get(stand_in, "_grader_remote")


def is_stand_in(value: Any) -> bool:
    """Say whether a value stands for a student's Keras object."""
    return issubclass(type(value), StandIn)


# --- what is checked -----------------------------------------------------------------


def _counted(remote: Any, name: str) -> Callable[[], int]:
    def count_params() -> int:
        claimed = getattr(remote, name)()
        arrived = sum(np.size(array) for array in remote.get_weights())
        if claimed != arrived:
            raise WireError(
                f"a Keras object claims {claimed!r:.20} parameters; {arrived} arrived"
            )
        return int(arrived)

    return count_params


def _with_shape(remote: Any, name: str) -> Callable[..., Any]:
    def predict(*args: Any, **kwargs: Any) -> Any:
        return _checked_shape(remote, getattr(remote, name)(*args, **kwargs))

    return predict


_CHECKED: dict[str, Callable[[Any, str], Any]] = {
    "count_params": _counted,
    "predict": _with_shape,
    "predict_on_batch": _with_shape,
    "__call__": _with_shape,
}


def _checked_shape(remote: Any, result: Any) -> Any:
    """Return the result of a forward pass, if it has the shape that is claimed."""
    shape = getattr(result, "shape", None)
    if shape is None:
        return result
    try:
        claimed = remote.output_shape
    except CallError:
        raise
    except Exception:  # It has none, as a layer or a model without fixed shapes.
        return result
    found = tuple(shape)
    if type(claimed) is tuple and not _fits(found, claimed):
        raise WireError(f"a model claims the shape {claimed!r:.60}, and gave {found}")
    return result


def _fits(found: tuple[Any, ...], claimed: tuple[Any, ...]) -> bool:
    return len(found) == len(claimed) and all(
        length is None or length == actual
        for actual, length in zip(found, claimed, strict=True)
    )


# --- encode and decode ---------------------------------------------------------------


def _described(value: Any) -> list[Any]:
    """Return module and name of the nearest class of Keras, and the class's name."""
    kind = type(value)
    base = next(each for each in kind.__mro__ if each.__module__.startswith(HOME))
    return [base.__module__, base.__name__, kind.__name__[:MAX_NAME]]


def _stand_in(parts: list[Any]) -> Any:
    remote, module, base_name, name = parts
    if any(type(part) is not str for part in (module, base_name, name)):
        raise WireError("a student's Keras object is malformed")
    found = _stand_ins.get(id(remote))
    if found is None or remote_of(found) is not remote:
        found = object.__new__(_class(_base(module, base_name), name))
        object.__setattr__(found, "_grader_remote", remote)
        _stand_ins[id(remote)] = found
    return found


def _base(module: str, name: str) -> type:
    """Return a class of Keras, which is not called: its code never sees a stand-in."""
    if "keras" not in sys.modules:
        raise WireError("a Keras object, in a lesson that does not use Keras")
    base = getattr(sys.modules.get(module), name, None)
    if not module.startswith(HOME) or not isinstance(base, type):
        raise WireError(f"{module:.40} {name:.40} is no class of Keras")
    if not issubclass(base, base_kinds()):
        raise WireError(f"{name:.40} is no kind of Keras object that is sent")
    return base


def _class(base: type, name: str) -> type:
    key = (base, name)
    if key not in _classes:
        if len(_classes) >= MAX_CLASSES or len(name) > MAX_NAME or "\0" in name:
            raise WireError(f"more than {MAX_CLASSES} classes, or a name too long")
        module = base.__module__ if name == base.__name__ else "__main__"
        names = {"__module__": module, "__qualname__": name}
        _classes[key] = type(base)(name, (StandIn, base), names)
    return _classes[key]


OWN = Codec(
    "own keras",
    is_keras,
    _described,
    _stand_in,
    "kept",
    senders=frozenset(("student",)),
)
BACK = Codec(
    "keras back",
    is_stand_in,
    lambda value: [remote_of(value)],
    lambda parts: parts[0],
    "values",
    senders=frozenset(("examiner",)),
)


__all__ = ["BACK", "OWN", "StandIn", "is_stand_in", "remote_of"]
