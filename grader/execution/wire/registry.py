"""The codecs for values of libraries: one :class:`Codec` for each kind of value.

Both sides of the call channel read here what they may send and what they accept. To add
a kind, write its codec and add it to `CODECS`; nothing else has to change.
"""

from __future__ import annotations

from grader.execution.wire import keras_codec
from grader.execution.wire.codec import Decoder, Encoder
from grader.execution.wire.kinds import Codec, Side

CODECS: tuple[Codec, ...] = (keras_codec.TENSOR, keras_codec.KERAS)


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
        for codec in CODECS:
            if sender in codec.senders and codec.matches(value):
                payload = codec.encode(value)
                return otherwise(value) if payload is None else {codec.tag: payload}
        return otherwise(value)

    return encode


def decoders(sender: Side) -> dict[str, Decoder]:
    """Return the functions that decode what a side has sent, by their tags.

    Parameters
    ----------
    sender
        The side that has sent it. Tags that it may not send are left out.
    """
    return {codec.tag: codec.decode for codec in CODECS if sender in codec.senders}


__all__ = ["CODECS", "decoders", "encoder"]
