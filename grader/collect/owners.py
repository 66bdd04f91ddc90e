"""Find the owner of a file: what systems and names say, held against the roster.

Pure. The outermost part of a path that names somebody decides, because what lies
deeper was packed by the person who submitted it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.classroom.roster import (
    Hint,
    Match,
    Person,
    Roster,
    System,
    addresses,
    slug,
    unsafe,
    words,
)
from grader.collect import lms_names
from grader.collect.lms_names import Claim
from grader.notebooks.file_names import stem_of

if TYPE_CHECKING:
    from grader.collect.archives import Parts

NOBODY = "no owner: the path contains no student's name, ID or e-mail address"
UNSIGNED = "in an archive that names no owner, while other archives name theirs"
_MOST_NAMED = 4


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
        hints = self.claim.label.hints if self.claim and self.people else ()
        for person, hint in zip(self.people, hints, strict=False):
            yield replace(person, numbers={**person.numbers, **_numbers(hint)})


@dataclass(frozen=True, slots=True)
class Names:
    """What names are held against.

    Attributes
    ----------
    roster : Roster or None
        None in a class without one; ids are then what the download says.
    assignments : frozenset of str
        The names of the course's assignments.
    words : frozenset of str
        What assignments and notebooks are called, folded.
    listed : mapping
        What lists of submissions in the download say; see
        :func:`grader.collect.lms_names.claims_of`.
    pattern : re.Pattern or None
        The caller's regular expression for paths.
    shared : int
        How many outer folders all files have in common.
    """

    roster: Roster | None
    assignments: frozenset[str]
    words: frozenset[str]
    listed: Mapping[Parts, Claim] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    shared: int = 0


def owner(parts: Parts, names: Names) -> Owner:
    """Say who submitted the file at `parts`.

    Parameters
    ----------
    parts
        Where the file lay in the download.
    names
        What names are held against.
    """
    if names.pattern and (claim := lms_names.by_pattern(names.pattern, parts)):
        return _claimed(claim, names.roster)
    claim = lms_names.claim(parts, names.listed)
    if claim is None:
        return _named(parts, names) if names.roster else _unlisted(parts, names)
    if names.roster and claim.level:
        outer = _named(parts[: claim.level], names)
        if outer.people:
            return outer
    return _claimed(claim, names.roster)


def of_source(name: str, names: Names, nobody: Owner) -> Owner:
    """Say who is meant by the name of a whole source in which nobody else is named.

    Parameters
    ----------
    name
        What the source is called.
    names
        What names are held against.
    nobody
        Returned if the name means nobody.
    """
    if names.roster is None:
        return nobody
    found = _named((name,), names)
    return replace(found, level=-1) if found.people else nobody


def _claimed(claim: Claim, roster: Roster | None) -> Owner:
    """Resolve what a system says; a group counts only if all its members do."""
    matches = [_resolve(hint, roster) for hint in claim.label.hints]
    people = tuple(match.person for match in matches if match.person)
    if not matches or len(people) < len(matches):
        missing = zip(claim.label.hints, matches, strict=True)
        reasons = [_reason(hint, each) for hint, each in missing if not each.person]
        why = "; ".join(reasons) or f"{claim.scheme.system} names nobody"
        return Owner((), claim.level, claim, why)
    return Owner(people, claim.level, claim)


def _reason(hint: Hint, match: Match) -> str:
    number = f" ({hint.system} {hint.number})" if hint.system and hint.number else ""
    said = " / ".join(hint.texts) or "nobody"
    if match.reason == "unusable id":
        return f"{said}{number}: {hint.unlisted!r} cannot be an id; give a roster"
    return f"{said}{number}: {_worded(match)}"


def _worded(match: Match) -> str:
    """Say in English why nobody on the roster is meant."""
    match match.reason:
        case "ambiguous":
            return f"could be {_alternatives(match.candidates)}"
        case "contradictory":
            return (
                f"its number or ID is that of {_alternatives(match.candidates)}, its "
                f"name that of {_alternatives(match.others)}"
            )
        case _:
            return "not on the roster"


def _alternatives(students: Sequence[str]) -> str:
    return " or ".join(students[:_MOST_NAMED])


def _resolve(hint: Hint, roster: Roster | None) -> Match:
    if roster is not None:
        return roster.find(hint)
    if unsafe(hint.unlisted):
        return Match(None, "unusable id")
    name = next((text for text in hint.texts if " " in text), "")
    email = next((text for text in hint.texts if "@" in text), "")
    return Match(Person(hint.unlisted, name, email, _numbers(hint)))


def _numbers(hint: Hint) -> dict[System, str]:
    return {hint.system: hint.number} if hint.system and hint.number else {}


def _named(parts: Parts, names: Names) -> Owner:
    """Look for somebody of the roster in a path's parts, the outermost first."""
    assert names.roster is not None
    for level, part in enumerate(parts):
        hint = _hint_in(part, names.words)
        match = names.roster.find(hint)
        if match.reason == "unknown":
            match = _on_github(part, hint, names.roster)
        if match.person:
            return Owner((match.person,), level)
        if match.reason in {"ambiguous", "contradictory"}:
            return Owner((), level, why=f"{part}: {_worded(match)}")
    return Owner((), len(parts) - 1, why=NOBODY)


def _on_github(part: str, hint: Hint, roster: Roster) -> Match:
    for text in hint.texts:
        match = roster.find(Hint((), "github", text))
        if match.person:
            return match
    return roster.ending(stem_of(part))


def _unlisted(parts: Parts, names: Names) -> Owner:
    """Take ids from folders' and files' names, where there is no roster."""
    if claim := lms_names.by_folders(parts, names.assignments):
        return _claimed(claim, None)
    for level, part in enumerate(parts):
        if level < names.shared:
            continue
        stem = stem_of(part)
        rest = next(iter(sorted(_rests(stem, names.words), key=len)), "")
        whole = stem if level < len(parts) - 1 and not _is_known(stem, names) else ""
        for text in filter(None, (rest, whole)):
            student = text if not unsafe(text) and " " not in text else slug(text)
            if student and not unsafe(student):
                return Owner((Person(student, text),), level)
    return Owner((), len(parts) - 1, why=f"{NOBODY}; give a roster with --roster")


def _hint_in(part: str, assignment_words: frozenset[str]) -> Hint:
    """Return what a folder's or a file's own name may say about its owner.

    The name as it is; any address in it; and the rest without the assignment's
    words, as in ``02_convolutions - Ada Lovelace`` or ``02-convolutions-ada``.
    """
    stem = stem_of(part)
    texts = [part, stem, *addresses(part), *_rests(stem, assignment_words)]
    return Hint(tuple(dict.fromkeys(text for text in texts if text)))


def _rests(stem: str, assignment_words: frozenset[str]) -> Iterator[str]:
    """Yield `stem` without the name of an assignment at its start or end."""
    folded = re.sub(r"[\W_]", " ", stem.casefold())
    for known in assignment_words:
        if folded.startswith(f"{known} "):
            yield stem[len(known) + 1 :].strip(" -_")
        if folded.endswith(f" {known}"):
            yield stem[: -len(known) - 1].strip(" -_")


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
    """Say which files lie in an archive without an owner beside archives with one.

    The person who packed such an archive could have put anybody's name into it.

    Parameters
    ----------
    paths
        Each file's path, and the indexes of those parts that are archives.
    owners
        The owner of each file.
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
