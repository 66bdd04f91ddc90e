"""A kind of value is registered once, and both sides know it."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address
from typing import Any

import pytest

from grader.errors import CannotAsk, WireError
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import codec, messages, registry
from grader.execution.wire.kinds import Codec, Side

# Made by each side itself, for objects that stay in the jail.
REFERENCES = {"remote", "local", "module"}
CODE = """
from ipaddress import IPv4Address
host = IPv4Address("127.0.0.1")
def packed(given): return given.packed
def same(given): return given
"""


LOCAL = IPv4Address("127.0.0.1")
LAST = IPv4Address("255.255.255.255")


def decoded(payload: Any) -> IPv4Address:
    if type(payload) is not str:
        raise WireError("an address is malformed")
    return IPv4Address(payload)


def addresses(*senders: Side) -> Codec:
    def encode(value: IPv4Address) -> str | None:
        return None if value == LAST else str(value)

    def is_address(value: Any) -> bool:
        return type(value) is IPv4Address

    return Codec("address", is_address, encode, decoded, senders=frozenset(senders))


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[[Codec], None]:
    def add(new: Codec) -> None:
        monkeypatch.setattr(registry, "CODECS", (*registry.CODECS, new))

    return add


def test_no_two_kinds_share_a_tag() -> None:
    tags = [*codec.TAGS, *REFERENCES, *(each.tag for each in registry.CODECS)]
    assert len(tags) == len(set(tags))


def test_what_is_registered_once_goes_both_ways(
    register: Callable[[Codec], None], code: Callable[..., Student]
) -> None:
    register(addresses("examiner", "student"))
    student = code(CODE)
    assert student.name("host") == LOCAL
    assert student.name("packed")(IPv4Address("1.2.3.4")) == b"\1\2\3\4"
    assert student.name("same")([LOCAL]) == [LOCAL]


def test_what_only_the_student_sends_is_not_sent_to_the_student(
    register: Callable[[Codec], None], code: Callable[..., Student]
) -> None:
    register(addresses("student"))
    student = code(CODE)
    assert student.name("host") == LOCAL
    with pytest.raises(CannotAsk, match="a IPv4Address as an argument"):
        student.name("packed")(IPv4Address("1.2.3.4"))


def test_what_only_the_examiner_sends_is_refused_from_the_student(
    register: Callable[[Codec], None],
    code: Callable[..., Student],
    forger: Callable[..., Student],
) -> None:
    register(addresses("examiner"))
    student = code(CODE)
    assert student.name("packed")(IPv4Address("1.2.3.4")) == b"\1\2\3\4"
    assert isinstance(student.name("host"), ObjectProxy)
    forged = forger(messages.pack(["ok", {"address": "127.0.0.1"}, []]))
    with pytest.raises(WireError, match="unknown tag 'address'"):
        forged.name("host")


def test_what_a_codec_cannot_send_stays_in_the_jail(
    register: Callable[[Codec], None], code: Callable[..., Student]
) -> None:
    register(addresses("examiner", "student"))
    student = code(
        "from ipaddress import IPv4Address\nlast = IPv4Address('255.255.255.255')"
    )
    assert isinstance(student.name("last"), ObjectProxy)


def test_a_malformed_payload_is_a_wire_error(
    register: Callable[[Codec], None], forger: Callable[..., Student]
) -> None:
    register(addresses("examiner", "student"))
    with pytest.raises(WireError, match="an address is malformed"):
        forger(messages.pack(["ok", {"address": 7}, []])).name("host")


@pytest.mark.parametrize("sender", ["examiner", "student"])
def test_plain_data_holds_no_values_of_libraries(sender: Side) -> None:
    for tag in registry.decoders(sender):
        with pytest.raises(WireError, match="unknown tag"):
            codec.decode({tag: None})
