"""The stand-in for a function, with its signature."""

from __future__ import annotations

import inspect
import types
from typing import Any

from grader.errors import WireError
from grader.execution.examiner.proxies.objects import ObjectProxy, ask, handle

MAX_PARAMETERS = 255


class FunctionProxy(ObjectProxy):
    """Stands for a student's function; calls run in the jail."""

    __slots__ = ()
    _grader_shown: Any = types.FunctionType

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return handle(self).student.call(self, args, kwargs)

    def __getattribute__(self, name: str) -> Any:
        if name == "__signature__":
            return signature(self)
        return super().__getattribute__(name)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)


class MethodProxy(FunctionProxy):
    """Stands for a method of a student's object."""

    __slots__ = ()
    _grader_shown = types.MethodType

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self

    def __eq__(self, other: object) -> Any:
        # Python makes a new object at each access.
        if self is other:
            return True
        if not issubclass(type(other), ObjectProxy):
            return NotImplemented
        return ask(self, "eq", other)

    def __hash__(self) -> int:
        return int(handle(self).student.measure("hash", int, self))


class BuiltinProxy(FunctionProxy):
    """Stands for a function of a library written in C."""

    __slots__ = ()
    _grader_shown = types.BuiltinFunctionType

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self


CLASSES: dict[str, type[FunctionProxy]] = {
    "function": FunctionProxy,
    "method": MethodProxy,
    "builtin": BuiltinProxy,
}


def signature(target: Any) -> inspect.Signature:
    """Return the signature of a callable in the jail.

    Raises
    ------
    WireError
        If the kernel's answer is none.
    """
    answer = ask(target, "signature")
    try:
        parameters, annotation = answer
        if len(parameters) > MAX_PARAMETERS:
            raise WireError("a signature of too many parameters")
        return inspect.Signature(
            [_parameter(*each) for each in parameters],
            return_annotation=_one(annotation),
        )
    except (TypeError, ValueError):
        raise WireError("a signature is malformed") from None


def _parameter(name: Any, kind: Any, default: Any, annotation: Any) -> Any:
    if type(name) is not str or type(kind) is not int:
        raise WireError("a parameter is malformed")
    return inspect.Parameter(
        name,
        inspect._ParameterKind(kind),  # noqa: SLF001 - it has no public name
        default=_one(default),
        annotation=_one(annotation),
    )


def _one(values: Any) -> Any:
    """Return the only value of a list, and "empty" if it has none."""
    if type(values) is not list or len(values) > 1:
        raise WireError("a signature is malformed")
    return values[0] if values else inspect.Parameter.empty


__all__ = ["CLASSES", "FunctionProxy", "signature"]
