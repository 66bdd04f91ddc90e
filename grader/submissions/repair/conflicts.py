"""Separate the versions of a text between merge-conflict markers. Pure.

They are left by git in a file, and by nbdime in the source of a cell.

::

    <<<<<<< HEAD              nbdime puts the same markers into the source of a cell,
    one version               so that the file stays a valid notebook
    ||||||| base              (only if git was asked for it)
    =======
    the other version
    >>>>>>> branch
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_MOST_MIXED = 4  # with more conflicts, not every mixture of sides is tried
_CONFLICT = re.compile(
    rb"^<{7}(?: [^\n]*)?\n"
    rb"(?P<one>(?:(?!<{7}|={7}|>{7}|\|{7})[^\n]*\n)*+)"
    rb"(?:\|{7}(?: [^\n]*)?\n(?:(?!={7}|>{7})[^\n]*\n)*+)?"
    rb"={7}[ \t\r]*\n"
    rb"(?P<two>(?:(?!<{7}|>{7})[^\n]*\n)*+)"
    rb">{7}(?: [^\n]*)?(?:\n|\Z)",
    re.MULTILINE,
)
_MARKER = re.compile(rb"^(?:<{7}|={7}|>{7})(?:[ \r\n]|\Z)", re.MULTILINE)
_STRAY = re.compile(rb"^(?:<{7}|={7}|>{7}|\|{7})(?: [^\n]*|\r)?(?:\n|\Z)", re.MULTILINE)


def marked(content: bytes) -> bool:
    """Say whether a line is a conflict marker; none is in a notebook's JSON."""
    return _MARKER.search(content) is not None


def line_of_marker(content: bytes) -> int:
    """Return the line of the first conflict marker, from 1; 0 if there is none."""
    marker = _MARKER.search(content)
    return 0 if marker is None else content.count(b"\n", 0, marker.start()) + 1


def versions(content: bytes) -> Iterator[bytes]:
    r"""Yield the versions that the markers separate, that of the first sides first.

    With few conflicts, every mixture of sides is a version; with many there are two,
    all first sides and all second ones. Markers that do not pair up are removed.

    Examples
    --------
    >>> list(versions(b"<<<<<<< a\n1\n=======\n2\n>>>>>>> b\nc"))
    [b'1\nc', b'2\nc']
    """
    count = sum(1 for _ in _CONFLICT.finditer(content))
    repeat = count if count <= _MOST_MIXED else 1
    for sides in itertools.product(("one", "two"), repeat=repeat):
        yield _chosen(content, sides if repeat == count else sides * count)


def _chosen(content: bytes, sides: tuple[str, ...]) -> bytes:
    left = iter(sides)
    chosen = _CONFLICT.sub(lambda conflict: conflict[next(left)], content)
    return _STRAY.sub(b"", chosen)


__all__ = ["line_of_marker", "marked", "versions"]
