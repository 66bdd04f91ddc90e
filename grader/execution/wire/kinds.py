"""The type of the codecs for values that are not plain data. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["examiner", "student"]
Payload = Literal["tree", "data", "values", "kept"]

BOTH: frozenset[Side] = frozenset(("examiner", "student"))


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one kind are sent between examiner and jail.

    Attributes
    ----------
    tag : str
        The key that marks such a value in a tree.
    matches : callable
        Says whether a value is of this kind.
    encode : callable
        Returns the payload of a value; None for a value that cannot be sent as this
        kind. It may then be sent as a later one, or stay where it is.
    decode : callable
        Returns the value of a payload. It trusts nothing: anything wrong with the
        payload raises :class:`~grader.errors.WireError` (or an exception that
        :func:`~grader.execution.wire.codec.decode` makes one), and no code of the other
        side is run.
    payload : str
        What `encode` returns and `decode` takes. ``"tree"``: a tree. ``"values"``:
        a list of values of any kind, which are encoded and decoded in their turn.
        ``"data"``: such a list, in which nothing may stay in the jail; a value with
        other parts is not sent as this kind. ``"kept"``: as ``"values"``, with the
        value itself in front, as an object that stays in the jail.
    fill : callable or None
        Copies the content of another value of the kind into a value, in place:
        ``fill(value, other)``. None for what cannot be changed.
    senders : frozenset of str
        The sides that may send such a value. If another side sends it, it is refused.
    """

    tag: str
    matches: Callable[[Any], bool]
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    payload: Payload = "tree"
    fill: Callable[[Any, Any], None] | None = None
    senders: frozenset[Side] = BOTH


__all__ = ["BOTH", "Codec", "Payload", "Side"]
