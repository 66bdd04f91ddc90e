"""The codecs for values that are not plain data: one :class:`Codec` for each kind.

Both sides of the call channel read here what they may send and what they accept. To
add a kind, write its codec and add it to `CODECS`; both sides then know it. The fuzzer
needs one such value (`VALUES` in ``fuzz/inputs.py``). The first codec that can send a
value does.
"""

from __future__ import annotations

import types
from typing import Any

import numpy as np

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
# No codec matches these. They are recognised without asking each codec, because a test
# looks up a function before each call of it.
_FUNCTIONS = frozenset(
    (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
)
_UNCHANGEABLE = _FUNCTIONS | {tuple}
# Plain data that can be changed in place.
_CHANGEABLE = frozenset((list, dict, set, np.ndarray))
_WITH_FILL = tuple(kind for kind in CODECS if kind.fill is not None)


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
        if type(value) in _FUNCTIONS:
            return otherwise(value)
        for kind in CODECS:
            if sender in kind.senders and kind.matches(value):
                sent = _sent(kind, value, sender, otherwise)
                if sent is not None:
                    return sent
        return otherwise(value)

    return encode


def _sent(kind: Codec, value: Any, sender: Side, otherwise: Encoder) -> Any:
    """Return the tree or parts that a codec makes of a value; None if it makes none."""
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
    of = type(value)
    if of in _CHANGEABLE:
        return True
    if of in _UNCHANGEABLE:
        return False
    return any(kind.matches(value) for kind in _WITH_FILL)


def fill(target: Any, value: Any) -> None:
    """Copy the content of a value into another of exactly the same type, in place.

    Parameters
    ----------
    target
        The value to change. It is left as it is if `value` is of another type or is an
        array of another shape or dtype, or if its kind cannot be changed.
    value
        The value whose content is copied.
    """
    if type(value) is not type(target):
        return
    if type(target) is np.ndarray:
        alike = target.shape == value.shape and target.dtype == value.dtype
        if alike and target.flags.writeable:
            np.copyto(target, value)
    elif type(target) is list:
        target[:] = value
    elif type(target) in (dict, set):
        target.clear()
        target.update(value)
    else:
        _fill_by_codec(target, value)


def _fill_by_codec(target: Any, value: Any) -> None:
    for kind in CODECS:
        if kind.fill is not None and kind.matches(target):
            kind.fill(target, value)
            return


__all__ = ["CODECS", "decoders", "encoder", "fill", "is_changeable"]
