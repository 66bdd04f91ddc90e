"""Values on their way between examiner and jail, without either of them."""

from __future__ import annotations

from typing import Any

from grader.errors import WireError
from grader.execution.wire import codec, messages, registry
from grader.execution.wire.kinds import Side


class Stayed(Exception):
    """A value was not sent: it stays where it is."""


def stay(value: Any) -> Any:
    """Refuse a value that no codec can send."""
    raise Stayed(type(value).__name__)


def through(value: Any, sender: Side = "student") -> Any:
    """Return a value as it arrives when a side sends it."""
    frame = messages.pack(codec.encode(value, registry.encoder(sender, stay)))
    tree = messages.unpack(frame[messages.HEADER.size :])
    return codec.decode(tree, registry.decoders(sender))


def back(value: Any) -> Any:
    """Return a student's value that a test has handed back to student code."""
    return through(through(value), "examiner")


def refusal(tree: Any, sender: Side = "student") -> str:
    """Return why a tree is refused; empty if it is taken."""
    try:
        codec.decode(tree, registry.decoders(sender))
    except WireError as error:
        return str(error)
    return ""
