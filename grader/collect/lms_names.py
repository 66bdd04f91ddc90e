"""How systems name what students handed in: a path in a download → who and when.

Pure. The schemes, as the systems' own sources and exports have them:

==========  ===================================================================
Moodle      ``Full Name_12345_assignsubmission_file[_]/FILE``, or flat
            ``Full Name_12345_assignsubmission_file_FILE``
Canvas      ``lastfirst[_LATE]_USER_ATTACHMENT_FILE``; ``-1`` is a resubmission
Gradescope  ``submission_12345678/FILE`` and ``submission_metadata.yml``
nbgrader    zip_collect's ``[ps1_]STUDENT_attempt_2026-01-31-12-00-00[_FILE]``, which
            is Blackboard's, or a regular expression of the caller's; and its
            folders, ``STUDENT/ASSIGNMENT/FILE``
GitHub      ``assignment-username/FILE``
==========  ===================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from grader.classroom.roster import Hint, addresses, slug
from grader.notebooks.file_names import without_copy_marks

if TYPE_CHECKING:
    from grader.collect.archives import Parts

METADATA = "submission_metadata.yml"

_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?"
)
_CANVAS = re.compile(
    r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_"
    r"(?:\d+_(?P<file>.+)|(?P<online>text\.html|link\.html))",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(
    r"(?P<student_id>.+)_attempt_(?P<timestamp>\d{4}(?:-\d\d){5})"
    r"(?:_(?P<file_id>.+)|\.\w+)?"
)
_SUBMISSION = re.compile(r"(?:submission_)?\d+(?:\.\w+)?")
_EXPORT = re.compile(r"assignment_\d+_export.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a scheme says about a file: who, when, and what it was called.

    ``level`` is the index of the part that says so, ``scheme`` the system's name
    for people. A group's hand-in has a hint for each of its members. ``file`` is
    the name that the student gave it, None where that is the path's last part.
    """

    scheme: str
    level: int
    hints: tuple[Hint, ...]
    time: datetime | None = None
    late: bool = False
    file: str | None = None


def claim(parts: Parts, metadata: Mapping[Parts, Claim]) -> Claim | None:
    """Return what an LMS says about the file at `parts`, None if none does.

    Parameters
    ----------
    parts
        Where the file lay in the download.
    metadata
        What Gradescope's metadata say, see :func:`gradescope`.
    """
    for level, part in enumerate(parts):
        if found := metadata.get(parts[: level + 1]):
            return found
        if found := _moodle(part, level) or _attempt(part, level):
            return found
        if found := _canvas(part, level):
            return found
    return None


def _moodle(part: str, level: int) -> Claim | None:
    match = _MOODLE.fullmatch(part)
    if match is None:
        return None
    number = match["number"]
    unlisted = f"{slug(match['name'])}-{number}"
    hint = Hint((match["name"],), "moodle", number, unlisted)
    return Claim("Moodle", level, (hint,), file=match["file"] or None)


def _canvas(part: str, level: int) -> Claim | None:
    match = _CANVAS.fullmatch(part)
    if match is None:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "canvas", match["number"], unlisted)
    file = match["file"] or match["online"]
    return Claim("Canvas", level, (hint,), late=bool(match["late"]), file=file)


def _attempt(part: str, level: int) -> Claim | None:
    match = _ATTEMPT.fullmatch(part)
    return _named(match, level) if match else None


def custom(pattern: re.Pattern[str], parts: Parts) -> Claim | None:
    """Return what nbgrader's regular expression with named groups says of a path."""
    match = pattern.match("/".join(parts))
    return _named(match, len(parts) - 1) if match else None


def _named(match: re.Match[str], level: int) -> Claim:
    """Read the groups that nbgrader's zip_collect knows."""
    groups = {name: text or "" for name, text in match.groupdict().items()}
    student = groups.get("student_id", "")
    full = f"{groups.get('first_name', '')} {groups.get('last_name', '')}".strip()
    # What comes before may be the assignment; an id may hold "_" itself.
    shorter = [student.split("_", cut)[-1] for cut in range(1, student.count("_") + 1)]
    texts = [student, *shorter, full, groups.get("email", "")]
    unlisted = student.rpartition("_")[2] or groups.get("email", "") or slug(full)
    hint = Hint(tuple(text for text in texts if text), unlisted=unlisted)
    time = moment(groups.get("timestamp", ""))
    return Claim("nbgrader", level, (hint,), time, file=groups.get("file_id") or None)


