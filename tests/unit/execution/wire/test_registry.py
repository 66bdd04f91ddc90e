"""A kind of value is registered once, and both sides know it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from grader.errors import WireError
from grader.execution.examiner.proxies import ObjectProxy, Student
from grader.execution.wire import codec, messages, registry
from grader.execution.wire.kinds import Codec, Side

# Made by each side itself, for objects that stay in the jail.
REFERENCES = {"remote", "local", "module"}
CODE = """
from datetime import date
day = date(2024, 2, 29)
def year(given): return given.year
def same(given): return given
"""


def decoded(payload: Any) -> date:
    if type(payload) is not str or len(payload) != 10:
        raise WireError("a date is malformed")
    return date.fromisoformat(payload)


def dates(*senders: Side) -> Codec:
    def encode(value: date) -> str | None:
        return None if value == date.max else value.isoformat()

    def is_date(value: Any) -> bool:
        return type(value) is date

    return Codec("date", is_date, encode, decoded, frozenset(senders))


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
    register(dates("examiner", "student"))
    student = code(CODE)
    assert student.name("day") == date(2024, 2, 29)
    assert student.name("year")(date(2023, 1, 1)) == 2023
    assert student.name("same")([date.min]) == [date.min]


def test_what_only_the_student_sends_is_not_sent_to_the_student(
    register: Callable[[Codec], None], code: Callable[..., Student]
) -> None:
    register(dates("student"))
    student = code(CODE)
    assert student.name("day") == date(2024, 2, 29)
    with pytest.raises(WireError, match="a date cannot be sent"):
        student.name("year")(date(2023, 1, 1))


def test_what_only_the_examiner_sends_is_refused_from_the_student(
    register: Callable[[Codec], None],
    code: Callable[..., Student],
    forger: Callable[..., Student],
) -> None:
    register(dates("examiner"))
    student = code(CODE)
    assert student.name("year")(date(2023, 1, 1)) == 2023
    assert isinstance(student.name("day"), ObjectProxy)
    forged = forger(messages.pack(["ok", {"date": "2024-02-29"}, []]))
    with pytest.raises(WireError, match="unknown tag 'date'"):
        forged.name("day")


def test_what_a_codec_cannot_send_stays_in_the_jail(
    register: Callable[[Codec], None], code: Callable[..., Student]
) -> None:
    register(dates("examiner", "student"))
    student = code("from datetime import date\nlast = date.max")
    assert isinstance(student.name("last"), ObjectProxy)


def test_a_malformed_payload_is_a_wire_error(
    register: Callable[[Codec], None], forger: Callable[..., Student]
) -> None:
    register(dates("examiner", "student"))
    with pytest.raises(WireError, match="a date is malformed"):
        forger(messages.pack(["ok", {"date": 7}, []])).name("day")


@pytest.mark.parametrize("sender", ["examiner", "student"])
def test_plain_data_holds_no_values_of_libraries(sender: Side) -> None:
    for tag in registry.decoders(sender):
        with pytest.raises(WireError, match="unknown tag"):
            codec.decode({tag: None})
