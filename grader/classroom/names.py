"""Compare names of people in all the forms in which they are written.

Pure. Case, accents, punctuation and the order of names do not matter, and ``ü`` may be
written ``u`` or ``ue``.
"""

from __future__ import annotations

import re
import unicodedata

MAX_ID_BYTES = 100
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# As German, Danish and Swedish passports and user names spell them.
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, and with plain letters.

    Examples
    --------
    >>> fold("Æsa  Müller-Łukasz")
    'aesa  muller-lukasz'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Return the words of `text`, folded: letters and digits only."""
    return _WORD.findall(fold(text).replace("_", " "))


def spellings(text: str) -> list[list[str]]:
    """Return the words of `text` in each way to spell them without accents.

    Examples
    --------
    >>> spellings("Jörg Müller")
    [['jorg', 'muller'], ['joerg', 'mueller']]
    """
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    plain, other = words(text), words(spelt)
    return [plain] if other == plain else [plain, other]


def name_keys(text: str) -> set[str]:
    """Return the keys under which the index holds a name; see :func:`search_keys`.

    One has the sorted words of the name; the others have its words run together, each
    word first in turn, because Canvas writes names like that.
    """
    return {
        key
        for parts in spellings(text)
        if parts
        for key in (" ".join(sorted(parts)), *run_together(parts))
    }


def run_together(parts: list[str]) -> set[str]:
    """Return the words run together, each of them first in turn."""
    return {"".join(parts[at:] + parts[:at]) for at in range(len(parts))}


def search_keys(text: str) -> set[str]:
    """Return the keys to look `text` up in the index of names."""
    both = [parts for parts in spellings(text) if parts]
    return {key for parts in both for key in (" ".join(sorted(parts)), "".join(parts))}


def addresses(text: str) -> list[str]:
    """Return the e-mail addresses in `text`."""
    return [match[0] for match in _ADDRESS.finditer(text)]


def slug(text: str) -> str:
    """Return an ID made from `text`: plain letters and digits, joined by hyphens.

    Examples
    --------
    >>> slug("Zoë O'Neill")
    'zoe-o-neill'
    """
    return "-".join(words(text))[:MAX_ID_BYTES]


def reason_unsafe(student: str) -> str:
    """Return why an ID cannot name a folder, "" if it can."""
    if not student or student[0] in ".-=+@" or student != student.strip():
        return "is empty, begins with one of . - = + @, or begins or ends with a blank"
    if re.search(r"[/\\\0]", student) or not student.isprintable():
        return "contains '/', '\\' or a character that cannot be printed"
    if len(student.encode("utf-8", "replace")) > MAX_ID_BYTES:
        return f"is longer than {MAX_ID_BYTES} bytes"
    return ""


__all__ = [
    "MAX_ID_BYTES",
    "addresses",
    "fold",
    "name_keys",
    "reason_unsafe",
    "run_together",
    "search_keys",
    "slug",
    "spellings",
    "words",
]
