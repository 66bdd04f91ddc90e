"""Objects that stay in the jail, and values as trees."""

from __future__ import annotations

import builtins
import importlib
import types
from pathlib import Path
from typing import Any

from grader.execution.inside.calls import bindings, callbacks
from grader.execution.inside.calls.unsent import Unsent
from grader.execution.wire import codec, registry
from grader.execution.wire.sharing import Mark

NAME_CHARS = 100
_FUNCTIONS = {
    types.FunctionType: "function",
    types.MethodType: "method",
    types.BuiltinFunctionType: "builtin",
}


class Handles:
    """Objects that stay in the jail; the examiner refers to them by number.

    An object has one number, however often it is sent.
    """

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._hooks: dict[str, codec.Hook] = {
            "local": self.get,
            "given": lambda number: Mark("given", number),
            "again": lambda number: Mark("again", number),
            "callback": callbacks.function_of,
            "iterator": callbacks.iterator_of,
            "named": named,
            "raised": self._error_of,
            "module": importlib.import_module,
            "unsent": Unsent,
        }
        self._codecs: Any = None
        self._encode = registry.encoder("student", self._handle)
        self._encode_again = registry.encoder("student", self._known)

    def get(self, number: int) -> Any:
        return self._objects[number]

    def number(self, value: Any) -> int:
        """Return the number of an object, and keep it."""
        found = self._numbers.get(id(value))
        if found is None:
            self._numbers[id(value)] = found = len(self._objects)
            self._objects.append(value)
        return found

    def clear(self) -> None:
        """Release all objects. An iterator over a tf.data pipeline has ten threads."""
        self._objects.clear()
        self._numbers.clear()
        callbacks.forget()

    def encode(self, value: Any) -> Any:
        """Return the tree of a value, with a handle for what stays here."""
        return codec.encode(value, self._encode)

    def encode_named(self, value: Any) -> Any:
        """Return the tree of the value of a name.

        Of a module that lies beside the notebook, the examiner has no copy.
        """
        return self._handle(value) if _is_beside(value) else self.encode(value)

    def encode_again(self, value: Any) -> Any:
        """Return the tree of a value as the examiner would send it."""
        return codec.encode(value, self._encode_again)

    def decode(self, tree: Any) -> Any:
        """Return the value of a tree that the examiner has sent."""
        if self._codecs is not registry.CODECS:
            self._codecs = registry.CODECS
            self._hooks |= registry.decoders("examiner")
        return codec.decode(tree, self._hooks)

    def _error_of(self, payload: list[Any]) -> BaseException:
        name, arguments = payload
        kind = getattr(builtins, name)
        error: BaseException = kind(*self.decode(arguments))
        return error

    def _handle(self, value: Any) -> Any:
        if (sent := _sent(value)) is not None:
            return sent
        kind = type(value)
        name = str(getattr(value, "__name__", kind.__name__))[:NAME_CHARS]
        if issubclass(kind, type):
            return {"remote": ["class", self.number(value), name]}
        if kind in _FUNCTIONS:
            return {"remote": [_FUNCTIONS[kind], self.number(value), name]}
        family = "error" if issubclass(kind, BaseException) else "object"
        return {"remote": [family, self.number(value), name, self.number(kind)]}

    def _known(self, value: Any) -> Any:
        if callbacks.is_own(value):
            return callbacks.sent_as(value)
        if id(value) in self._numbers:
            return {"local": self._numbers[id(value)]}
        return self._handle(value)


def _is_beside(value: Any) -> bool:
    file = getattr(value, "__file__", None)
    if type(value) is not types.ModuleType or type(file) is not str:
        return False
    depth = value.__name__.count(".") + file.endswith("__init__.py")
    return Path.cwd() in Path(file).parents[depth : depth + 1]


def _sent(value: Any) -> Any:
    """Return the tree of a value that needs no handle; None for all others."""
    if value is NotImplemented:
        return {"singleton": "NotImplemented"}
    if callbacks.is_own(value):
        return {"own": callbacks.number_of(value)}
    if type(value) is type and value.__module__ == "builtins":
        name = value.__name__
        if value is object or issubclass(value, BaseException):
            return {"builtin": name}
    return None


def named(payload: list[str]) -> Any:
    """Return a function or class of a library by its module and name."""
    module, name = payload
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


HANDLES = Handles()


def forget() -> None:
    """Release all objects that an examiner has seen, and will not ask for again."""
    HANDLES.clear()
    bindings.forget()


__all__ = ["HANDLES", "Handles", "forget", "named"]
