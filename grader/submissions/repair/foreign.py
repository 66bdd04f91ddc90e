"""Recognise files that are no notebooks by how they begin, and say what to do. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_SUBMIT = "submit the .ipynb file"
_DOWNLOAD = (
    "download the notebook itself (on GitHub with “Download raw file”, in Jupyter and "
    f"Colab with File > Download), and {_SUBMIT}"
)
_LOOKED_AT = 2048


class _Kind(NamedTuple):
    """How files of a kind begin, what they are, and what the student does next."""

    begins: re.Pattern[bytes]
    what: str
    next_step: str = _SUBMIT


def _kind(begins: bytes, what: str, next_step: str = _SUBMIT) -> _Kind:
    return _Kind(re.compile(begins, re.IGNORECASE | re.DOTALL), what, next_step)


_WEB_PAGE = "a saved web page"
_BINARY = (
    _kind(rb"%PDF", "a PDF file"),
    _kind(rb"PK\x03\x04", "a zip archive or an office document"),
    _kind(rb"\xd0\xcf\x11\xe0", "an office document"),
    _kind(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP", "a picture"),
    _kind(rb"\x1f\x8b", "a gzip archive"),
    _kind(rb"7z\xbc\xaf|Rar!", "an archive"),
    _kind(rb"bplist00", _WEB_PAGE, _DOWNLOAD),
)
_TEXT = (
    _kind(
        rb"version https://(git-lfs\.github\.com|hawser\.github\.com)/spec/",
        "a Git LFS pointer (a few lines that stand for a file kept elsewhere)",
        f"run `git lfs pull`, look whether the notebook opens, and {_SUBMIT}",
    ),
    _kind(
        rb"(\.\./)*\.git/annex/objects/|/annex/objects/",
        "a git-annex pointer (a line that stands for a file kept elsewhere)",
        f"run `git annex get`, look whether the notebook opens, and {_SUBMIT}",
    ),
    _kind(rb"(<!--.{0,1000}?-->\s*)*<(!doctype html|html)\b", _WEB_PAGE, _DOWNLOAD),
    _kind(
        rb"(From: <Saved by|MIME-Version: ).{0,1000}?multipart/related",
        _WEB_PAGE,
        _DOWNLOAD,
    ),
    _kind(rb"<(?!<<<<<<)", "a web page or XML file", _DOWNLOAD),
    _kind(rb"\[InternetShortcut\]|https?://\S+\s*\Z", "a link", _DOWNLOAD),
    _kind(rb"\{\\rtf", "a text document (RTF)"),
)


def what_it_is(content: bytes) -> str:
    """Return what a file of bytes is, and the next step; "" if it may be a notebook."""
    return _first(_BINARY, content[:_LOOKED_AT])


def what_the_text_is(content: bytes) -> str:
    """Return what a text in UTF-8 is, and the next step; "" if it may be a notebook."""
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _first(_TEXT, text[:_LOOKED_AT])


def _first(kinds: tuple[_Kind, ...], start: bytes) -> str:
    for kind in kinds:
        if kind.begins.match(start):
            return f"this is {kind.what}, not a notebook; {kind.next_step}"
    return ""


__all__ = ["what_it_is", "what_the_text_is"]
