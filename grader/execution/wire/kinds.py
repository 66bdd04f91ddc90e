"""What a codec of the wire is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["examiner", "student"]

BOTH: frozenset[Side] = frozenset(("examiner", "student"))


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one kind travel between examiner and jail.

    Attributes
    ----------
    tag : str
        The key that marks such a value in a tree.
    matches : callable
        Says whether a value is of this kind.
    encode : callable
        Returns the payload of a value, which has to be a tree; None for a value that
        cannot be sent in this way.
    decode : callable
        Returns the value of a payload. It believes nothing: whatever is wrong with
        the payload is a :class:`~grader.errors.WireError`, and no code of the other
        side is run.
    senders : frozenset of str
        The sides that may send such a value. From others its tag is refused.
    """

    tag: str
    matches: Callable[[Any], bool]
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    senders: frozenset[Side] = BOTH


__all__ = ["BOTH", "Codec", "Side"]
