"""Read who submitted a file, and when, from the names that an LMS gives files.

Pure. :data:`SCHEMES` lists the systems; add an entry there for a new one. They name
submissions like this:

==========  ===================================================================
Gradescope  ``submission_12345678/FILE`` and ``submission_metadata.yml``
Moodle      ``Full Name_12345_assignsubmission_file[_]/FILE``, or flat
            ``Full Name_12345_assignsubmission_file_FILE``
nbgrader    zip_collect's ``[ps1_]STUDENT_attempt_2026-01-31-12-00-00[_FILE]``, which
            also Blackboard's form; a regular expression that the caller gives; and
            its folders, ``STUDENT/ASSIGNMENT/FILE``
Canvas      ``lastfirst[_LATE]_USER_ATTACHMENT_FILE``; ``-1`` is a resubmission
==========  ===================================================================

GitHub Classroom's ``assignment-username/FILE`` can be read only with the user names on
the roster; :mod:`grader.collect.owners` does that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from grader.classroom.roster import Hint, slug

if TYPE_CHECKING:
    from grader.collect.archives import Parts


@dataclass(frozen=True, slots=True)
class Label:
    """What an LMS says about a submission.

    Attributes
    ----------
    hints : tuple of Hint
        Who submitted it; one for each member of a group.
    time : datetime or None
        When it was submitted; None if the LMS does not say.
    late : bool
        Whether the LMS marks it as late.
    file : str or None
        The name that the student gave the file; None if that is the last part of the
        path.
    """

    hints: tuple[Hint, ...]
    time: datetime | None = None
    late: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A file in which an LMS lists its submissions, in YAML or JSON.

    Attributes
    ----------
    file : str
        Its name.
    archive : re.Pattern
        Matches the names of the archives that the LMS makes. A student can put a file
        of this name into their own archive, where it must not count.
    labels : callable
        Takes the content of the file; yields the name of each submission's folder
        and its label.
    """

    file: str
    archive: re.Pattern[str]
    labels: Callable[[Any], Iterator[tuple[str, Label]]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one LMS names submissions in its downloads.

    Attributes
    ----------
    system : str
        Its name, for messages.
    read : callable or None
        Takes the name of a file or folder; returns its label, None if this LMS does
        not name submissions like that.
    listing : Listing or None
        The file in which the LMS lists its submissions.
    roster_time : callable or None
        Reads the time of a student's submission from the roster that the LMS exports.
    has_timestamps : bool
        Whether the LMS writes ``timestamp.txt`` beside a submission.
    """

    system: str
    read: Callable[[str], Label | None] | None = None
    listing: Listing | None = None
    roster_time: Callable[[str], datetime | None] | None = None
    has_timestamps: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What an LMS says about the owner of a file.

    Attributes
    ----------
    scheme : Scheme
        The LMS.
    level : int
        The index of the part of the path that says it.
    label : Label
        What it says.
    """

    scheme: Scheme
    level: int
    label: Label


def find_claim(parts: Parts, claims: Mapping[Parts, Claim]) -> Claim | None:
    """Return what an LMS says about a file, None if its path fits none.

    Parameters
    ----------
    parts
        The file's path in the download.
    claims
        What an LMS's own list says about folders, see :func:`claims_of`.

    Examples
    --------
    >>> claim = find_claim(("doejane_55_70001_lab.ipynb",), {})
    >>> claim.scheme.system, claim.label.hints[0].number, claim.label.file
    ('Canvas', '55', 'lab.ipynb')
    """
    for level, part in enumerate(parts):
        if claim := claims.get(parts[: level + 1]):
            return claim
        for scheme in SCHEMES:
            if scheme.read and (label := scheme.read(part)):
                return Claim(scheme, level, label)
    return None


def listing_at(parts: Parts, archives: tuple[int, ...]) -> Scheme | None:
    """Return the scheme whose list of submissions a file is, None if it is no list.

    Parameters
    ----------
    parts
        The file's path in the download.
    archives
        The indexes of the parts that are archives.
    """
    for scheme in SCHEMES:
        listing = scheme.listing
        if listing and listing.file == parts[-1]:
            genuine = all(listing.archive.fullmatch(parts[at]) for at in archives)
            return scheme if genuine else None
    return None


def claims_of(
    scheme: Scheme, folder: Parts, content: Any
) -> Iterator[tuple[Parts, Claim]]:
    """Yield what an LMS's list of submissions says about each folder beside it.

    Parameters
    ----------
    scheme
        The LMS.
    folder
        The folder that contains the list.
    content
        The list, as plain data.

    Yields
    ------
    tuple of (Parts, Claim)
        The path of a submission's folder, and the claim about it.
    """
    if scheme.listing is None:
        return
    for name, label in scheme.listing.labels(content):
        yield (*folder, name), Claim(scheme, len(folder), label)


# --- the systems -----------------------------------------------------------------

_MOODLE_NAME = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?"
)
_MOODLE_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")


