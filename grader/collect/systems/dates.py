"""Read dates and times in the forms that learning management systems write. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any


def parse_time(value: Any) -> datetime | None:
    """Read a time in any form of ISO 8601, as UTC; None if it is not a time.

    A time without a zone is taken as UTC.
    """
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"\d{4}(-\d\d){5}", text):
            text = f"{text[:10]} {text[11:].replace('-', ':')}"
        text = re.sub(r" ?(UTC|GMT)$", "+00:00", text)
        text = re.sub(r" ([+-]\d\d:?\d\d)$", r"\1", text)
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def parse_local(text: str, forms: Iterable[str]) -> datetime | None:
    """Read a time in this machine's time zone, as UTC; None if it has no such form.

    Parameters
    ----------
    text
        The time.
    forms
        Its possible forms, as :meth:`datetime.datetime.strptime` takes them.
    """
    for form in forms:
        try:
            return datetime.strptime(text.strip(), form).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


__all__ = ["parse_local", "parse_time"]
