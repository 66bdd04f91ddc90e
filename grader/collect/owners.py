"""Find the owner of a file from its path, the LMS's naming, and the roster.

Pure. The outermost part of a path that names somebody decides: everything below it
was packed by the person who submitted it, who could have written any name there.
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
    reason_unsafe,
    slug,
    words,
)
from grader.collect import lms_names
from grader.collect.lms_names import Claim
from grader.notebooks.file_names import stem_of

if TYPE_CHECKING:
    from grader.collect.archives import Parts

NO_OWNER = "no owner: the path contains no student's name, ID or e-mail address"
OWNERLESS_ARCHIVE = (
    "in an archive that names no owner, while other archives name theirs"
)
_MAX_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Owner:
    """Who submitted a file.

    Attributes
    ----------
    people : tuple of Person
        One student, or the members of a group; empty if the owner is not known.
    level : int
        The index of the part of the path that names them; -1 for the source itself.
    claim : Claim or None
        What the LMS says, if it says anything.
    why : str
        Why the owner is not known.
    """

    people: tuple[Person, ...]
    level: int
    claim: Claim | None = None
    why: str = ""

    def people_with_numbers(self) -> Iterator[Person]:
        """Yield the people that an LMS named, with the numbers it uses for them."""
        hints = self.claim.label.hints if self.claim and self.people else ()
        for person, hint in zip(self.people, hints, strict=False):
            yield replace(person, numbers={**person.numbers, **_lms_number(hint)})


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the parts of a path are compared with.

    Attributes
    ----------
    roster : Roster or None
        The roster; None if the class has none: then the download's IDs are used.
    assignments : frozenset of str
        The names of the course's assignments.
    words : frozenset of str
        The names of assignments and notebooks, in the form that names compare by.
    claims : mapping
        What an LMS's list of submissions says about folders; see
        :func:`grader.collect.lms_names.claims_of`.
    pattern : re.Pattern or None
        The caller's regular expression for paths.
    shared_folders : int
        How many outer folders all files have in common.
    """

    roster: Roster | None
    assignments: frozenset[str]
    words: frozenset[str]
    claims: Mapping[Parts, Claim] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    shared_folders: int = 0


def find_owner(parts: Parts, names: KnownNames) -> Owner:
    """Return who submitted the file at `parts`.

    Parameters
    ----------
    parts
        The file's path in the download.
    names
        What the parts of the path are compared with.
    """
    if names.pattern and (claim := lms_names.by_pattern(names.pattern, parts)):
        return _owner_by_claim(claim, names.roster)
    claim = lms_names.find_claim(parts, names.claims)
    if claim is None:
        return (
            _owner_by_roster(parts, names)
            if names.roster
            else _owner_without_roster(parts, names)
        )
    if names.roster and claim.level:
        outer = _owner_by_roster(parts[: claim.level], names)
        if outer.people:
            return outer
    return _owner_by_claim(claim, names.roster)


def owner_from_source_name(name: str, names: KnownNames, nobody: Owner) -> Owner:
    """Return the student whom the name of the source means, for files without owner.

    Parameters
    ----------
    name
        The name of the source.
    names
        What the name is compared with.
    nobody
        Returned if the name means no student.
    """
    if names.roster is None:
        return nobody
    owner = _owner_by_roster((name,), names)
    return replace(owner, level=-1) if owner.people else nobody


def _owner_by_claim(claim: Claim, roster: Roster | None) -> Owner:
    """Return the people that an LMS names; nobody unless all of a group are known."""
    matches = [_resolve(hint, roster) for hint in claim.label.hints]
    people = tuple(match.person for match in matches if match.person)
    if not matches or len(people) < len(matches):
        pairs = zip(claim.label.hints, matches, strict=True)
        reasons = [_reason(hint, match) for hint, match in pairs if not match.person]
        why = "; ".join(reasons) or f"{claim.scheme.system} names nobody"
        return Owner((), claim.level, claim, why)
    return Owner(people, claim.level, claim)


def _reason(hint: Hint, match: Match) -> str:
    number = f" ({hint.system} {hint.number})" if hint.system and hint.number else ""
    texts = " / ".join(hint.texts) or "nobody"
    if match.reason == "unusable id":
        return (
            f"{texts}{number}: {hint.unlisted!r} cannot be a student's ID; give a "
            "roster with --roster"
        )
    return f"{texts}{number}: {_describe_mismatch(match)}"


def _describe_mismatch(match: Match) -> str:
    """Return in English why a name matches no student on the roster."""
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
    return " or ".join(students[:_MAX_ALTERNATIVES])


