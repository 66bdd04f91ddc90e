"""Remove outputs and widget state from a notebook's bytes, before they are parsed.

Grading never reads them. A notebook of 200 MB is almost all outputs, and would take
gigabytes as Python objects. Only brackets and strings are looked at, so that this
works on damaged files too. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A quote that is not escaped begins a key here: these bytes are not within a string.
_LEFT_OUT = re.compile(rb'(?<!\\)"(?:outputs|widgets)"\s*+:\s*+(?=[\[{])')
# Possessive, so that a string of 100 MB is passed without backtracking.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_EMPTY = {b"[": b"[]", b"{": b"{}"}
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def skim(content: bytes) -> bytes:
    r"""Return the notebook with every list of outputs and all widget state empty.

    Examples
    --------
    >>> skim(b'{"outputs": [{"text": ["]"]}], "source": "x"}')
    b'{"outputs": [], "source": "x"}'
    """
    return b"".join(_kept(content))


def _kept(content: bytes) -> Iterator[bytes]:
    start = 0
    while key := _LEFT_OUT.search(content, start):
        end = _end(content, key.end())
        yield content[start : key.end()]
        yield _EMPTY[content[key.end() : key.end() + 1]]
        start = end
    yield content[start:]


def _end(content: bytes, start: int) -> int:
    """Return the position after the value at `start`, or the end of the file."""
    depth = 0
    for token in _TOKEN.finditer(content, start):
        # Only its first byte is read: a string may be as long as the file.
        depth += _STEP.get(content[token.start()], 0)
        if depth == 0:
            return token.end()
    return len(content)


__all__ = ["skim"]
