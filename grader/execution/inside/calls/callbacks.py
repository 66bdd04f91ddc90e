"""Functions in the jail that call functions of the test.

Each call is asked of the examiner, where the function runs. Only the thread that
answers a request can do so, and only while it answers.
"""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from grader.execution.inside.calls import line as lines
from grader.execution.inside.calls import said

LATE = (
    "a function of the test can only be called by the thread and during the call that "
    "it was given to"
)

#: Asks the examiner to call a function: number, arguments, keyword arguments. It is
#: set by :mod:`grader.execution.inside.calls.serving`.
asking: list[Callable[[int, tuple[Any, ...], dict[str, Any]], Any]] = []

# By number: the function that stands for it, and what the examiner sent for it.
_functions: dict[int, Any] = {}
_sent: dict[int, tuple[Any, int, Any]] = {}
# Errors that functions of the test have raised: by their id, with their numbers.
_errors: dict[int, tuple[BaseException, int]] = {}


def function_of(payload: list[Any]) -> Any:
    """Return a function that calls a function of the test.

    Parameters
    ----------
    payload
        Its number, name, docstring and parameters.
    """
    number, name, doc, parameters = payload
    if number in _functions:
        return _functions[number]

    def call(*args: Any, **kwargs: Any) -> Any:
        return _ask(number, args, kwargs)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = doc
    call.__module__ = "__main__"
    if parameters is not None:
        call.__signature__ = _signature(parameters)  # type: ignore[attr-defined]
    _functions[number] = call
    _sent[id(call)] = (call, number, {"callback": payload})
    return call


def iterator_of(payload: list[Any]) -> Any:
    """Return an iterator that takes its values from an iterator of the test."""
    (number,) = payload
    if number not in _functions:
        iterator = _steps(number)
        _functions[number] = iterator
        _sent[id(iterator)] = (iterator, number, {"iterator": payload})
    return _functions[number]


def _steps(number: int) -> Iterator[Any]:
    while True:
        more, value = _ask(number, (), {})
        if not more:
            return
        yield value


def _ask(number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if lines.current() is None:
        said.note("cannot", "a call of its function outside of the call it was for")
        raise RuntimeError(LATE)
    return asking[0](number, args, kwargs)


def _signature(parameters: list[list[Any]]) -> inspect.Signature:
    empty = inspect.Parameter.empty
    return inspect.Signature(
        [
            inspect.Parameter(
                name,
                inspect._ParameterKind(kind),  # noqa: SLF001 - it has no public name
                default=None if has_default else empty,
            )
            for name, kind, has_default in parameters
        ]
    )


def is_own(value: Any) -> bool:
    """Say whether a value stands for a function or iterator of the test."""
    return id(value) in _sent


def number_of(value: Any) -> int:
    """Return the number of what a value stands for."""
    return _sent[id(value)][1]


def sent_as(value: Any) -> Any:
    """Return the tree that the examiner sent for a value."""
    return _sent[id(value)][2]


def error_of(builtin: str, text: str, number: int) -> BaseException:
    """Return an error to raise for one that a function of the test has raised."""
    kind = getattr(builtins, builtin, RuntimeError)
    try:
        error: BaseException = kind(text)
    except TypeError:
        error = RuntimeError(text)
    _errors[id(error)] = (error, number)
    return error


def number_of_error(error: BaseException) -> int | None:
    """Return the number of an error that a function of the test has raised."""
    found = _errors.get(id(error))
    return None if found is None else found[1]


def forget() -> None:
    """Release all functions of tests."""
    _functions.clear()
    _sent.clear()
    _errors.clear()


__all__ = [
    "asking",
    "error_of",
    "forget",
    "function_of",
    "is_own",
    "iterator_of",
    "number_of",
    "number_of_error",
    "sent_as",
]
