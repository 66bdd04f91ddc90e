"""The codecs for values that are not plain data: one :class:`Codec` for each kind.

Both sides of the call channel read here what they may send and what they accept. To
add a kind, write its codec and add it to `CODECS`; nothing else has to change. The
first one that can send a value does.
"""

from __future__ import annotations

from typing import Any

from grader.errors import WireError
from grader.execution.wire import (
    codec,
    containers,
    keras_codec,
    keras_own,
    named_tuples,
    numpy_codec,
    pandas_codec,
    scipy_codec,
    standard_values,
)
from grader.execution.wire.codec import Encoder, Hook, Parts, Tree
from grader.execution.wire.kinds import Codec, Side

CODECS: tuple[Codec, ...] = (
    *containers.CODECS,
    *named_tuples.CODECS,
    *standard_values.CODECS,
    *numpy_codec.CODECS,
    *pandas_codec.CODECS,
    *scipy_codec.CODECS,
    keras_own.BACK,
    *keras_codec.CODECS,
    keras_own.OWN,
)


def encoder(sender: Side, otherwise: Encoder) -> Encoder:
    """Return the function with which a side encodes values that are not plain data.

    Parameters
    ----------
    sender
        The side that encodes.
    otherwise
        Called for a value that no codec can send; returns its tree or raises.

    Returns
    -------
    callable
        For the parameter `other` of :func:`grader.execution.wire.codec.encode`.
    """

    def encode(value: object) -> object:
        for kind in CODECS:
            if sender in kind.senders and kind.matches(value):
                sent = _sent(kind, value, sender, otherwise)
                if sent is not None:
                    return sent
        return otherwise(value)

    return encode


def _sent(kind: Codec, value: Any, sender: Side, otherwise: Encoder) -> Any:
    """Return the tree or the parts of a value of a kind; None if it is not sent so."""
    payload = kind.encode(value)
    if payload is None:
        return None
    if kind.payload == "tree":
        return {kind.tag: payload}
    if kind.payload == "values":
        return Parts(kind.tag, payload)
    if kind.payload == "kept":
        return Parts(kind.tag, [Tree(otherwise(value)), *payload])
    try:
        return {kind.tag: codec.encode(list(payload), encoder(sender, _refuse))}
    except (WireError, RecursionError):
        return None


def _refuse(value: Any) -> Any:
    raise WireError(f"a {type(value).__name__} among data")


def decoders(sender: Side) -> dict[str, Hook]:
    """Return the codecs that decode what a side has sent, by their tags.

    Parameters
    ----------
    sender
        The side that has sent it. Tags that it may not send are left out.
    """
    return {kind.tag: kind for kind in CODECS if sender in kind.senders}


def is_changeable(value: Any) -> bool:
    """Say whether a value is of a kind that a call may change in place."""
    return any(kind.matches(value) for kind in CODECS if kind.fill is not None)


def fill(target: Any, value: Any) -> None:
    """Give a value the content of another of exactly its type, in place.

    Parameters
    ----------
    target
        The value to change. If it is of no kind that can be changed, or if `value` is
        of another type, it is left as it is.
    value
        What has the content.
    """
    for kind in CODECS:
        if kind.fill is not None and kind.matches(target):
            if type(value) is type(target):
                kind.fill(target, value)
            return


__all__ = ["CODECS", "decoders", "encoder", "fill", "is_changeable"]
