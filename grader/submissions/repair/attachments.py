"""Keep the pictures that were pasted into text, and find those that a text shows. Pure.

Jupyter keeps such a picture in its cell, ``{name: {MIME type: base64}}``, and the text
refers to it as ``attachment:name``. nbconvert, which nbgrader's formgrader uses, fails
on a reference without a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Attachments = Mapping[str, Mapping[str, str]]

# No SVG: it may hold scripts.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MAX_CHARS = 16 * 1024**2
"""The size that all pictures of one cell may have together, in base64."""

_MAX_NAME = 255
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
# In Markdown's and HTML's images and in Markdown's link definitions.
_SHOWN = re.compile(
    r"""(?:\]\(\s*<?|\bsrc\s*=\s*["']?|^\s*\[[^\]\n]+\]:\s*<?)attachment:([^\s)>"']+)""",
    re.MULTILINE,
)
_NOTHING = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
LOST: Mapping[str, str] = {"image/png": _NOTHING}
"""Replaces a picture that a text shows and the file lacks: a transparent pixel."""


def readable(value: Any) -> dict[str, dict[str, str]]:
    r"""Return the pictures among a cell's attachments.

    Parameters
    ----------
    value
        What the student's file has there: anything at all.

    Examples
    --------
    >>> readable({"a.png": {"image/png": "aGk=\n"}, "b": {"text/html": "<b>"}, "c": 3})
    {'a.png': {'image/png': 'aGk='}}
    """
    pictures: dict[str, dict[str, str]] = {}
    left = MAX_CHARS
    for name, bundle in value.items() if isinstance(value, dict) else ():
        picture = _picture(bundle)
        if not picture or not 0 < len(name) <= _MAX_NAME:
            continue
        left -= sum(map(len, picture.values()))
        if left < 0:
            break
        pictures[name] = picture
    return pictures


def _picture(bundle: Any) -> dict[str, str]:
    """Return the picture of a bundle in one type: the other types show the same."""
    for kind in PICTURES if isinstance(bundle, dict) else ():
        data = bundle.get(kind)
        if isinstance(data, list):
            data = "".join(line for line in data if isinstance(line, str))
        data = "".join(data.split()) if isinstance(data, str) else ""
        if _BASE64.fullmatch(data):
            return {kind: data}
    return {}


def shown(text: str, kept: Iterable[Attachments]) -> dict[str, dict[str, str]]:
    """Return the pictures that a text shows, under the names that it uses.

    Parameters
    ----------
    text
        Markdown.
    kept
        The attachments of several cells, searched in this order. A picture that is in
        none of them is `LOST`.
    """
    pictures = {}
    places = list(kept)
    for name in _SHOWN.findall(text):
        names = (name, _unquoted(name))
        matches = (place[n] for place in places for n in names if n in place)
        pictures[name] = dict(next(matches, LOST))
    return pictures


def _unquoted(name: str) -> str:
    """Return the name that an address quotes: ``my plot.png`` for my%20plot.png."""
    code = re.compile(rb"%([0-9A-Fa-f]{2})")
    plain = code.sub(lambda quoted: bytes.fromhex(quoted[1].decode()), name.encode())
    return plain.decode("utf-8", "replace")


__all__ = ["LOST", "MAX_CHARS", "PICTURES", "Attachments", "readable", "shown"]
