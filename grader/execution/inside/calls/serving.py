"""Answer the examiner's requests, one at a time.

A request is a list, ``[operation, …]``. Its answer is one of

- ``["ok", tree, changed]``: `changed` holds the arguments that the call has changed in
  place, as pairs of number and content;
- ``["missing"]``: there is no such name;
- ``["stop", tree]``: an iterator has ended, with that value;
- ``["raised", builtin, text]``, and after these what else the error holds (see
  :func:`grader.execution.inside.calls.descriptions.error`) and `changed`, if there is
  any.

Before it may come ``["said", events]`` with what was printed, and ``["callback",
number, positional, keyword]``, which asks for a call of a function of the test. The
examiner answers that with ``["returned", tree, changed]``, ``["failed", builtin, text,
number]`` or ``["failed", handle]``, after any further requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from grader.errors import WireError
from grader.execution.inside.calls import bindings, callbacks, descriptions, said
from grader.execution.inside.calls import line as lines
from grader.execution.inside.calls.handles import HANDLES
from grader.execution.inside.calls.line import Line
from grader.execution.inside.calls.operations import OPERATIONS
from grader.execution.wire import messages, registry
from grader.execution.wire.sharing import (
    Containers,
    content_with_marks,
    settled,
    with_marks,
)


def serve_one(call: int, names: dict[str, Any]) -> None:
    """Answer one request of the examiner.

    Parameters
    ----------
    call
        Descriptor of the call channel.
    names
        The student's namespace.
    """
    line = lines.open_line(call, names)
    try:
        request = line.receive()
    except EOFError:
        lines.close_line()
        asyncio.get_event_loop().remove_reader(call)
        return
    said.begin()
    try:
        answer = _answer(line, request)
        _send_said(line, said.end())
    finally:
        lines.close_line()
    line.send(answer)


def _send_said(line: Line, events: list[Any]) -> None:
    if events:
        line.send(messages.pack(["said", events]))


def _answer(line: Line, request: list[Any]) -> bytes:
    try:
        return messages.pack(_perform(line, request))
    except StopIteration as stop:
        return messages.pack(["stop", *_value_of(stop)])
    except BaseException as error:
        return _raised(descriptions.error(error))


def _raised(description: list[Any]) -> bytes:
    try:
        return messages.pack(["raised", *description])
    except WireError:  # Its arguments or attributes are too large, or no valid text.
        return messages.pack(["raised", *description[:2]])


def _value_of(stop: StopIteration) -> list[Any]:
    return [] if stop.value is None else [HANDLES.encode(stop.value)]


def _perform(line: Line, request: list[Any]) -> list[Any]:
    operation, *operands = request
    if operation == "name":
        return _named(line.names, *operands)
    if operation == "names":
        names = [name for name in list(line.names) if type(name) is str]
        return ["ok", HANDLES.encode(names), []]
    if operation == "bind":
        again, pairs, *others = operands
        bindings.bind_again(line.names, again)
        values, _ = settled([HANDLES.decode(tree) for _, tree in pairs], [])
        named = dict(zip((name for name, _ in pairs), values, strict=True))
        bindings.change(line.names, named, *others)
        return ["ok", None, []]
    if operation == "unbind":
        bindings.restore(line.names)
        return ["ok", None, []]
    if operation == "call":
        return _call(line, *operands)
    values = [HANDLES.decode(operand) for operand in operands]
    if operation in _DESCRIBE:
        return ["ok", _DESCRIBE[operation](values[0]), []]
    (result,) = with_marks([OPERATIONS[operation](*values)], {})
    return ["ok", HANDLES.encode(result), []]


def _named(names: dict[str, Any], name: str, others: list[str]) -> list[Any]:
    """Return the value of a name, and of those others that share objects with it.

    The answer's third part holds the others: pairs of name and tree.
    """
    if name not in names:
        return ["missing"]
    alike = bindings.that_share(names, name, others)
    values = with_marks([names[each] for each in (name, *alike)], {})
    tree, *trees = [HANDLES.encode_named(value) for value in values]
    return ["ok", tree, [list(pair) for pair in zip(alike, trees, strict=True)]]


def _call(
    line: Line, function: Any, positional: list[Any], keyword: list[Any]
) -> list[Any]:
    trees = [*positional, *(tree for _, tree in keyword)]
    values, _ = settled([HANDLES.decode(tree) for tree in trees], [])
    containers = Containers(values)
    given = containers.numbers()
    count = len(positional)
    named = dict(zip((name for name, _ in keyword), values[count:], strict=True))
    target = HANDLES.decode(function)
    line.given.append(given)
    try:
        result = target(*values[:count], **named)
    except BaseException as error:
        changed = _changed(trees, values, containers.found, given)
        if not changed or isinstance(error, StopIteration):
            raise
        builtin, text, *more = descriptions.error(error)
        return ["raised", builtin, text, more[0] if more else None, changed]
    finally:
        line.given.pop()
    changed = _changed(trees, values, containers.found, given)
    (marked,) = with_marks([result], given)
    return ["ok", HANDLES.encode(marked), changed]


def _changed(
    trees: list[Any], values: list[Any], found: list[Any], given: dict[int, int]
) -> list[list[Any]]:
    """Return ``[number, tree]`` of the containers whose content has changed.

    If any has changed, all are sent.
    """
    if not found:
        return []
    after = [HANDLES.encode_again(value) for value in with_marks(values, {})]
    if after == trees:
        return []
    return [
        [number, HANDLES.encode(content_with_marks(container, given))]
        for number, container in enumerate(found)
        if registry.is_changeable(container)
    ]


def _ask(number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Have the examiner call a function of the test; return its result."""
    line = lines.current()
    if line is None:
        raise RuntimeError(callbacks.LATE)
    values = [*args, *kwargs.values()]
    given = line.given[-1] if line.given else {}
    trees = [HANDLES.encode(value) for value in with_marks(values, given)]
    keyword = [list(pair) for pair in zip(kwargs, trees[len(args) :], strict=True)]
    frame = messages.pack(["callback", number, trees[: len(args)], keyword])
    _send_said(line, said.take())
    line.send(frame)
    while True:
        message = line.receive()
        if message[0] == "returned":
            return _returned(values, *message[1:])
        if message[0] == "failed":
            raise _failed(*message[1:])
        answer = _answer(line, message)
        _send_said(line, said.take())
        line.send(answer)


def _returned(values: list[Any], tree: Any, changed: list[Any]) -> Any:
    given = Containers(values).found
    for number, content in changed:
        (value,), _ = settled([HANDLES.decode(content)], given)
        registry.fill(given[number], value)
    (result,), _ = settled([HANDLES.decode(tree)], given)
    return result


def _failed(*content: Any) -> BaseException:
    if len(content) == 1:
        error: BaseException = HANDLES.decode(content[0])
        return error
    return callbacks.error_of(*content)


# Their answers are trees already.
_DESCRIBE: dict[str, Callable[[Any], list[Any]]] = {
    "classes": descriptions.classes,
    "described error": descriptions.error,
}
callbacks.asking[:] = [_ask]

__all__ = ["serve_one"]
