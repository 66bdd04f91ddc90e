"""Find the student whom a name, an e-mail address or a number means.

Pure. Names are compared after folding, so that case, accents, punctuation and the order
of names do not matter; folded names must be equal. If two students could be meant, no
student is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

System = Literal["moodle", "canvas", "gradescope", "github"]
IndexKey = TypeVar("IndexKey", bound=Hashable)
SYSTEMS: tuple[System, ...] = get_args(System)

MAX_ID_BYTES = 100
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Person:
    """A student.

    Attributes
    ----------
    id : str
        The student's ID, which also names folders.
    name, email : str
        Name and e-mail address; empty if not known.
    numbers : mapping
        The number or user name that each LMS uses for the student.
    aliases : tuple of str
        Other names, from roster columns whose names are not known.
    submitted : str
        The time of the last submission, as Moodle's grading worksheet writes it.
    """

    id: str
    name: str = ""
    email: str = ""
    numbers: Mapping[System, str] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()
    submitted: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a file's name or an LMS says about who submitted a file.

    Attributes
    ----------
    texts : tuple of str
        IDs, names or e-mail addresses; any of them may be the student's.
    system : System or None
        The LMS that gave `number`.
    number : str
        The number or user name that the LMS uses for the student.
    unlisted : str
        The student's ID in a class without a roster.
    """

    texts: tuple[str, ...] = ()
    system: System | None = None
    number: str = ""
    unlisted: str = ""


Reason = Literal["unknown", "ambiguous", "contradictory", "unusable id"]
"""Why no student is found: none fits, several do, or number and name disagree.

"unusable id" occurs in a class without a roster, where IDs come from the download.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """The student whom a hint means, or the reason why none is found.

    Attributes
    ----------
    person : Person or None
        The student.
    reason : Reason or None
        Why no student is found; None if one is.
    candidates : tuple of str
        IDs of the students who could be meant; by number, if "contradictory".
    others : tuple of str
        If "contradictory", IDs of the students who could be meant by name.
    """

    person: Person | None
    reason: Reason | None = None
    candidates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Roster:
    """The students of a class, with indexes of their IDs, names and numbers."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._numbers: dict[tuple[str, str], set[str]] = {}
        self._exact: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        self._by_id = {person.id: person for person in self.people}
        for person in self.people:
            self._index(person)

    def __len__(self) -> int:
        return len(self.people)

    def __contains__(self, student: str) -> bool:
        return student in self._by_id

    def _index(self, person: Person) -> None:
        for system, number in person.numbers.items():
            _add_to_index(self._numbers, (system, number.casefold()), person)
        for text in _exact_keys(person):
            _add_to_index(self._exact, text, person)
        for text in (person.name, *person.aliases):
            for key in name_keys(text):
                _add_to_index(self._names, key, person)

    def find(self, hint: Hint) -> Match:
        """Return the student whom a hint means.

        The LMS's number counts most, then IDs and e-mail addresses, then names. If they
        mean different students, none is found.
        """
        candidates = [students for students in self._candidates(hint) if students]
        if not candidates:
            return Match(None, "unknown")
        first, *rest = candidates
        if len(first) > 1:
            return Match(None, "ambiguous", _sorted(first))
        if any(first.isdisjoint(other) for other in rest):
            others = set().union(*rest) - first
            return Match(None, "contradictory", _sorted(first), _sorted(others))
        return Match(self._by_id[next(iter(first))])

    def find_by_github_suffix(self, text: str) -> Match:
        """Return the student with whose GitHub name `text` ends: ``lab-username``."""
        students = {
            person.id
            for person in self.people
            if (name := person.numbers.get("github"))
            and text.casefold().endswith(f"-{name.casefold()}")
        }
        if len(students) == 1:
            return Match(self._by_id[students.pop()])
        if students:
            return Match(None, "ambiguous", _sorted(students))
        return Match(None, "unknown")

    def _candidates(self, hint: Hint) -> Iterator[set[str]]:
        """Yield the IDs of students who could be meant, by number, ID and name."""
        if hint.system:
            key = (hint.system, hint.number.casefold())
            yield self._numbers.get(key, set())
        yield _union(self._exact, (text.strip().casefold() for text in hint.texts))
        yield _union(self._names, (k for text in hint.texts for k in search_keys(text)))


def _add_to_index(
    index: dict[IndexKey, set[str]], key: IndexKey, person: Person
) -> None:
    index.setdefault(key, set()).add(person.id)


def _union(index: Mapping[str, set[str]], keys: Iterable[str]) -> set[str]:
    return set().union(*(index.get(key, set()) for key in keys if key))


def _sorted(students: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(students))


def _exact_keys(person: Person) -> Iterator[str]:
    yield person.id.casefold()
    if person.email:
        yield person.email.casefold()
        yield person.email.casefold().partition("@")[0]
    yield from (alias.casefold() for alias in person.aliases)


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


def name_keys(text: str) -> set[str]:
    """Return all keys under which a name is indexed; see :func:`search_keys`.

    One has the sorted words of the name; the others have its words run together, each
    word first in turn, because Canvas writes names like that.
    """
    parts = words(text)
    if not parts:
        return set()
    rotated = {"".join(parts[at:] + parts[:at]) for at in range(len(parts))}
    return {" ".join(sorted(parts)), *rotated}


def search_keys(text: str) -> set[str]:
    """Return the keys to look `text` up in the index of names."""
    parts = words(text)
    return {" ".join(sorted(parts)), "".join(parts)} if parts else set()


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
    "SYSTEMS",
    "Hint",
    "Match",
    "Person",
    "Reason",
    "Roster",
    "System",
    "addresses",
    "fold",
    "name_keys",
    "reason_unsafe",
    "search_keys",
    "slug",
    "words",
]
