"""Find the student whom a name, an e-mail address or a number means.

Pure. :mod:`grader.classroom.names` says in which forms names are compared. They must be
equal, or be whole words of a longer name; see :meth:`Roster.find_inside`. If two
students could be meant, no student is found.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from grader.classroom.names import name_keys, search_keys
from grader.classroom.names_inside import NamesInside

System = Literal["moodle", "canvas", "gradescope", "github", "brightspace", "ilias"]
IndexKey = TypeVar("IndexKey", bound=Hashable)
SYSTEMS: tuple[System, ...] = get_args(System)


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
        self._inside = NamesInside(self.people)
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
        return self._only(students)

    def find_inside(
        self, text: str, without: Collection[str] = (), *, single: bool = True
    ) -> Match:
        """Return the student whom a part of `text` names: ``hw1 - Ada King (late)``.

        Parameters
        ----------
        text
            The name of a folder or a file.
        without
            Words that name something else; see
            :meth:`grader.classroom.names_inside.NamesInside.find`.
        single
            Whether one word is enough.
        """
        return self._only(self._inside.find(text, without, single=single))

    def _only(self, students: Collection[str]) -> Match:
        if not students:
            return Match(None, "unknown")
        if len(students) > 1:
            return Match(None, "ambiguous", _sorted(students))
        return Match(self._by_id[next(iter(students))])

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


__all__ = [
    "SYSTEMS",
    "Hint",
    "Match",
    "Person",
    "Reason",
    "Roster",
    "System",
]
