"""Numbers, dates, paths and enumeration members arrive as exactly what they are."""

from __future__ import annotations

import http
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.wires import Stayed, back, refusal, through

SUMMER = timezone(timedelta(hours=2), "CEST")
VALUES: list[Any] = [
    Fraction(-3, 6),
    Fraction(10**300, 7),
    Decimal("1.10"),
    Decimal("-0"),
    Decimal("1E+20"),
    Decimal("Infinity"),
    date(2024, 2, 29),
    time(23, 59, 59, 999, tzinfo=UTC, fold=1),
    datetime(2024, 2, 29, 12, 30, tzinfo=SUMMER),
    datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/Berlin")),
    timedelta(days=-1, microseconds=7),
    UTC,
    SUMMER,
    PurePosixPath("a/b.txt"),
    PureWindowsPath("C:/a"),
    http.HTTPStatus.NOT_FOUND,
    signal.Signals.SIGTERM,
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("way", [through, back])
def test_values_arrive_whole(value: Any, way: Any) -> None:
    found = way(value)
    assert type(found) is type(value)
    assert found == value
    assert repr(found) == repr(value)
    assert {value: 1}[found] == 1


def test_a_decimal_that_is_no_number_stays_one() -> None:
    assert through(Decimal("NaN")).is_qnan()
    assert through(Decimal("-sNaN7")).is_snan()


def test_a_member_is_the_same_object() -> None:
    assert through(http.HTTPStatus.OK) is http.HTTPStatus.OK


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.one_of(
        st.fractions(),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.datetimes(timezones=st.sampled_from([None, UTC, SUMMER])),
        st.dates(),
        st.times(),
        st.timedeltas(),
    )
)
def test_any_value_arrives_whole(value: Any) -> None:
    found = through(value)
    assert (type(found), repr(found)) == (type(value), repr(value))


def test_a_path_is_sent_to_the_jail_and_not_from_it() -> None:
    assert through(Path("a/b"), "examiner") == Path("a/b")
    with pytest.raises(Stayed):
        through(Path("/etc/passwd"))
    assert "unknown tag" in refusal({"path": "/etc/passwd"})


class Colour(IntEnum):
    RED = 3


class Plain(Enum):
    ONE = 1


class Third(Fraction):
    pass


@pytest.mark.parametrize(
    "value", [Colour.RED, Plain.ONE, Third(1, 3), Decimal("1E+2000000")], ids=repr
)
def test_what_is_of_a_class_of_their_own_or_too_large_stays(value: Any) -> None:
    with pytest.raises(Stayed):
        through(value)


MALFORMED: list[Any] = [
    {"fraction": [1, 0]},
    {"fraction": [1, -2]},
    {"fraction": [1.5, 2]},
    {"fraction": [True, True]},
    {"fraction": [1]},
    {"decimal": 5},
    {"decimal": "1_0"},
    {"decimal": "١"},
    {"decimal": " 1"},
    {"decimal": "1E+999999999"},
    {"decimal": "1E-99999999"},
    {"decimal": "9" * 5000},
    {"moment": ["date", 2024, 2, 30]},
    {"moment": ["date", 2024, 2]},
    {"moment": ["date", 2024, 2, True]},
    {"moment": ["time", 1, 2, 3, 4, 5, 0]},
    {"moment": ["time", 1, 2, 3, 4, None, 2]},
    {"moment": ["timedelta", 10**10, 0, 0]},
    {"moment": ["timedelta", 1.5, 0, 0]},
    {"moment": ["object"]},
    {"moment": [["date"], 1, 1, 1]},
    {"time zone": [7]},
    {"time zone": [{"moment": ["timedelta", 2, 0, 0]}]},
    {"time zone": [{"moment": ["timedelta", 0, 0, 0]}, 7]},
    {"zone info": "../../../etc/passwd"},
    {"zone info": "/etc/localtime"},
    {"zone info": "Europe"},
    {"zone info": 7},
    {"pure path": ["PosixPath", "a"]},
    {"pure path": ["PurePosixPath", 7]},
    {"pure path": 7},
    {"enum": ["http.HTTPStatus", "NO_SUCH"]},
    {"enum": ["http.HTTPStatus", "__class__"]},
    {"enum": ["enum.Enum", "name"]},
    {"enum": ["os.system", "x"]},
    {"enum": [7, "x"]},
]


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:40])
def test_malformed_values_are_refused(tree: Any) -> None:
    assert refusal(tree)


def test_no_module_is_imported_for_a_value() -> None:
    code = """
import sys
from grader.execution.wire import codec, registry
for tree in ({"enum": ["http.HTTPStatus", "OK"]}, {"zone info": "Europe/Berlin"}):
    try:
        codec.decode(tree, registry.decoders("student"))
    except Exception as error:
        print(type(error).__name__)
print({"http", "zoneinfo", "pandas", "scipy", "keras"} & set(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n") == ["WireError", "WireError", "set()", ""]
