"""Raise here what student code raises, as an exception of the same kind.

It is marked, so that its text is never shown to students: the text, or the name of a
class that the student defined, could carry a hidden input to the student.
"""

from __future__ import annotations

import builtins
import contextlib
from typing import TYPE_CHECKING, Any

from grader.errors import WireError
from grader.execution.examiner.proxies.objects import Handle
from grader.execution.wire import messages

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student

TEXT_CHARS = 2000
MAX_PARTS = 100
MAX_CHAIN = 8
# They would end a loop or a generator of the test, and with it the comparisons there.
_OURS = ("__", "student_type", "_grader", "args", "with_traceback", "add_note")
_ENDS_LOOPS = (StopIteration, StopAsyncIteration)


class StudentError(Exception):
    """Student code raised something that is not an Exception, such as SystemExit."""


class OwnError:
    """The base of all stand-ins for exception classes of the student."""

    def __getattr__(self, name: str) -> Any:
        handle = vars(self).get("_grader_handle")
        if handle is None or name.startswith("_grader"):
            raise AttributeError(name)
        return handle.student.operate("getattr", self, name)

    def __str__(self) -> str:
        return str(vars(self).get("_grader_text", ""))


def base_named(name: str) -> type[BaseException]:
    """Return the builtin exception of that name, as it may be raised here."""
    named = getattr(builtins, name, None)
    if not (isinstance(named, type) and issubclass(named, Exception)):
        return StudentError
    return RuntimeError if issubclass(named, _ENDS_LOOPS) else named


def student_exception(builtin: Any, message: Any) -> BaseException:
    """Return a builtin exception that stands for one that student code raised.

    StopIteration becomes RuntimeError, as in a generator: it would silently end the
    loop of a test that calls the student's function in ``map``, and the test would pass
    without comparing anything.

    Parameters
    ----------
    builtin
        Name of the exception's builtin type, as the kernel sent it.
    message
        Its text, as the kernel sent it.
    """
    builtin, message = _texts(builtin, message)
    return _marked(_built(base_named(builtin), (message,)), builtin)


def _texts(builtin: Any, message: Any) -> tuple[str, str]:
    if type(builtin) is not str or type(message) is not str:
        return "", ""
    return builtin, message[:TEXT_CHARS]


def _built(kind: type[BaseException], arguments: tuple[Any, ...]) -> BaseException:
    try:
        return kind(*arguments)
    except Exception:  # Some types, such as UnicodeDecodeError, need other arguments.
        return ValueError(*arguments)


def _marked(error: BaseException, builtin: str) -> BaseException:
    named = getattr(builtins, builtin, None)
    kind = StudentError.__name__
    if isinstance(named, type) and issubclass(named, Exception):
        kind = named.__name__
    error.student_type = kind  # type: ignore[attr-defined]
    return error


class Raised:
    """Makes exceptions of the kernel's descriptions.

    Parameters
    ----------
    student
        The kernel.
    """

    def __init__(self, student: Student) -> None:
        self._student = student

    def error(self, description: list[Any], left: int = MAX_CHAIN) -> BaseException:
        """Return the exception of a description.

        Parameters
        ----------
        description
            ``[builtin, text]`` or ``[builtin, text, details]``; see
            :func:`grader.execution.inside.calls.descriptions.error`.
        left
            How many more causes may follow.

        Raises
        ------
        WireError
            If it is malformed.
        """
        builtin, text, *more = description
        if not more or more[0] is None:
            return student_exception(builtin, text)
        builtin, text = _texts(builtin, text)
        details = more[0]
        if type(details) is not list or len(details) != 7 or left <= 0:
            raise WireError("an exception is malformed")
        arguments, attributes, handle, cause, context, suppress, own = details
        if own is not None:
            return self._student.callbacks.own_error(own)
        error = self._made(builtin, text, arguments, handle)
        self._fill(error, attributes)
        error.__cause__ = self._linked(cause, left)
        error.__context__ = self._linked(context, left)
        error.__suppress_context__ = suppress is True
        return error

    def _made(
        self, builtin: str, text: str, arguments: Any, handle: Any
    ) -> BaseException:
        values = self._student.decode(arguments)
        if type(values) is not list or len(values) > MAX_PARTS:
            raise WireError("the arguments of an exception are malformed")
        if handle is None:
            return _marked(_built(base_named(builtin), tuple(values)), builtin)
        return self.own(handle, builtin, text, values)

    def own(
        self, handle: Any, builtin: str, text: str, values: list[Any]
    ) -> BaseException:
        """Return an exception of a class of the student's own.

        Parameters
        ----------
        handle
            The numbers of the exception and of its class, as the kernel sent them.
        builtin, text
            The builtin class above its class, and its text.
        values
            Its arguments.
        """
        if type(handle) is not list or [type(n) for n in handle] != [int, int]:
            raise WireError("the class of an exception is malformed")
        number, kind = handle
        made = self._student.classes.of(kind)
        if not issubclass(made, BaseException) or number < 0:
            raise WireError("the class of an exception is none")
        known = self._student.known.get(number)
        if isinstance(known, BaseException):
            return known
        new = type.__getattribute__(made, "__new__")
        error: BaseException = new(made, *values)
        error.args = tuple(values)
        vars(error)["_grader_handle"] = Handle(self._student, number, builtin[:100])
        vars(error)["_grader_text"] = text
        self._student.known[number] = error
        return _marked(error, builtin)

    def _fill(self, error: BaseException, attributes: Any) -> None:
        if type(attributes) is not list or len(attributes) > MAX_PARTS:
            raise WireError("the attributes of an exception are malformed")
        for pair in attributes:
            if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str:
                raise WireError("an attribute of an exception is malformed")
            value = self._student.decode(pair[1])
            if pair[0] == "__notes__" or not pair[0].startswith(_OURS):
                # A few names belong to Python, which takes no value of another type.
                with contextlib.suppress(TypeError, ValueError):
                    setattr(error, messages.text(pair[0])[:TEXT_CHARS], value)

    def _linked(self, description: Any, left: int) -> BaseException | None:
        if description is None:
            return None
        if type(description) is not list or not 2 <= len(description) <= 3:
            raise WireError("the cause of an exception is malformed")
        return self.error(description, left - 1)


__all__ = ["OwnError", "Raised", "StudentError", "base_named", "student_exception"]