def _moodle(part: str) -> Label | None:
    match = _MOODLE_NAME.fullmatch(part)
    if match is None:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "moodle", match["number"], unlisted)
    return Label((hint,), file=match["file"] or None)


def _moodle_time(text: str) -> datetime | None:
    """Read a time of Moodle's English grading worksheet, in the local time zone."""
    for form in _MOODLE_TIMES:
        try:
            return datetime.strptime(text.strip(), form).astimezone(UTC)
        except ValueError:
            continue
    return None


_CANVAS_NAME = re.compile(
    r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_"
    r"(?:\d+_(?P<file>.+)|(?P<online>text\.html|link\.html))",
    re.IGNORECASE,
)


def _canvas(part: str) -> Label | None:
    match = _CANVAS_NAME.fullmatch(part)
    if match is None:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "canvas", match["number"], unlisted)
    file = match["file"] or match["online"]
    return Label((hint,), late=bool(match["late"]), file=file)


_ATTEMPT = re.compile(
    r"(?P<student_id>.+)_attempt_(?P<timestamp>\d{4}(?:-\d\d){5})"
    r"(?:_(?P<file_id>.+)|\.\w+)?"
)


def _attempt(part: str) -> Label | None:
    match = _ATTEMPT.fullmatch(part)
    return _label_from_groups(match) if match else None


def by_pattern(pattern: re.Pattern[str], parts: Parts) -> Claim | None:
    """Return what the caller's regular expression reads from a path, None if no match.

    Parameters
    ----------
    pattern
        As nbgrader's ``named_regexp``, with groups such as ``student_id``.
    parts
        The path; the expression is matched with its parts joined by slashes.
    """
    match = pattern.match("/".join(parts))
    return Claim(NBGRADER, len(parts) - 1, _label_from_groups(match)) if match else None


def _label_from_groups(match: re.Match[str]) -> Label:
    """Return the label that the groups of nbgrader's ``zip_collect`` give."""
    groups = {name: text or "" for name, text in match.groupdict().items()}
    student = groups.get("student_id", "")
    full = f"{groups.get('first_name', '')} {groups.get('last_name', '')}".strip()
    # The assignment may come first; an ID may itself contain "_".
    shorter = [student.split("_", cut)[-1] for cut in range(1, student.count("_") + 1)]
    texts = [student, *shorter, full, groups.get("email", "")]
    unlisted = student.rpartition("_")[2] or groups.get("email", "") or slug(full)
    hint = Hint(tuple(text for text in texts if text), unlisted=unlisted)
    time = parse_time(groups.get("timestamp", ""))
    return Label((hint,), time, file=groups.get("file_id") or None)


def by_folders(parts: Parts, assignments: frozenset[str]) -> Claim | None:
    """Read nbgrader's folders: the part before an assignment's name is a student.

    Parameters
    ----------
    parts
        The file's path in the download.
    assignments
        The names of the course's assignments.
    """
    for level in range(1, len(parts) - 1):
        if parts[level] in assignments:
            student = parts[level - 1]
            label = Label((Hint((student,), unlisted=student),))
            return Claim(NBGRADER, level - 1, label)
    return None


def _gradescope(content: Any) -> Iterator[tuple[str, Label]]:
    """Yield the label of each folder in Gradescope's metadata.

    Its keys begin with a colon, as symbols in Ruby do; times without a zone are UTC.
    """
    if not isinstance(content, dict):
        return
    for name, about in content.items():
        if isinstance(name, str) and isinstance(about, dict):
            people = about.get(":submitters", about.get("submitters"))
            people = people if isinstance(people, list) else []
            hints = tuple(_submitter(p) for p in people if isinstance(p, dict))
            when = about.get(":created_at", about.get("created_at"))
            yield name, Label(hints, parse_time(when))


def _submitter(about: Mapping[Any, Any]) -> Hint:
    name, sid, email = (
        str(about.get(f":{key}", about.get(key)) or "")
        for key in ("name", "sid", "email")
    )
    texts = tuple(text for text in (sid, email, name) if text)
    unlisted = sid or email.partition("@")[0] or slug(name)
    return Hint(texts, "gradescope", sid or email, unlisted)


def parse_time(value: Any) -> datetime | None:
    """Read a time in any form that an LMS writes, as UTC; None if it is not a time.

    A time without a zone is taken as UTC.
    """
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


NBGRADER = Scheme("nbgrader", _attempt, has_timestamps=True)

SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "Gradescope",
        listing=Listing(
            "submission_metadata.yml",
            re.compile(r"assignment_\d+_export.*", re.IGNORECASE),
            _gradescope,
        ),
    ),
    Scheme("Moodle", _moodle, roster_time=_moodle_time),
    NBGRADER,
    Scheme("Canvas", _canvas),
)
"""All known schemes; the first one that fits a name counts."""


__all__ = [
    "NBGRADER",
    "SCHEMES",
    "Claim",
    "Label",
    "Listing",
    "Scheme",
    "by_folders",
    "by_pattern",
    "claims_of",
    "find_claim",
    "listing_at",
    "parse_time",
]
