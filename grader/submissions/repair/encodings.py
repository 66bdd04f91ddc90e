"""Decode the bytes of a submission, in whatever encoding it was saved. Pure.

UTF-8, -16 and -32 with and without a byte order mark, Windows' and Latin-1, and
"mojibake": UTF-8 that was once read as Windows' encoding and saved again.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence

_CHUNK = 1 << 20
_WINDOWS = "cp1252"
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# A run of characters that may be bytes of UTF-8, each read as one character.
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_MOST_TIMES = 3
_MOJIBAKE = re.compile("[Â-ô][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")


def as_utf_8(content: bytes) -> bytes:
    """Return UTF-16 and UTF-32 as UTF-8, and everything else unchanged.

    It is decoded in pieces: the text of a large file may take four bytes a character.
    """
    encoding = json.detect_encoding(content)
    if encoding in ("utf-8", "utf-8-sig"):
        return content
    reader = codecs.getincrementaldecoder(encoding)("replace")
    converted = bytearray()
    for start in range(0, len(content), _CHUNK):
        piece = reader.decode(content[start : start + _CHUNK])
        converted += piece.encode("utf-8", "replace")
    return bytes(converted + reader.decode(b"", final=True).encode("utf-8", "replace"))


def decode(content: bytes, notes: list[str]) -> str:
    """Return the text, without the zeros that a crash while saving leaves at its end.

    Parameters
    ----------
    content
        UTF-8, or what claims to be.
    notes
        Gets a sentence for the student if characters were lost or guessed.
    """
    text = _decode(content, notes)
    return text.removeprefix("\ufeff").removeprefix("ï»¿").rstrip("\0 \t\r\n")


def _decode(content: bytes, notes: list[str]) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _VALID.search(content) is None:
        notes.append("the file is not UTF-8; it was read as Windows-1252 (Latin-1)")
        return _from_windows(content)
    notes.append(
        "some characters of the file could not be read (they are not UTF-8); "
        "they were replaced"
    )
    return content.decode("utf-8", "replace")


def _from_windows(content: bytes) -> str:
    try:
        return content.decode(_WINDOWS)
    except UnicodeDecodeError:
        return content.decode("latin-1")


def ungarbled(texts: Sequence[str], notes: list[str]) -> list[str]:
    """Undo mojibake in all texts of a file, if it is there without doubt.

    Parameters
    ----------
    texts
        All texts of one file. If one of them cannot be mojibake, none is changed.
    notes
        Gets a sentence for the student if texts were changed.

    Examples
    --------
    >>> ungarbled(["Â· 1", "fÃ¼r"], [])
    ['· 1', 'für']
    >>> ungarbled(["Â·", "für"], [])
    ['Â·', 'für']
    """
    repaired = list(texts)
    for _ in range(_MOST_TIMES):
        if not any(map(_MOJIBAKE.search, repaired)):
            break
        try:
            repaired = [_FOREIGN.sub(_reread, text) for text in repaired]
        except (UnicodeError, ValueError):
            break
    if repaired != texts:
        notes.append(
            "the file's special characters were garbled (“Ã¤” for “ä”); mended"
        )
    return repaired


def _reread(run: re.Match[str]) -> str:
    return b"".join(map(_byte, run[0])).decode("utf-8")


def _byte(character: str) -> bytes:
    """Return the byte that was read as this character, as Windows or Latin-1 do."""
    try:
        return character.encode(_WINDOWS)
    except UnicodeEncodeError:
        return bytes([ord(character)])


__all__ = ["as_utf_8", "decode", "ungarbled"]
