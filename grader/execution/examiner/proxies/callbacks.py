"""The test's own functions, called by student code.

A function that the test gives to student code stays here. Student code calls it through
the kernel, which waits for the result. Its arguments are checked like any answer of
the kernel. If it raises an exception, the kernel gets the name of a builtin class; if
student code does not catch it, the test gets the same exception back.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.errors import CallError, WireError
from grader.execution.examiner.proxies.objects import handle_of
from grader.execution.wire import messages
from grader.execution.wire.sharing import Containers, content_with_marks

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student

# Calls inside one another. Each takes some levels of Python's own limit on both sides.
MAX_NESTED = 40
# Of one test.
MAX_FUNCTIONS = 10_000
MAX_ERRORS = 1000
NAME_CHARS = 100
TEXT_CHARS = 2000


class Callbacks:
    """The functions that a test has given to student code.

    Parameters
    ----------
    student
        The kernel.
    """

    def __init__(self, student: Student) -> None:
        self._student = student
        # The kernel may still hold functions of an earlier examiner.
        self._first = int.from_bytes(os.urandom(5))
        self._functions: list[Callable[..., Any]] = []
        self._numbers: dict[int, int] = {}
        self._errors: list[BaseException] = []
        self._nested = 0
        self._left: BaseException | None = None

    def tree(self, function: Any) -> Any:
        """Return the tree that stands for a function of the test."""
        number = self._number(function)
        name = messages.text(str(getattr(function, "__name__", "function")))
        doc = getattr(function, "__doc__", None)
        doc = messages.text(doc)[:TEXT_CHARS] if type(doc) is str else None
        return {"callback": [number, name[:NAME_CHARS], doc, _parameters(function)]}

    def iterator(self, iterator: Any) -> Any:
        """Return the tree that stands for an iterator of the test."""

        def step() -> tuple[bool, Any]:
            try:
                return True, next(iterator)
            except StopIteration:
                return False, None

        if id(iterator) not in self._numbers:
            self._numbers[id(iterator)] = self._number(step)
            step.own = iterator  # type: ignore[attr-defined]
        return {"iterator": [self._numbers[id(iterator)]]}

    def _number(self, function: Any) -> int:
        if id(function) not in self._numbers:
            if len(self._functions) >= MAX_FUNCTIONS:
                raise self._student.channel.cannot_ask(
                    f"more than {MAX_FUNCTIONS} functions of the test as arguments"
                )
            self._numbers[id(function)] = self._first + len(self._functions)
            self._functions.append(function)
        return self._numbers[id(function)]

    def own(self, number: Any) -> Any:
        """Return the test's own function or iterator that has come back.

        Raises
        ------
        WireError
            If there is none of that number.
        """
        function = self._function(number)
        return getattr(function, "own", function)

    def _function(self, number: Any) -> Callable[..., Any]:
        place = number - self._first if type(number) is int else -1
        if not 0 <= place < len(self._functions):
            raise WireError("there is no function of the test of that number")
        return self._functions[place]

    def own_error(self, number: Any) -> BaseException:
        """Return the exception that a function of the test has raised.

        Raises
        ------
        WireError
            If there is none of that number.
        """
        if type(number) is not int or not 0 <= number < len(self._errors):
            raise WireError("there is no error of the test of that number")
        error = self._errors[number]
        if isinstance(error, StopIteration | StopAsyncIteration):
            return RuntimeError("a function of the test raised StopIteration")
        return error

    def answer(self, message: list[Any]) -> list[Any]:
        """Call a function as the kernel asks, and return the reply to it.

        Raises
        ------
        CallError
            If the kernel's message is malformed, or the channel is broken.
        """
        try:
            _, number, positional, keyword = message
            trees = [*positional, *(tree for _, tree in keyword)]
            names = [name for name, _ in keyword]
        except (TypeError, ValueError):
            raise WireError("a call of a function of the test is malformed") from None
        if not all(type(name) is str for name in names):
            raise WireError("a call of a function of the test is malformed")
        function = self._function(number)
        self._student.repeater.repeat()
        values = self._student.values(trees)
        count = len(positional)
        named = dict(zip(names, values[count:], strict=True))
        self._nested += 1
        try:
            return self._called(function, values, count, named)
        finally:
            self._nested -= 1

    def _called(
        self,
        function: Callable[..., Any],
        values: list[Any],
        count: int,
        named: dict[str, Any],
    ) -> list[Any]:
        given = Containers(values)
        before = (
            [self._student.encode(value) for value in values] if given.found else []
        )
        try:
            if self._nested > MAX_NESTED:
                what = f"calls of functions nested deeper than {MAX_NESTED}"
                raise self._student.channel.cannot_ask(what)
            result = function(*values[:count], **named)
            reply = self._student.encode_all([result], given.numbers())[0]
        except BaseException as error:
            if self._student.channel.broken is not None:
                raise
            return self._failed(error)
        changed = []
        if given.found and before != [self._student.encode(value) for value in values]:
            numbers = given.numbers()
            changed = [
                [place, self._student.encode(content_with_marks(each, numbers))]
                for place, each in enumerate(given.found)
            ]
        return ["returned", reply, changed]

    def _failed(self, error: BaseException) -> list[Any]:
        if not isinstance(error, Exception) and self._left is None:
            # Such as a failure in pytest: student code must not suppress it.
            self._left = error
        if isinstance(error, CallError) and self._left is None:
            self._left = error
        handle = handle_of(error)
        if handle is not None and handle.student is self._student:
            return ["failed", {"local": handle.number}]
        if len(self._errors) >= MAX_ERRORS:
            raise WireError(f"more than {MAX_ERRORS} errors of functions of the test")
        self._errors.append(error)
        kind = next(k for k in type(error).__mro__ if k.__module__ == "builtins")
        kind = kind if issubclass(kind, Exception) else RuntimeError
        text = messages.text(str(error))[:TEXT_CHARS]
        return ["failed", kind.__name__, text, len(self._errors) - 1]

    def raise_left(self) -> None:
        """Raise the exception that student code must not suppress, after its call."""
        if self._nested == 0:
            left, self._left = self._left, None
            if left is not None:
                raise left


def _parameters(function: Any) -> list[list[Any]] | None:
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    empty = inspect.Parameter.empty
    return [[p.name, int(p.kind), p.default is not empty] for p in found]


__all__ = ["Callbacks"]
