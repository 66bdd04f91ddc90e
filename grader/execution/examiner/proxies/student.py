"""The student's kernel, as far as tests can use it: names, calls and operations."""

from __future__ import annotations

import builtins
import weakref
from collections.abc import Collection
from typing import Any

from grader.errors import CallTimeout, WireError
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.proxies import outgoing
from grader.execution.examiner.proxies.bindings import Bindings
from grader.execution.examiner.proxies.callbacks import Callbacks
from grader.execution.examiner.proxies.classes import Classes
from grader.execution.examiner.proxies.exceptions import Raised, student_exception
from grader.execution.examiner.proxies.functions import CLASSES
from grader.execution.examiner.proxies.kernel_names import KernelNames
from grader.execution.examiner.proxies.levels import LEVELS
from grader.execution.examiner.proxies.objects import Handle, handle_of, make
from grader.execution.examiner.proxies.said import Repeater
from grader.execution.wire import codec, registry
from grader.execution.wire.sharing import Containers, Mark, settled, with_marks

Hooks = dict[str, codec.Hook]
# Only these operations may be answered by the end of an iterator.
_STEPS = ("next", "send", "throw")
NAME_CHARS = 100
_SCALARS = frozenset((str, float, bool, type(None)))


class Student:
    """The student's kernel, as far as tests can use it.

    Parameters
    ----------
    channel
        The way to the kernel.
    modules
        Top-level modules that the lesson imports: only these may be named by the
        kernel.

    Attributes
    ----------
    channel : Channel
        The way to the kernel.
    modules : frozenset of str
        The modules that the lesson imports.
    known : mapping
        The proxies that are in use, by number.
    classes : Classes
        The stand-ins for classes.
    callbacks : Callbacks
        The functions of tests that were given to student code.
    repeater : Repeater
        Repeats what calls print, warn and log.
    names : KernelNames
        The names in the student's namespace.
    bindings : Bindings
        The names that a test binds and student code reads.
    encoding : int
        How many values are being encoded, one inside another. If any is, it is not the
        test that reads the class of a proxy.
    """

    def __init__(self, channel: Channel, modules: Collection[str] = ()) -> None:
        self.channel = channel
        self.modules = frozenset(modules)
        self.known: weakref.WeakValueDictionary[int, Any] = (
            weakref.WeakValueDictionary()
        )
        self.classes = Classes(self, modules)
        self.callbacks = Callbacks(self)
        self.repeater = Repeater(self)
        self._raised = Raised(self)
        self._encode_other = outgoing.encoder(self)
        self.bindings = Bindings(self)
        # For each call that runs, the containers in its arguments.
        self._given: list[list[Any]] = []
        self._marks = 0
        self._levels = 0
        self.encoding = 0
        channel.callback = self.callbacks.answer
        self._hooks: Hooks = {
            "remote": self._proxy,
            "given": lambda number: self._mark("given", number),
            "again": lambda number: self._mark("again", number),
            "own": self.callbacks.own,
            "singleton": _singleton,
            "builtin": _builtin,
            **registry.decoders("student"),
        }
        self.names = KernelNames(self, self._hooks)

    def begin(self, seconds: float) -> None:
        """Begin a test, whose calls may take `seconds` together."""
        self.channel.begin(seconds)
        self.repeater.begin()
        self.names.begin()

    def end(self) -> None:
        """End a test: student code sees no more of the names that it has bound."""
        self.bindings.end()

    # --- what tests ask --------------------------------------------------------------

    def name(self, name: str) -> Any:
        """Return the value of a name in the student's namespace.

        Raises
        ------
        KeyError
            If there is no such name.
        CallError
            If the kernel does not give a valid answer.
        """
        return self.names.together(name, ())[name]

    def operate(self, operation: str, *operands: Any) -> Any:
        """Return the result of an operation on the student's objects.

        Parameters
        ----------
        operation
            Its name; see ``grader.execution.inside.calls.operations``.
        operands
            Proxies and values that can be sent.
        """
        answer = self.ask(operation, *map(self.encode, operands))
        if answer[0] == "stop" and operation in _STEPS and len(answer) <= 2:
            raise StopIteration(*self.values(answer[1:]))
        return self.value(answer)

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
            raise self.refused(f"its {operation} is a {type(result).__name__:.40}")
        return result

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the student's function in the jail.

        Parameters
        ----------
        target
            The function's proxy.
        args, kwargs
            Its arguments. Changes that the call makes to them are made here, too.
        """
        values = [*args, *kwargs.values()]
        given = Containers(values)
        trees = [self.encode(value) for value in with_marks(values, {}, given)]
        count = len(args)
        keyword = [list(pair) for pair in zip(kwargs, trees[count:], strict=True)]
        self._given.append(given.found)
        try:
            answer = self.ask("call", _local(target), trees[:count], keyword)
            return self._returned(answer, given.found)
        finally:
            self._given.pop()

    def call_library(
        self, module: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a function of a library in the jail."""
        return self.operate("library", module, name, list(args), kwargs)

    def _returned(self, answer: list[Any], given: list[Any]) -> Any:
        if answer[0] == "raised" and len(answer) == 5:
            self._write_back(answer[4], given)
            raise self._raised_error(answer[1:4])
        value = self.value(answer)
        self._write_back(answer[2], given)
        return value

    # --- values as trees -------------------------------------------------------------

    def encode(self, value: Any) -> Any:
        """Return the tree of a value, to send it."""
        if type(value) in _SCALARS:
            return value
        self.encoding += 1
        try:
            return codec.encode(value, self._encode_other)
        finally:
            self.encoding -= 1

    def encode_all(self, values: list[Any], given: dict[int, int]) -> list[Any]:
        """Return the trees of the values of one message.

        Parameters
        ----------
        values
            The values.
        given
            The numbers of containers that the kernel has, by their ``id``.
        """
        return [self.encode(value) for value in with_marks(values, given)]

    def values(self, trees: list[Any], hooks: Hooks | None = None) -> list[Any]:
        """Return the values of the trees of one message.

        Parameters
        ----------
        trees
            The values as they came over the wire.
        hooks
            As for :meth:`decode`.
        """
        outer, self._marks = self._marks, 0
        try:
            values = [self.decode(tree, hooks) for tree in trees]
            given = self._given[-1] if self._given else []
            found, replaced = settled(values, given) if self._marks else (values, 0)
            if replaced != self._marks:
                raise WireError("a container comes again where it cannot")
            return found
        finally:
            self._marks = outer

    def _mark(self, of: Any, number: Any) -> Mark:
        self._marks += 1
        return Mark(of, number)

    def ask(self, *message: Any) -> list[Any]:
        """Send a request that may run student code; return its checked answer.

        Parameters
        ----------
        message
            As for :meth:`grader.execution.examiner.channel.Channel.request`.
        """
        if self._levels != LEVELS.version:
            self._levels = LEVELS.version
            self.operate("levels", LEVELS.by_name)
        self.bindings.send()
        answer = self.channel.request(*message)
        if self.channel.said:
            try:
                self.repeater.repeat()
            except WireError as error:
                self.channel.broken = error
                raise
        self.callbacks.raise_left()
        return answer

    def value(self, answer: list[Any]) -> Any:
        """Return the value that an answer holds; raise what it says was raised."""
        if answer[0] == "ok" and len(answer) == 3:
            return self.values([answer[1]])[0]
        if answer[0] == "stop" and len(answer) <= 2:
            raise student_exception("StopIteration", "")
        if answer[0] == "raised" and len(answer) in (3, 4):
            raise self._raised_error(answer[1:])
        raise self.refused("an answer is malformed")

    def _raised_error(self, description: list[Any]) -> BaseException:
        try:
            return self._raised.error(description)
        except WireError as error:
            self.channel.broken = error
            raise

    def described(self, operation: str, number: int) -> list[Any]:
        """Return a description of an object: a tree that needs no decoding.

        Parameters
        ----------
        operation
            The operation that describes it.
        number
            The object's number.
        """
        answer = self.channel.request(operation, {"local": number})
        if answer[0] != "ok" or len(answer) != 3 or type(answer[1]) is not list:
            raise self.refused("a description is malformed")
        found: list[Any] = answer[1]
        return found

    def decode(self, tree: Any, hooks: Hooks | None = None) -> Any:
        """Return the value of a tree that the kernel sent.

        Parameters
        ----------
        tree
            The value as it came over the wire.
        hooks
            ``{tag: function of the payload}`` for the tags that are allowed here; the
            usual ones if None.

        Raises
        ------
        WireError
            If anything is wrong with the tree.
        CallTimeout
            If decoding takes longer than the call may. The channel is broken then.
        """
        try:
            return codec.decode(tree, hooks or self._hooks, self.channel.end)
        except CallTimeout as error:
            self.channel.broken = error
            raise

    def _proxy(self, payload: Any) -> Any:
        kind, number, name, *more = payload
        if type(number) is not int or type(name) is not str or number < 0:
            raise WireError("a remote object is malformed")
        if (known := self.known.get(number)) is not None:
            return known
        made = self._made(kind, number, name[:NAME_CHARS], more)
        self.known[number] = made
        return made

    def _made(self, kind: Any, number: int, name: str, more: list[Any]) -> Any:
        handle = Handle(self, number, name)
        if type(kind) is str and kind in CLASSES and not more:
            return make(CLASSES[kind], handle)
        if kind == "class" and not more:
            return self.classes.of(number)
        if kind not in ("object", "error") or [type(each) for each in more] != [int]:
            raise WireError("a remote object is malformed")
        if kind == "error":
            return self._error(number)
        made = self.classes.of(more[0])
        if issubclass(made, BaseException):
            raise WireError("an object has the class of an exception")
        return make(made, handle)

    def _error(self, number: int) -> BaseException:
        """Return the stand-in for an exception that was not raised but handed out."""
        found = self.described("described error", number)
        if not 2 <= len(found) <= 3:
            raise self.refused("an exception is malformed")
        return self._raised_error(found)

    def _write_back(self, changed: Any, given: list[Any]) -> None:
        """Change arguments as the call did: pairs of number and content."""
        if type(changed) is not list:
            raise self.refused("a changed argument is malformed")
        contents = []
        for pair in changed:
            if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not int:
                raise self.refused("a changed argument is malformed")
            if not 0 <= pair[0] < len(given):
                raise self.refused("an argument that was not sent has changed")
            contents.append((given[pair[0]], self.values([pair[1]])[0]))
        for target, value in contents:
            registry.fill(target, value)

    def refused(self, reason: str) -> WireError:
        """Mark the channel as broken, and return the error to raise."""
        self.channel.broken = error = WireError(reason)
        return error


def _local(target: Any) -> dict[str, int]:
    handle = handle_of(target)
    if handle is None:
        raise TypeError("only a proxy can be called")
    return {"local": handle.number}


def _singleton(name: Any) -> Any:
    if name != "NotImplemented":
        raise WireError("there is no such constant")
    return NotImplemented


def _builtin(name: Any) -> Any:
    """Return a builtin exception, or object: the builtin classes that hold no data."""
    found = getattr(builtins, name, None) if type(name) is str else None
    is_error = isinstance(found, type) and issubclass(found, BaseException)
    if found is not object and not is_error:
        raise WireError("there is no such class")
    return found


__all__ = ["Student"]
