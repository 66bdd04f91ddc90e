"""Pictures that were pasted into text: what of them is kept, and which a text shows.

Jupyter keeps such a picture in its cell, ``{name: {MIME type: base64}}``, and the text
names it as ``attachment:name``. nbconvert, and with it nbgrader's formgrader, fails on
a name without its picture. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Attachments = Mapping[str, Mapping[str, str]]

# No SVG: it is a document, which may hold scripts.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MAX_CHARS = 16 * 1024**2
"""What all pictures of one cell may take, in base64."""

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
"""Stands where a text shows a picture that is not there: one transparent pixel."""


def readable(value: Any) -> dict[str, dict[str, str]]:
    r"""Return the pictures among a cell's attachments, as far as they are any.

    Examples
    --------
    >>> readable({"a.png": {"image/png": "aGk=\n"}, "b": {"text/html": "<b>"}, "c": 3})
    {'a.png': {'image/png': 'aGk='}}
    """
    found: dict[str, dict[str, str]] = {}
    left = MAX_CHARS
    for name, bundle in value.items() if isinstance(value, dict) else ():
        picture = _picture(bundle)
        if not picture or not 0 < len(name) <= _MAX_NAME:
            continue
        left -= sum(map(len, picture.values()))
        if left < 0:
            break
        found[name] = picture
    return found


def _picture(bundle: Any) -> dict[str, str]:
    """Return the first kind of picture in a bundle: those that follow are the same."""
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
        Where they are looked for, in this order. One that is in none is `LOST`.
    """
    found = {}
    places = list(kept)
    for name in _SHOWN.findall(text):
        names = (name, _unquoted(name))
        pictures = (place[n] for place in places for n in names if n in place)
        found[name] = dict(next(pictures, LOST))
    return found


def _unquoted(name: str) -> str:
    """Return a name from the path of an address: ``my%20plot.png``, my plot.png."""
    code = re.compile(rb"%([0-9A-Fa-f]{2})")
    plain = code.sub(lambda found: bytes.fromhex(found[1].decode()), name.encode())
    return plain.decode("utf-8", "replace")


__all__ = ["LOST", "MAX_CHARS", "PICTURES", "Attachments", "readable", "shown"]
