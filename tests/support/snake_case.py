"""What the reports of ``--json`` are held to: keys in snake_case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# Names that notebooks choose, and a form that Google prescribes.
_FOREIGN = {"parameters", "spec"}


def odd_keys(content: Any) -> list[str]:
    """Return the keys in a report that are not in snake_case."""
    return [key for key in _keys(content) if not _KEY.fullmatch(key)]


def _keys(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from () if key in _FOREIGN else _keys(value)
    elif isinstance(content, list):
        for each in content:
            yield from _keys(each)
