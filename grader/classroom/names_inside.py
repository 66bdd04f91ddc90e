"""Find the students whose names, IDs or addresses are part of a longer name.

Pure. Only whole words count, so that "Ann" is not found in "Joanne". Where one name
contains another, as "Ana María Cruz" contains "Ana María", the longer one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from grader.classroom.names import run_together, spellings, words

if TYPE_CHECKING:
    from grader.classroom.roster import Person

_MOST_WORDS = 200
"""Most words of one name that are compared, so that no name takes long."""

_LEAST_WORD = 3
_LEAST_DIGITS = 4
_LEAST_RUN_TOGETHER = 6
_YEAR = re.compile(r"(?:19|20)\d\d")
# One word that many file names hold for another reason is nobody's ID there.
_COMMON = frozenset(
    "answer answers assignment attempt class copy course draft exercise file files "
    "final finished group homework hw ipynb lab last late new notebook old part "
    "project question re resubmission resubmitted sheet solution solutions student "
    "submission submissions submitted task team test upload ver version week work zip "
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march "
    "april june july august september october november december "
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)


class _Found(NamedTuple):
    """Where in a text students are named: from one word to another, and who."""

    start: int
    end: int
    students: frozenset[str]


class NamesInside:
    """An index of the names of a class, for finding them in longer names.

    Parameters
    ----------
    people
        The students.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._names: dict[tuple[str, ...], set[str]] = {}
        self._single: dict[str, set[str]] = {}
        for person in people:
            for name in (person.name, *person.aliases):
                self._add_name(name, person.id)
            for text in (person.id, person.email, person.email.partition("@")[0]):
                self._add_phrase(words(text), person.id)
        self._lengths = sorted({len(key) for key in self._names}, reverse=True)

    def _add_name(self, name: str, student: str) -> None:
        for parts in spellings(name):
            self._add_phrase(sorted(parts), student)
            if len(parts) > 1:
                for whole in run_together(parts):
                    if len(whole) >= _LEAST_RUN_TOGETHER or not whole.isascii():
                        self._names.setdefault((whole,), set()).add(student)

    def _add_phrase(self, parts: list[str], student: str) -> None:
        if len(parts) == 1 and _is_telling(parts[0]):
            self._single.setdefault(parts[0], set()).add(student)
        elif len(parts) > 1 and any(not part.isdigit() for part in parts):
            self._names.setdefault(tuple(sorted(parts)), set()).add(student)

    def find(
        self, text: str, without: Collection[str] = (), *, single: bool = True
    ) -> set[str]:
        """Return the IDs of the students whom a part of `text` names.

        Parameters
        ----------
        text
            The name of a folder or a file.
        without
            Words that name something else, such as an assignment, in the form of
            :func:`grader.classroom.names.words`, joined by blanks.
        single
            Whether one word is enough. If not, only names of several words and e-mail
            addresses count.
        """
        found: list[_Found] = []
        for parts in spellings(text):
            kept = _masked(parts[:_MOST_WORDS], without)
            found += self._phrases(kept)
            if single:
                found += self._words(kept)
        widest = [one for one in found if not any(_inside(one, two) for two in found)]
        return set().union(*(one.students for one in widest))

    def _phrases(self, parts: list[str]) -> Iterator[_Found]:
        for length in self._lengths:
            for start in range(len(parts) - length + 1):
                key = tuple(sorted(parts[start : start + length]))
                if students := self._names.get(key):
                    yield _Found(start, start + length, frozenset(students))

    def _words(self, parts: list[str]) -> Iterator[_Found]:
        """Yield the IDs among the words.

        An ID of letters only, such as "ada", may be somebody's first name. It counts
        only if no other word could be the rest of that name.
        """
        plain = all(part in self._single or _means_nobody(part) for part in parts)
        for at, word in enumerate(parts):
            students = self._single.get(word)
            if students and (plain or not word.isalpha()):
                yield _Found(at, at + 1, frozenset(students))


def _is_telling(word: str) -> bool:
    """Say whether one word is enough to mean a student inside a longer name."""
    if word.isdigit():
        return len(word) >= _LEAST_DIGITS and not _YEAR.fullmatch(word)
    return word not in _COMMON and (len(word) >= _LEAST_WORD or not word.isascii())


def _means_nobody(word: str) -> bool:
    """Say whether a word cannot be part of a person's name."""
    return word in _COMMON or not word.isalpha()


def _inside(one: _Found, two: _Found) -> bool:
    """Say whether one name is only a part of another."""
    within = two.start <= one.start and one.end <= two.end
    return within and two.end - two.start > one.end - one.start


def _masked(parts: list[str], without: Collection[str]) -> list[str]:
    """Return the words, with "" in place of those that name something else."""
    kept = list(parts)
    for other in sorted(without, key=len, reverse=True):
        name = other.split()
        for start in range(len(parts) - len(name) + 1):
            if name and kept[start : start + len(name)] == name:
                kept[start : start + len(name)] = [""] * len(name)
    return kept


__all__ = ["NamesInside"]