def _resolve(hint: Hint, roster: Roster | None) -> Match:
    if roster is not None:
        return roster.find(hint)
    if reason_unsafe(hint.unlisted):
        return Match(None, "unusable id")
    name = next((text for text in hint.texts if " " in text), "")
    email = next((text for text in hint.texts if "@" in text), "")
    return Match(Person(hint.unlisted, name, email, _lms_number(hint)))


def _lms_number(hint: Hint) -> dict[System, str]:
    return {hint.system: hint.number} if hint.system and hint.number else {}


def _owner_by_roster(parts: Parts, names: KnownNames) -> Owner:
    """Return the first student on the roster whom a part of the path names."""
    assert names.roster is not None
    for level, part in enumerate(parts):
        hint = _hint_in(part, names.words)
        match = names.roster.find(hint)
        if match.reason == "unknown":
            match = _find_by_github_name(part, hint, names.roster)
        if match.person:
            return Owner((match.person,), level)
        if match.reason in {"ambiguous", "contradictory"}:
            return Owner((), level, why=f"{part}: {_describe_mismatch(match)}")
    return Owner((), len(parts) - 1, why=NO_OWNER)


def _find_by_github_name(part: str, hint: Hint, roster: Roster) -> Match:
    for text in hint.texts:
        match = roster.find(Hint((), "github", text))
        if match.person:
            return match
    return roster.find_by_github_suffix(stem_of(part))


def _owner_without_roster(parts: Parts, names: KnownNames) -> Owner:
    """Take a student's ID from the path, in a class without a roster."""
    if claim := lms_names.by_folders(parts, names.assignments):
        return _owner_by_claim(claim, None)
    for level, part in enumerate(parts):
        if level < names.shared_folders:
            continue
        stem = stem_of(part)
        shortest = min(_without_assignment(stem, names.words), key=len, default="")
        is_folder = level < len(parts) - 1
        whole = stem if is_folder and not _names_the_assignment(stem, names) else ""
        for text in filter(None, (shortest, whole)):
            student = (
                text if not reason_unsafe(text) and " " not in text else slug(text)
            )
            if student and not reason_unsafe(student):
                return Owner((Person(student, text),), level)
    return Owner((), len(parts) - 1, why=f"{NO_OWNER}; give a roster with --roster")


def _hint_in(part: str, assignment_words: frozenset[str]) -> Hint:
    """Return the texts in a folder's or file's name that may mean its owner.

    These are the name as it is, e-mail addresses in it, and what is left without the
    assignment's name, as in ``02_convolutions - Ada Lovelace``.
    """
    stem = stem_of(part)
    texts = [part, stem, *addresses(part), *_without_assignment(stem, assignment_words)]
    return Hint(tuple(dict.fromkeys(text for text in texts if text)))


def _without_assignment(stem: str, assignment_words: frozenset[str]) -> Iterator[str]:
    """Yield `stem` without an assignment's name at its start or end."""
    folded = re.sub(r"[\W_]", " ", stem.casefold())
    for name in assignment_words:
        if folded.startswith(f"{name} "):
            yield stem[len(name) + 1 :].strip(" -_")
        if folded.endswith(f" {name}"):
            yield stem[: -len(name) - 1].strip(" -_")


def _names_the_assignment(stem: str, names: KnownNames) -> bool:
    return " ".join(words(stem)) in names.words


def shared_folders(paths: Iterable[Parts]) -> int:
    """Count the outer folders that all files have in common.

    The folder of a single student does not count: it may be all that names them.
    """
    all_paths = list(paths)
    if not all_paths:
        return 0
    first, last = min(all_paths), max(all_paths)
    most = min(len(path) for path in all_paths) - 1
    count = 0
    while count < most and first[count] == last[count]:
        count += 1
    return count if len({path[count] for path in all_paths}) > 1 else 0


def without_ownerless_archives(
    paths: Sequence[tuple[Parts, tuple[int, ...]]], owners: Sequence[Owner]
) -> list[Owner]:
    """Drop the owners of files in an ownerless archive beside archives with owners.

    Whoever packed such an archive could have put anybody's name into it.

    Parameters
    ----------
    paths
        Each file's path, and the indexes of the parts that are archives.
    owners
        The owner of each file.

    Returns
    -------
    list of Owner
        The owner of each file; nobody, with a reason, for files in such archives.
    """
    folders = {
        parts[: owner.level]
        for (parts, _), owner in zip(paths, owners, strict=True)
        if owner.people
    }
    return [
        replace(owner, people=(), why=OWNERLESS_ARCHIVE)
        if any(at < owner.level and parts[:at] in folders for at in archives)
        else owner
        for (parts, archives), owner in zip(paths, owners, strict=True)
    ]


__all__ = [
    "NO_OWNER",
    "OWNERLESS_ARCHIVE",
    "KnownNames",
    "Owner",
    "find_owner",
    "owner_from_source_name",
    "shared_folders",
    "without_ownerless_archives",
]
