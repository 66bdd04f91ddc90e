"""Proxies: what a test sees in place of the student's functions and objects.

The student's names are fetched over the call channel. Data arrives as copies, a
function as a :class:`FunctionProxy`, whose calls run in the jail. Modules are always
the examiner's own.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np

from grader.errors import CallTimeout, WireError
from grader.execution.examiner.channel import Channel
from grader.execution.wire import codec, registry

Hooks = dict[str, codec.Hook]


class StudentError(Exception):
    """Student code raised something that is not an Exception, such as SystemExit."""


class Student:
    """The student's kernel, as far as tests can use it.

    Parameters
    ----------
    channel
        To the kernel.
    modules
        Top-level modules that the lesson imports: only these may be named by the
        kernel.
    """

    def __init__(self, channel: Channel, modules: Collection[str] = ()) -> None:
        self.channel = channel
        self._modules = modules

    def name(self, name: str) -> Any:
        """Return the value of a name in the student's namespace.

        Raises
        ------
        KeyError
            If there is no such name.
        CallError
            If the kernel does not give a valid answer.
        """
        answer = self.channel.request("name", name)
        if answer[0] == "missing":
            raise KeyError(name)
        return self._value(answer, {"module": self._own_module})

    def operate(self, operation: str, *operands: Any) -> Any:
        """Return the result of an operation on the student's objects.

        Parameters
        ----------
        operation
            Its name; see ``grader.execution.inside.calls``.
        operands
            Proxies and values that can be sent.
        """
        answer = self.channel.request(operation, *map(self.encode, operands))
        if answer == ["stop"] and operation == "next":
            raise StopIteration
        return self._value(answer)

    def measure(self, operation: str, kind: type, *operands: Any) -> Any:
        """Return the result of an operation whose type is known.

        Parameters
        ----------
        operation
            Its name, as for :meth:`operate`.
        kind
            The exact type that the result must have.
        operands
            As for :meth:`operate`.

        Raises
        ------
        WireError
            If the result is of another type. The channel is broken then.
        """
        result = self.operate(operation, *operands)
        if type(result) is not kind:
            raise self._broken(f"its {operation} is a {type(result).__name__:.40}")
        return result

    def call(
        self, target: FunctionProxy, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call the student's function in the jail.

        Parameters
        ----------
        target
            The function's proxy.
        args, kwargs
            Its arguments. Changes that the call makes to them are made here, too.
        """
        keyword = [[name, self.encode(value)] for name, value in kwargs.items()]
        positional = [self.encode(value) for value in args]
        answer = self.channel.request("call", self.encode(target), positional, keyword)
        value = self._value(answer)
        self._write_back(answer[2], dict(enumerate(args)) | kwargs)
        return value

    def encode(self, value: Any) -> Any:
        return codec.encode(value, _encode_other)

    def _value(self, answer: list[Any], hooks: Hooks | None = None) -> Any:
        if answer[0] == "ok" and len(answer) == 3:
            return self.decode(answer[1], hooks)
        if answer == ["stop"]:
            raise student_exception("StopIteration", "")
        if answer[0] == "raised" and len(answer) == 3:
            raise student_exception(*answer[1:])
        raise self._broken("an answer is malformed")

    def decode(self, tree: Any, hooks: Hooks | None = None) -> Any:
        """Return the value of a tree that the kernel sent.

        Parameters
        ----------
        tree
            The value as it came over the wire.
        hooks
            ``{tag: function of the payload}`` for further tags that are allowed here.

        Raises
        ------
        WireError
            If anything is wrong with the tree.
        CallTimeout
            If decoding takes longer than the call may. The channel is broken then.
        """
        standard: Hooks = {"remote": self._proxy, **registry.decoders("student")}
        try:
            return codec.decode(tree, standard | (hooks or {}), self.channel.end)
        except CallTimeout as error:
            self.channel.broken = error
            raise

    def _own_module(self, name: Any) -> Any:
        """Return the examiner's own copy of a module that the lesson imports.

        Other modules are refused, and none is imported here, so that a student cannot
        choose a module whose code a test then runs.
        """
        if type(name) is not str or name.split(".")[0] not in self._modules:
            raise WireError(f"the lesson does not import module {name!r:.60}")
        if name not in sys.modules:
            raise WireError(f"module {name!r:.60} is not loaded in the examiner")
        return sys.modules[name]

    def _proxy(self, payload: Any) -> ObjectProxy:
        kind, number, name = payload
        if type(number) is not int or type(name) is not str or number < 0:
            raise WireError("a remote object is malformed")
        proxy = FunctionProxy if kind == "function" else ObjectProxy
        return proxy(self, number, name[:100])

    def _write_back(self, changed: Any, arguments: Mapping[Any, Any]) -> None:
        """Change arguments as the call did: pairs of position or keyword, and tree."""
        for pair in changed if type(changed) is list else [changed]:
            if (
                type(pair) is not list
                or len(pair) != 2
                or type(pair[0]) not in (int, str)
            ):
                raise self._broken("a changed argument is malformed")
            if pair[0] not in arguments:
                raise self._broken("an argument that was not sent has changed")
            copy_content(self.decode(pair[1]), arguments[pair[0]])

    def _broken(self, reason: str) -> WireError:
        """Mark the channel as broken, and return the error to raise."""
        self.channel.broken = error = WireError(reason)
        return error