def is_metadata(parts: Parts, archives: tuple[int, ...]) -> bool:
    """Say whether this is Gradescope's own list of who handed in what.

    A student could put such a file into an archive of theirs: in an archive inside
    of the download it counts only where the archive is Gradescope's by its name.
    """
    return parts[-1] == METADATA and all(_EXPORT.fullmatch(parts[i]) for i in archives)


def gradescope(folder: Parts, content: Any) -> Iterator[tuple[Parts, Claim]]:
    """Yield what Gradescope's metadata, read from YAML, say of each hand-in.

    Its keys are those of Ruby, with a colon in front; times without a zone are UTC.
    """
    if not isinstance(content, dict):
        return
    for name, about in content.items():
        if isinstance(name, str) and isinstance(about, dict):
            people = about.get(":submitters", about.get("submitters"))
            people = people if isinstance(people, list) else []
            hints = tuple(_submitter(each) for each in people if isinstance(each, dict))
            when = about.get(":created_at", about.get("created_at"))
            here = (*folder, name)
            level = len(here) - 1
            yield here, Claim("Gradescope", level, hints, moment(when))


def _submitter(about: Mapping[Any, Any]) -> Hint:
    name, sid, email = (
        str(about.get(f":{key}", about.get(key)) or "")
        for key in ("name", "sid", "email")
    )
    texts = tuple(text for text in (sid, email, name) if text)
    unlisted = sid or email.partition("@")[0] or slug(name)
    return Hint(texts, "gradescope", sid or email, unlisted)


def is_gradescope(part: str) -> bool:
    """Say whether a name is of those that mean nothing without the metadata."""
    return part == METADATA or (
        _SUBMISSION.fullmatch(part) is not None and part.startswith("submission_")
    )


def moment(value: Any) -> datetime | None:
    """Read a time as systems write it; None if it is none. UTC if no zone is given."""
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"\d{4}(-\d\d){5}", text):
            text = f"{text[:10]} {text[11:].replace('-', ':')}"
        text = re.sub(r" ?(UTC|GMT)$", "+00:00", text)
        text = re.sub(r" ([+-]\d\d:?\d\d)$", r"\1", text)
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


_MOODLE_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")


def moodle_moment(text: str) -> datetime | None:
    """Read a time of Moodle's English grading worksheet, in this machine's zone."""
    for form in _MOODLE_TIMES:
        try:
            return datetime.strptime(text.strip(), form).astimezone(UTC)
        except ValueError:
            continue
    return None


def by_layout(parts: Parts, assignments: frozenset[str]) -> Claim | None:
    """Read nbgrader's folders: the part before an assignment's name is a student."""
    for level in range(1, len(parts) - 1):
        if parts[level] in assignments:
            student = parts[level - 1]
            hint = Hint((student,), unlisted=student)
            return Claim("nbgrader", level - 1, (hint,))
    return None


def hints_in(part: str, assignment_words: frozenset[str]) -> Hint:
    """Return what a folder's or a file's own name may say about its owner.

    The name as it is; any address in it; and the rest without the assignment's
    words, as in ``02_convolutions - Ada Lovelace`` or ``02-convolutions-ada``.
    """
    stem = stem_of(part)
    texts = [part, stem, *addresses(part), *rests(stem, assignment_words)]
    return Hint(tuple(dict.fromkeys(text for text in texts if text)))


def rests(stem: str, assignment_words: frozenset[str]) -> Iterator[str]:
    """Yield `stem` without the name of an assignment at its start or end."""
    folded = re.sub(r"[\W_]", " ", stem.casefold())
    for known in assignment_words:
        if folded.startswith(f"{known} "):
            yield stem[len(known) + 1 :].strip(" -_")
        if folded.endswith(f" {known}"):
            yield stem[: -len(known) - 1].strip(" -_")


def stem_of(name: str) -> str:
    """Return a file's name without its endings and without marks of a copy."""
    return without_copy_marks(re.sub(r"(\.tar)?\.\w{1,6}$", "", name))[0]


__all__ = [
    "METADATA",
    "Claim",
    "by_layout",
    "claim",
    "custom",
    "gradescope",
    "hints_in",
    "is_gradescope",
    "is_metadata",
    "moment",
    "moodle_moment",
    "rests",
    "stem_of",
]
