"""Find the student who is meant by a name, an address or a number.

Pure. A match is exact after folding: case, accents, punctuation and the order of
names do not matter, and nothing is guessed. If two students could be meant,
nobody is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

System = Literal["moodle", "canvas", "gradescope", "github"]
Key = TypeVar("Key", bound=Hashable)
SYSTEMS: tuple[System, ...] = get_args(System)

LONGEST_ID = 100
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Person:
    """A student. ``id`` names folders; ``numbers`` are what an LMS calls them.

    ``aliases`` are other names, from columns that mean nothing else to us.
    """

    id: str
    name: str = ""
    email: str = ""
    numbers: Mapping[System, str] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()
    submitted: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a file's name or an LMS says about who submitted it.

    ``texts`` are ids, names or addresses of which each may be right; a ``number``
    counts only in its own ``system``. ``unlisted`` is the id for a class without a
    roster.
    """

    texts: tuple[str, ...] = ()
    system: System | None = None
    number: str = ""
    unlisted: str = ""


Reason = Literal["unknown", "ambiguous", "contradictory", "unusable id"]
"""Why nobody is meant: no student fits, several do, or number and name disagree.

"unusable id" is for a class without a roster, where ids come from the download.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant: one person, or nobody for a reason.

    Attributes
    ----------
    person : Person or None
        The student who is meant.
    reason : Reason or None
        Why nobody is meant; None if somebody is.
    candidates : tuple of str
        Ids of the students who could be meant: by number, if "contradictory".
    others : tuple of str
        If "contradictory", ids of the students who could be meant by name.
    """

    person: Person | None
    reason: Reason | None = None
    candidates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Roster:
    """The students of a class, and how they may be called."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._numbers: dict[tuple[str, str], set[str]] = {}
        self._exact: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        self._by_id = {person.id: person for person in self.people}
        for person in self.people:
            self._learn(person)

    def __len__(self) -> int:
        return len(self.people)

    def __contains__(self, student: str) -> bool:
        return student in self._by_id

    def _learn(self, person: Person) -> None:
        for system, number in person.numbers.items():
            _add(self._numbers, (system, number.casefold()), person)
        for text in _exact_keys(person):
            _add(self._exact, text, person)
        for text in (person.name, *person.aliases):
            for key in name_keys(text):
                _add(self._names, key, person)

    def find(self, hint: Hint) -> Match:
        """Say who is meant.

        A number that the LMS gave counts most, then ids and addresses, then names;
        if a number and a name mean different people, nobody is meant.
        """
        found = [each for each in self._candidates(hint) if each]
        if not found:
            return Match(None, "unknown")
        first = found[0]
        if len(first) > 1:
            return Match(None, "ambiguous", _sorted(first))
        if any(first.isdisjoint(other) for other in found[1:]):
            others = {each for other in found[1:] for each in other} - first
            return Match(None, "contradictory", _sorted(first), _sorted(others))
        return Match(self._by_id[next(iter(first))])

    def ending(self, text: str) -> Match:
        """Say whose GitHub name `text` ends with, as in ``assignment-username``."""
        found = {
            person.id
            for person in self.people
            if (name := person.numbers.get("github"))
            and text.casefold().endswith(f"-{name.casefold()}")
        }
        if len(found) == 1:
            return Match(self._by_id[found.pop()])
        if found:
            return Match(None, "ambiguous", _sorted(found))
        return Match(None, "unknown")

    def _candidates(self, hint: Hint) -> Iterator[set[str]]:
        """Yield who may be meant, the surest way first."""
        if hint.system:
            key = (hint.system, hint.number.casefold())
            yield self._numbers.get(key, set())
        yield _union(self._exact, (text.strip().casefold() for text in hint.texts))
        yield _union(self._names, (k for text in hint.texts for k in spoken(text)))


def _add(index: dict[Key, set[str]], key: Key, person: Person) -> None:
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
    """Return `text` without case, accents and what is written differently.

    Examples
    --------
    >>> fold("Æsa  Müller-Łukasz")
    'aesa  muller-lukasz'
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Return the words of `text`, folded: letters and digits only."""
    return _WORD.findall(fold(text).replace("_", " "))


def name_keys(text: str) -> set[str]:
    """Return every way in which a name may be written, as :func:`spoken` has it.

    In any order with blanks between; or run together, family name first or last,
    as Canvas does.
    """
    parts = words(text)
    if not parts:
        return set()
    rotated = {"".join(parts[at:] + parts[:at]) for at in range(len(parts))}
    return {" ".join(sorted(parts)), *rotated}


def spoken(text: str) -> set[str]:
    """Return the keys under which `text` is looked for among the names."""
    parts = words(text)
    return {" ".join(sorted(parts)), "".join(parts)} if parts else set()


def addresses(text: str) -> list[str]:
    """Return the e-mail addresses in `text`."""
    return [match[0] for match in _ADDRESS.finditer(text)]


def slug(text: str) -> str:
    """Return an id made of `text`: plain letters and digits, joined by hyphens.

    Examples
    --------
    >>> slug("Zoë O'Neill")
    'zoe-o-neill'
    """
    return "-".join(words(text))[:LONGEST_ID]


def unsafe(student: str) -> str:
    """Say why an id cannot name a folder; "" if it can."""
    if not student or student[0] in ".-=+@" or student != student.strip():
        return "is empty, begins with one of . - = + @, or has a blank at an end"
    if re.search(r"[/\\\0]", student) or not student.isprintable():
        return "holds '/', '\\' or what cannot be printed"
    if len(student.encode("utf-8", "replace")) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} bytes"
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
    "slug",
    "spoken",
    "unsafe",
    "words",
]
