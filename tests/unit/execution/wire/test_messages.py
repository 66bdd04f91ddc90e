"""Messages on the wire: malformed, too long, too many or too late ones are refused."""

from __future__ import annotations

import struct
import time
import tracemalloc

import pytest

from grader.errors import CallTimeout, WireError
from grader.execution.wire import codec, messages
from grader.execution.wire.size_check import MAX_LEVELS
from tests.support.wire_values import Text


def test_what_messages_take_together_is_bounded() -> None:
    body = messages.pack([0] * 100)[4:]
    budget = messages.MemoryBudget(3 * len(body) + 300 * messages.ITEM_BYTES)
    for _ in range(2):
        messages.unpack(body, budget)
    with pytest.raises(WireError, match="sent in all"):
        messages.unpack(body, budget)


def test_room_is_not_made_for_what_is_claimed_only() -> None:
    claim = b"\xdd\x00\x0f\x00\x00"  # a list of a million, in five bytes
    body = claim * 300 + bytes(1 << 20)
    tracemalloc.start()
    with pytest.raises(WireError):
        messages.unpack(body)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"\x91",
        b"\x01\x02",
        b"\xa1\xff",
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xd4\x01\x00",
        b"\xd6\xff\x00\x00\x00\x00",
        b"\x81\x91\x01\x02",
        b"\x91" * 5000,
        b"\x91" * (MAX_LEVELS + 1) + b"\x01",
        b"\xdd\x00\x00\x00\x02\x01",
        b"\xc7\x00\x01",
        b"\xa5abc",
        b"\xca\x00",
        b"\xdc\x00",
    ],
    ids=lambda body: body[:6].hex(),
)
def test_a_malformed_frame_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        codec.decode(messages.unpack(body))


@pytest.mark.parametrize(
    "header", [b"", b"abc", b"12345", struct.pack("<I", messages.MAX_FRAME + 1)]
)
def test_a_malformed_header_is_a_wire_error(header: bytes) -> None:
    with pytest.raises(WireError):
        messages.body_length(header)


def test_a_frame_that_is_too_long_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_FRAME", 100)
    with pytest.raises(WireError, match="the limit is 100"):
        messages.pack(bytes(101))


@pytest.mark.parametrize("given", ["\ud800", Text("a\udfffb"), "plain"])
def test_text_is_made_fit_to_be_sent(given: str) -> None:
    found = messages.text(given)
    assert type(found) is str
    assert messages.unpack(messages.pack(found)[4:]) == found


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\xdc\xff\xff" + b"\xc0" * 65_535, id="many items"),
        pytest.param(b"\xdc\xff\xff" + b"\x90" * 65_535, id="many empty lists"),
    ],
)
def test_reading_what_came_too_late_is_a_time_out(body: bytes) -> None:
    with pytest.raises(CallTimeout):
        messages.unpack(body, end=time.monotonic())
    assert len(messages.unpack(body, end=time.monotonic() + 60)) == 65_535
