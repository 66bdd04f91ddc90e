"""Numbers, dates, paths and enumeration members of the standard library. Pure."""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import pathlib
import re
import sys
from collections.abc import Callable
from typing import Any

from grader.errors import WireError
from grader.execution.wire.codec import MAX_DIGITS, list_of
from grader.execution.wire.kinds import Codec

_DECIMAL = re.compile(r"-?([0-9]+(\.[0-9]+)?(E[+-][0-9]+)?|Infinity|s?NaN[0-9]*)")
# The limits of decimal's own context; beyond them int() of a number takes minutes.
MAX_EXPONENT = 999_999
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}")
# The enumerations whose members are sent, where both sides have loaded them.
ENUMS = {
    "calendar": ("Day", "Month"),
    "http": ("HTTPMethod", "HTTPStatus"),
    "signal": ("Signals",),
}


def _exactly(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds


def _fraction(parts: list[Any]) -> fractions.Fraction:
    numerator, denominator = parts
    if type(numerator) is not int or type(denominator) is not int or denominator < 1:
        raise WireError("a fraction is malformed")
    return fractions.Fraction(numerator, denominator)


def _decimal_text(value: decimal.Decimal) -> str | None:
    text = str(value)
    fits = len(text) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_EXPONENT
    return text if fits else None


def _decimal(payload: Any) -> decimal.Decimal:
    if type(payload) is not str or len(payload) > MAX_DIGITS:
        raise WireError("a decimal number is malformed")
    if not _DECIMAL.fullmatch(payload):
        raise WireError("a decimal number is malformed")
    value = decimal.Decimal(payload)
    if abs(value.adjusted()) > MAX_EXPONENT:
        raise WireError("a decimal number is too large or too small")
    return value


# --- dates and times ---------------------------------------------------------------

_DATE = ("year", "month", "day")
_CLOCK = ("hour", "minute", "second", "microsecond", "tzinfo")
_MOMENTS: dict[type, tuple[str, ...]] = {
    datetime.date: _DATE,
    datetime.time: (*_CLOCK, "fold"),
    datetime.datetime: (*_DATE, *_CLOCK, "fold"),
    datetime.timedelta: ("days", "seconds", "microseconds"),
}
_MOMENT_NAMES = {kind.__name__: kind for kind in _MOMENTS}


def _moment_parts(value: Any) -> list[Any]:
    kind = type(value)
    return [kind.__name__, *(getattr(value, name) for name in _MOMENTS[kind])]


def _moment(parts: list[Any]) -> Any:
    name, *values = parts
    if type(name) is not str or name not in _MOMENT_NAMES:
        raise WireError("a date or time is malformed")
    kind = _MOMENT_NAMES[name]
    given = dict(zip(_MOMENTS[kind], values, strict=True))
    zone = given.get("tzinfo")
    if not (zone is None or isinstance(zone, datetime.tzinfo)):
        raise WireError("a time zone is malformed")
    if any(type(part) is not int for part in given.values() if part is not zone):
        raise WireError("a date or time is malformed")
    return kind(**given)


def _zone_parts(value: datetime.timezone) -> list[Any]:
    # As in pickles: offset, and name if one was given.
    return list(value.__getinitargs__())  # type: ignore[attr-defined]


def _zone(parts: list[Any]) -> datetime.timezone:
    offset, *name = parts
    if type(offset) is not datetime.timedelta or any(type(n) is not str for n in name):
        raise WireError("a time zone is malformed")
    return datetime.timezone(offset, *name)


def _is_zone_info(value: Any) -> bool:
    zoneinfo = sys.modules.get("zoneinfo")
    return zoneinfo is not None and type(value) is zoneinfo.ZoneInfo


def _zone_info(payload: Any) -> Any:
    """Return a time zone of the system by its name, if the lesson uses such zones."""
    zoneinfo = sys.modules.get("zoneinfo")
    if zoneinfo is None or type(payload) is not str or not _ZONE.fullmatch(payload):
        raise WireError(f"{payload!r:.40} is no time zone that is known here")
    try:
        return zoneinfo.ZoneInfo(payload)
    except Exception:
        raise WireError(f"{payload!r:.40} is no time zone") from None


# --- paths and enumerations ----------------------------------------------------------

_PURE_PATHS = {
    kind.__name__: kind for kind in (pathlib.PurePosixPath, pathlib.PureWindowsPath)
}
_PATH = type(pathlib.Path())


def _path_text(payload: Any) -> str:
    if type(payload) is not str:
        raise WireError("a path is malformed")
    return payload


def _pure_path(payload: Any) -> pathlib.PurePath:
    name, path = list_of(payload, 2)
    return _PURE_PATHS[name](_path_text(path))


def _is_known_member(value: Any) -> bool:
    kind = type(value)
    return isinstance(value, enum.Enum) and kind is _enum_of(_home(kind))


def _home(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _enum_of(home: str) -> Any:
    """Return an enumeration that may be named on the wire; None if it is another."""
    module, _, name = home.rpartition(".")
    if name not in ENUMS.get(module, ()):
        return None
    return getattr(sys.modules.get(module), name, None)


def _member(payload: Any) -> Any:
    home, name = list_of(payload, 2)
    kind = _enum_of(home) if type(home) is str else None
    if kind is None or type(name) is not str:
        raise WireError(f"{home!r:.40} is no enumeration that is known here")
    return kind[name]


CODECS = (
    Codec(
        "fraction",
        _exactly(fractions.Fraction),
        lambda value: [value.numerator, value.denominator],
        _fraction,
        "data",
    ),
    Codec("decimal", _exactly(decimal.Decimal), _decimal_text, _decimal),
    Codec("moment", _exactly(*_MOMENTS), _moment_parts, _moment, "data"),
    Codec("time zone", _exactly(datetime.timezone), _zone_parts, _zone, "data"),
    Codec("zone info", _is_zone_info, lambda value: value.key, _zone_info),
    Codec(
        "pure path",
        _exactly(*_PURE_PATHS.values()),
        lambda value: [type(value).__name__, str(value)],
        _pure_path,
    ),
    # A student's path stays in the jail, where its file is.
    Codec(
        "path",
        _exactly(_PATH),
        str,
        lambda payload: _PATH(_path_text(payload)),
        senders=frozenset(("examiner",)),
    ),
    Codec(
        "enum",
        _is_known_member,
        lambda value: [_home(type(value)), value.name],
        _member,
    ),
)


__all__ = ["CODECS", "ENUMS", "MAX_EXPONENT"]
