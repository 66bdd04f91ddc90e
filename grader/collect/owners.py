"""Find the owner of a file from its path, the LMS's naming, and the roster.

Pure. The outermost part of a path that names somebody decides: everything below it
was packed by the person who submitted it, who could have written any name there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.classroom.names import addresses, reason_unsafe, slug, words
from grader.classroom.roster import Hint, Match, Person, Roster, System
from grader.collect.systems import nbgrader, table
from grader.collect.systems.scheme import Claim
from grader.notebooks.file_names import stem_of

if TYPE_CHECKING:
    from grader.collect.archives import Parts

NO_OWNER = "no owner: the path contains no student's name, ID or e-mail address"
OWNERLESS = (
    "in a folder or archive that names no owner, while others beside it name theirs; "
    "complete the roster, or collect that folder or archive on its own"
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
        :func:`grader.collect.systems.table.claims_of`.
    pattern : re.Pattern or None
        The caller's regular expression for paths.
    shared_folders : int
        How many outer folders all files have in common.
    source : str
        The name of the download.
    """

    roster: Roster | None
    assignments: frozenset[str]
    words: frozenset[str]
    claims: Mapping[Parts, Claim] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    shared_folders: int = 0
    source: str = ""


def find_owner(parts: Parts, names: KnownNames) -> Owner:
    """Return who submitted the file at `parts`.

    Parameters
    ----------
    parts
        The file's path in the download.
    names
        What the parts of the path are compared with.
    """
    if names.pattern and (claim := nbgrader.by_pattern(names.pattern, parts)):
        return _owner_by_claim(claim, names.roster)
    claim = table.find_claim(parts, names.claims, names.source)
    if claim is None or (claim.scheme.loose and not _means_somebody(claim, names)):
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


def _means_somebody(claim: Claim, names: KnownNames) -> bool:
    """Say whether an LMS's form of names, which people use too, names a student."""
    if names.roster is None:
        texts = [" ".join(words(hint.unlisted)) for hint in claim.label.hints]
        return not names.words.intersection(texts)
    return any(
        names.roster.find(hint).reason != "unknown" for hint in claim.label.hints
    )


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
    owner = _owner_by_roster((name,), replace(names, shared_folders=0))
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
        shared = level < names.shared_folders
        match = _match_part(part, names.words, names.roster, shared=shared)
        if match.person:
            return Owner((match.person,), level)
        if match.reason in {"ambiguous", "contradictory"}:
            return Owner((), level, why=f"{part}: {_describe_mismatch(match)}")
    return Owner((), len(parts) - 1, why=NO_OWNER)


def _match_part(
    part: str, assignment_words: frozenset[str], roster: Roster, *, shared: bool
) -> Match:
    """Return the student whom the name of a folder or a file means, or contains.

    Parameters
    ----------
    part
        The name.
    assignment_words
        The names of the course's assignments and notebooks.
    roster
        The students.
    shared
        Whether it is a folder that contains all files, as the name of a course does:
        a single word of such a name means nobody.
    """
    hint = _hint_in(part, assignment_words)
    match = roster.find(hint)
    if match.reason == "unknown":
        match = _find_by_github_name(part, hint, roster)
    if match.reason == "unknown":
        match = roster.find_inside(part, assignment_words, single=not shared)
    return match


def _find_by_github_name(part: str, hint: Hint, roster: Roster) -> Match:
    for text in hint.texts:
        match = roster.find(Hint((), "github", text))
        if match.person:
            return match
    exact = roster.find_by_github_suffix(part)  # a user's name may end with "-1"
    if exact.reason != "unknown":
        return exact
    return roster.find_by_github_suffix(stem_of(part))


def _owner_without_roster(parts: Parts, names: KnownNames) -> Owner:
    """Take a student's ID from the path, in a class without a roster."""
    if claim := nbgrader.by_folders(parts, names.assignments):
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


def without_ownerless(paths: Sequence[Parts], owners: Sequence[Owner]) -> list[Owner]:
    """Drop the owners of files in an ownerless folder beside folders with owners.

    Whoever packed such a folder or archive could have put anybody's name into it.

    Parameters
    ----------
    paths
        Each file's path.
    owners
        The owner of each file.

    Returns
    -------
    list of Owner
        The owner of each file; nobody, with a reason, for files in such folders.
    """
    named = {
        parts[: owner.level]
        for parts, owner in zip(paths, owners, strict=True)
        if owner.people
    }
    return [
        replace(owner, people=(), why=OWNERLESS)
        if owner.people and any(parts[:at] in named for at in range(owner.level))
        else owner
        for parts, owner in zip(paths, owners, strict=True)
    ]


__all__ = [
    "NO_OWNER",
    "OWNERLESS",
    "KnownNames",
    "Owner",
    "find_owner",
    "owner_from_source_name",
    "shared_folders",
    "without_ownerless",
]