def copy_content(value: Any, target: Any) -> None:
    """Copy the content of an array or container into another of the same kind.

    Parameters
    ----------
    value
        What a call made of its argument.
    target
        The argument, which is changed in place. If it is of another kind, or an array
        of another shape or dtype, it is left as it is.
    """
    if isinstance(target, np.ndarray) and isinstance(value, np.ndarray):
        alike = target.shape == value.shape and target.dtype == value.dtype
        if alike and target.flags.writeable:
            np.copyto(target, value)
    elif isinstance(target, list) and type(value) is list:
        target[:] = value
    elif isinstance(target, set | dict) and type(value) is type(target):
        target.clear()
        target.update(value)


def student_exception(builtin: Any, message: Any) -> BaseException:
    """Return a builtin exception that stands for one that student code raised.

    It is marked, so that its text is never shown: the text, or the name of a class that
    the student defined, could carry a hidden input to the student. StopIteration
    becomes RuntimeError, as in a generator: it would silently end the loop of a test
    that calls the student's function in ``map``, and the test would pass without
    comparing anything.

    Parameters
    ----------
    builtin
        Name of the exception's builtin type, as the kernel sent it.
    message
        Its text, as the kernel sent it.
    """
    if type(builtin) is not str or type(message) is not str:
        builtin = message = ""
    named = getattr(builtins, builtin, None)
    if not (isinstance(named, type) and issubclass(named, Exception)):
        named = StudentError
    kind = RuntimeError if named is StopIteration else named
    try:
        error: Exception = kind(message[:2000])
    except TypeError:  # Some types, such as UnicodeDecodeError, need more arguments.
        error = ValueError(message[:2000])
    error.student_type = named.__name__  # type: ignore[attr-defined]
    return error


def _encode_other(value: Any) -> Any:
    if isinstance(value, ObjectProxy):
        return {"local": object.__getattribute__(value, "_number")}
    return _encode_value(value)


def _refuse(value: Any) -> Any:
    raise WireError(f"a {type(value).__name__} cannot be sent to student code")


_encode_value = registry.encoder("examiner", _refuse)


class ObjectProxy:
    """Stands for an object that stays in the jail; every operation on it runs there."""

    def __init__(self, student: Student, number: int, name: str) -> None:
        self._student = student
        self._number = number
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._student.operate("attribute", self, name)

    def __getitem__(self, key: Any) -> Any:
        return self._student.operate("item", self, key)

    def __len__(self) -> int:
        length: int = self._student.measure("length", int, self)
        return min(max(length, 0), sys.maxsize)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._student.operate("iterate", self)
        while True:
            try:
                yield self._student.operate("next", iterator)
            except StopIteration:
                return

    def __contains__(self, item: Any) -> bool:
        return bool(self._student.measure("contains", bool, self, item))

    def __float__(self) -> float:
        return float(self._student.measure("number", float, self))

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        array = self._student.operate("array", self)
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{self.__name__} is not an array")
        return array if dtype is None else array.astype(dtype)

    def __repr__(self) -> str:
        return f"<student's {self.__name__}>"


class FunctionProxy(ObjectProxy):
    """Stands for a student's callable, such as a function; calls run in the jail."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._student.call(self, args, kwargs)
