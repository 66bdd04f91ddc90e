"""Recover what is readable from broken JSON. Pure.

Stray backslashes are doubled, text after the end is left out, a file that was cut off
is closed where it ends, and where nothing else helps, cells are read one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
_CUT_ESCAPE = re.compile(r"(\\(?:u[0-9a-fA-F]{4}|[^u]))|\\u[0-9a-fA-F]{0,3}\Z")
_TOKEN = re.compile(
    r'"(?P<text>[^"\\]*+(?:\\.[^"\\]*+)*+)(?P<end>"?)'
    r'|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<colon>:)|[^\s"\[\]{},:]++',
    re.DOTALL,
)
_LITERAL = re.compile(r"true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CELL = re.compile(
    r'\{\s*"(?:cell_type|id|metadata|source|execution_count|attachments|outputs)"\s*:'
)
_MOST_TRIES = 20_000


def _integer(digits: str) -> int:
    """Read the first digits only: Python refuses thousands, and none mean anything."""
    return int(digits[:18])


_READER = json.JSONDecoder(strict=False, parse_int=_integer)


def parsed(text: str) -> Any:
    """Return the JSON value of a text; control characters in strings are allowed."""
    return _READER.decode(text)


def escapes_mended(text: str) -> str:
    r"""Return the text with stray backslashes doubled.

    Examples
    --------
    >>> escapes_mended(r'"C:\Work\n"')
    '"C:\\\\Work\\n"'
    """
    return _ESCAPE.sub(lambda escape: escape[0] if escape[1] else r"\\", text)


def first_value(text: str) -> tuple[Any, str]:
    """Return the JSON value that the text starts with, or None, and the rest."""
    value, end = _read_at(text, len(text) - len(text.lstrip()))
    return value, text[end:].strip()


def closed(text: str) -> Any:
    """Return the value of a text that was cut off, or None if it cannot be closed."""
    try:
        return _READER.decode(_closed(text))
    except (ValueError, RecursionError):
        return None


def _closed(text: str) -> str:
    """Return the text up to its last whole value, with the brackets that it lacks."""
    lacking: list[str] = []
    end, quote = 0, ""
    key = False  # whether a string at this place is a name in an object
    for token in _TOKEN.finditer(text):
        if token["open"]:
            lacking.append("]" if token["open"] == "[" else "}")
        elif token["close"]:
            if lacking[-1:] != [token["close"]]:
                break
            lacking.pop()
        elif token["comma"] or token["colon"] or key or _is_broken(token):
            key = bool(token["comma"]) and lacking[-1:] == ["}"]
            continue
        key = token["open"] == "{"
        end = token.end()
        quote = '"' if token["end"] == "" else ""
    # Brackets open and close at whole values only, so these are missing at `end`.
    cut = _CUT_ESCAPE.sub(r"\1", text[:end]) if quote else text[:end]
    return cut + quote + "".join(reversed(lacking))


def _is_broken(token: re.Match[str]) -> bool:
    """Say whether a token is a number or a word that was cut off."""
    return token["text"] is None and _LITERAL.fullmatch(token[0]) is None


def cells(text: str) -> list[dict[str, Any]]:
    """Return every cell that can be read, wherever in the text it is."""
    return list(_cells(text))


def _cells(text: str) -> Iterator[dict[str, Any]]:
    start = 0
    for _ in range(_MOST_TRIES):
        place = _CELL.search(text, start)
        if place is None:
            return
        start = place.start() + 1
        cell, end = _read_at(text, place.start())
        if isinstance(cell, dict) and "cell_type" in cell:
            yield cell
            start = end


def _read_at(text: str, start: int) -> tuple[Any, int]:
    try:
        return _READER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start


__all__ = ["cells", "closed", "escapes_mended", "first_value", "parsed"]
