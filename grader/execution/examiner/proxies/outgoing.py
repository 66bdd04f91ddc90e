"""Encode what a test passes to student code.

Data is sent as copies. What student code has made goes back by its number, a library's
function by its name, and a function or iterator of the test by a number of its own. Of
anything else, student code cannot be asked.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from grader.execution.examiner.proxies.objects import handle_of
from grader.execution.wire import registry

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student


def encoder(student: Student) -> Callable[[Any], Any]:
    """Return the function that makes a tree of what is not plain data.

    Parameters
    ----------
    student
        The kernel to which it will be sent.
    """

    def of_data(value: Any) -> Any:
        if isinstance(value, BaseException):
            return _error(student, value)
        if (name := _library_name(value, student.modules)) is not None:
            return {"named": name}
        if callable(value):
            return student.callbacks.tree(value)
        if isinstance(value, Iterator):
            return student.callbacks.iterator(value)
        raise student.channel.cannot_ask(
            f"a {type(value).__name__} as an argument of student code"
        )

    of_known = registry.encoder("examiner", of_data)

    def encode(value: Any) -> Any:
        handle = handle_of(value)
        if handle is not None and handle.student is student:
            return {"local": handle.number}
        return of_known(value)

    return encode


def _error(student: Student, error: BaseException) -> Any:
    kind = next(k for k in type(error).__mro__ if k.__module__ == "builtins")
    return {"raised": [kind.__name__, student.encode(list(error.args))]}


def _library_name(value: Any, modules: frozenset[str]) -> list[str] | None:
    """Return module and name of a library's function or class; None for all others."""
    module = getattr(value, "__module__", None)
    if module is None and isinstance(getattr(value, "__self__", None), type(builtins)):
        module = value.__self__.__name__
    if module is None and type(value).__module__ == "numpy":
        module = "numpy"
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if type(module) is not str or type(name) is not str or not callable(value):
        return None
    top = module.split(".")[0]
    if top not in sys.stdlib_module_names and top not in modules:
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return [module, name] if found is value else None


__all__ = ["encoder"]
