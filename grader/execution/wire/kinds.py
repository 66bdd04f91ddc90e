"""The type of the codecs for values of libraries. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["examiner", "student"]

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
        Returns the payload of a value, which must be a tree; None for a value that
        cannot be sent as this kind.
    decode : callable
        Returns the value of a payload. It trusts nothing: anything wrong with the
        payload raises :class:`~grader.errors.WireError`, and no code of the other side
        is run.
    senders : frozenset of str
        The sides that may send such a value. If another side sends it, it is refused.
    """

    tag: str
    matches: Callable[[Any], bool]
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    senders: frozenset[Side] = BOTH


__all__ = ["BOTH", "Codec", "Side"]
