"""Whose file it is: what systems and names say, held against the roster.

Pure. The outermost part of a path that names somebody decides, because what lies
deeper was packed by whoever handed it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.classroom.roster import (
    Hint,
    Match,
    Person,
    Roster,
    System,
    slug,
    unsafe,
    words,
)
from grader.collect import lms_names
from grader.collect.lms_names import Claim

if TYPE_CHECKING:
    import re

    from grader.collect.archives import Parts

NOBODY = "whose? Neither a system's naming nor a student's name, id or address is in it"
UNSIGNED = "in an archive with nobody's name on it, beside others that have one"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who submitted a file: several people if a group did, none if ``why`` says so.

    ``level`` is the index of the path's part that says it, -1 for the source itself.
    """

    people: tuple[Person, ...]
    level: int
    claim: Claim | None = None
    why: str = ""

    def as_numbered(self) -> Iterator[Person]:
        """Yield the people that an LMS named, with the numbers it gave them."""
        hints = self.claim.hints if self.claim and self.people else ()
        for person, hint in zip(self.people, hints, strict=False):
            yield replace(person, numbers={**person.numbers, **_numbers(hint)})


@dataclass(frozen=True, slots=True)
class Names:
    """What names are held against.

    ``roster`` is None in a class without one; ids are then what the download says.
    ``shared`` is how many outer folders all files have in common.
    """

    roster: Roster | None
    assignments: frozenset[str]
    words: frozenset[str]
    metadata: Mapping[Parts, Claim] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    shared: int = 0


def owner(parts: Parts, names: Names) -> Owner:
    """Say who handed in the file at `parts`."""
    if names.pattern and (claim := lms_names.custom(names.pattern, parts)):
        return _claimed(claim, names.roster)
    claim = lms_names.claim(parts, names.metadata)
    if claim is None:
        return _named(parts, names) if names.roster else _unlisted(parts, names)
    if names.roster and claim.level:
        outer = _named(parts[: claim.level], names)
        if outer.people:
            return outer
    return _claimed(claim, names.roster)


def of_source(name: str, names: Names, nobody: Owner) -> Owner:
    """Say who is meant by the name of a whole source in which nobody else is named."""
    if names.roster is None:
        return nobody
    found = _named((name,), names)
    return replace(found, level=-1) if found.people else nobody


def _claimed(claim: Claim, roster: Roster | None) -> Owner:
    """Resolve what a system says; a group counts only if all its members do."""
    matches = [_resolve(hint, roster) for hint in claim.hints]
    people = tuple(match.person for match in matches if match.person)
    if not matches or len(people) < len(matches):
        missing = zip(claim.hints, matches, strict=True)
        reasons = [_reason(hint, each) for hint, each in missing if not each.person]
        why = "; ".join(reasons) or f"{claim.scheme} names nobody"
        return Owner((), claim.level, claim, why)
    return Owner(people, claim.level, claim)


def _reason(hint: Hint, match: Match) -> str:
    number = f" ({hint.system} {hint.number})" if hint.system and hint.number else ""
    return f"{' / '.join(hint.texts) or 'nobody'}{number}: {match.why}"


def _resolve(hint: Hint, roster: Roster | None) -> Match:
    if roster is not None:
        return roster.find(hint)
    if unsafe(hint.unlisted):
        return Match(None, f"{hint.unlisted!r} cannot be an id; give a roster")
    name = next((text for text in hint.texts if " " in text), "")
    email = next((text for text in hint.texts if "@" in text), "")
    return Match(Person(hint.unlisted, name, email, _numbers(hint)))


def _numbers(hint: Hint) -> dict[System, str]:
    return {hint.system: hint.number} if hint.system and hint.number else {}


def _named(parts: Parts, names: Names) -> Owner:
    """Look for somebody of the roster in a path's parts, the outermost first."""
    assert names.roster is not None
    for level, part in enumerate(parts):
        hint = lms_names.hints_in(part, names.words)
        match = names.roster.find(hint)
        if match.person is None and match.why.startswith("not "):
            match = _on_github(part, hint, names.roster)
        if match.person:
            return Owner((match.person,), level)
        if match.why.startswith("could"):
            return Owner((), level, why=f"{part}: {match.why}")
    return Owner((), len(parts) - 1, why=NOBODY)


def _on_github(part: str, hint: Hint, roster: Roster) -> Match:
    for text in hint.texts:
        match = roster.find(Hint((), "github", text))
        if match.person:
            return match
    return roster.ending(lms_names.stem_of(part))


def _unlisted(parts: Parts, names: Names) -> Owner:
    """Take ids from folders' and files' names, where there is no roster."""
    if claim := lms_names.by_layout(parts, names.assignments):
        return _claimed(claim, None)
    for level, part in enumerate(parts):
        if level < names.shared:
            continue
        stem = lms_names.stem_of(part)
        rest = next(iter(sorted(lms_names.rests(stem, names.words), key=len)), "")
        whole = stem if level < len(parts) - 1 and not _is_known(stem, names) else ""
        for text in filter(None, (rest, whole)):
            student = text if not unsafe(text) and " " not in text else slug(text)
            if student and not unsafe(student):
                return Owner((Person(student, text),), level)
    return Owner((), len(parts) - 1, why=f"{NOBODY}; give a roster with --roster")


def _is_known(stem: str, names: Names) -> bool:
    return " ".join(words(stem)) in names.words


def shared_folders(paths: Iterable[Parts]) -> int:
    """Count the outer folders that all of `paths` lie in, if there are several."""
    several = list(paths)
    if not several:
        return 0
    first, last = min(several), max(several)
    most = min(len(path) for path in several) - 1
    count = 0
    while count < most and first[count] == last[count]:
        count += 1
    # A single student's folder is no wrapper: it is all there is to go by.
    return count if len({path[count] for path in several}) > 1 else 0


def unsigned(
    paths: Sequence[tuple[Parts, tuple[int, ...]]], owners: Sequence[Owner]
) -> list[bool]:
    """Say which files lie in an archive without a name beside archives with one.

    Whoever packed such an archive could have put anybody's name into it.
    """
    signed = {
        parts[: owner.level]
        for (parts, _), owner in zip(paths, owners, strict=True)
        if owner.people
    }
    return [
        any(at < owner.level and parts[:at] in signed for at in archives)
        for (parts, archives), owner in zip(paths, owners, strict=True)
    ]


__all__ = [
    "NOBODY",
    "UNSIGNED",
    "Names",
    "Owner",
    "owner",
    "shared_folders",
    "unsigned",
]
