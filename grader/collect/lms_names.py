"""How systems name what students submitted: a path in a download → who and when.

Pure. :data:`SCHEMES` lists the systems; a new one is one entry there. Their names,
as the systems' own sources and exports have them:

==========  ===================================================================
Gradescope  ``submission_12345678/FILE`` and ``submission_metadata.yml``
Moodle      ``Full Name_12345_assignsubmission_file[_]/FILE``, or flat
            ``Full Name_12345_assignsubmission_file_FILE``
nbgrader    zip_collect's ``[ps1_]STUDENT_attempt_2026-01-31-12-00-00[_FILE]``, which
            is Blackboard's, or a regular expression of the caller's; and its
            folders, ``STUDENT/ASSIGNMENT/FILE``
Canvas      ``lastfirst[_LATE]_USER_ATTACHMENT_FILE``; ``-1`` is a resubmission
==========  ===================================================================

GitHub Classroom's ``assignment-username/FILE`` needs the roster's user names to be
understood; :mod:`grader.collect.owners` does that.
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
    """What a system says about a submission.

    Attributes
    ----------
    hints : tuple of Hint
        Who submitted it; one for each member of a group.
    time : datetime or None
        When it was submitted, if that is said.
    late : bool
        Whether the system marks it as late.
    file : str or None
        The name that the student gave the file; None where that is the last part of
        the path.
    """

    hints: tuple[Hint, ...]
    time: datetime | None = None
    late: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A file in which a system lists its submissions, in YAML or JSON.

    Attributes
    ----------
    file : str
        What it is called.
    archive : re.Pattern
        What an archive is called that comes from the system. A student can put a
        file of this name into an archive of their own, where it must not count.
    labels : callable
        Takes the content of the file; yields the name of each submission's folder
        and what is said of it.
    """

    file: str
    archive: re.Pattern[str]
    labels: Callable[[Any], Iterator[tuple[str, Label]]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one system names submissions in its downloads.

    Attributes
    ----------
    system : str
        Its name, for people.
    read : callable or None
        Takes the name of a file or folder; returns what it says, None if it is not
        named as this system names submissions.
    listing : Listing or None
        The file in which the system lists its submissions.
    roster_time : callable or None
        Reads the time of a student's submission as the system's roster has it.
    has_timestamps : bool
        Whether ``timestamp.txt`` beside a submission is the system's own.
    """

    system: str
    read: Callable[[str], Label | None] | None = None
    listing: Listing | None = None
    roster_time: Callable[[str], datetime | None] | None = None
    has_timestamps: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A label, its scheme, and the index of the part of a path that bears it."""

    scheme: Scheme
    level: int
    label: Label


def claim(parts: Parts, listed: Mapping[Parts, Claim]) -> Claim | None:
    """Return what an LMS says about the file at `parts`, None if none does.

    Parameters
    ----------
    parts
        Where the file lay in the download.
    listed
        What the systems' own lists say of folders, see :func:`claims_of`.

    Examples
    --------
    >>> found = claim(("doejane_55_70001_lab.ipynb",), {})
    >>> found.scheme.system, found.label.hints[0].number, found.label.file
    ('Canvas', '55', 'lab.ipynb')
    """
    for level, part in enumerate(parts):
        if found := listed.get(parts[: level + 1]):
            return found
        for scheme in SCHEMES:
            if scheme.read and (label := scheme.read(part)):
                return Claim(scheme, level, label)
    return None


def listing_at(parts: Parts, archives: tuple[int, ...]) -> Scheme | None:
    """Return the scheme whose own list of submissions lies at `parts`, if any.

    Parameters
    ----------
    parts
        Where the file lay in the download.
    archives
        The indexes of those parts that are archives inside the download.
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
    """Yield what a system's list of submissions says of each folder beside it.

    Parameters
    ----------
    scheme
        Whose list it is.
    folder
        Where it lay.
    content
        What it holds, as plain data.
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
    """Read a time of Moodle's English grading worksheet, in this machine's zone."""
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
    return _of_groups(match) if match else None


def by_pattern(pattern: re.Pattern[str], parts: Parts) -> Claim | None:
    """Return what the caller's regular expression says of a path, None if nothing.

    Parameters
    ----------
    pattern
        nbgrader's ``named_regexp``, with groups such as ``student_id``.
    parts
        The path, which the expression sees with slashes.
    """
    match = pattern.match("/".join(parts))
    return Claim(NBGRADER, len(parts) - 1, _of_groups(match)) if match else None


def _of_groups(match: re.Match[str]) -> Label:
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
    return Label((hint,), time, file=groups.get("file_id") or None)


def by_folders(parts: Parts, assignments: frozenset[str]) -> Claim | None:
    """Read nbgrader's folders: the part before an assignment's name is a student.

    Parameters
    ----------
    parts
        Where the file lay.
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
    """Read Gradescope's metadata.

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
            yield name, Label(hints, moment(when))


def _submitter(about: Mapping[Any, Any]) -> Hint:
    name, sid, email = (
        str(about.get(f":{key}", about.get(key)) or "")
        for key in ("name", "sid", "email")
    )
    texts = tuple(text for text in (sid, email, name) if text)
    unlisted = sid or email.partition("@")[0] or slug(name)
    return Hint(texts, "gradescope", sid or email, unlisted)


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
"""All known schemes; of those that fit a name, the first counts."""


__all__ = [
    "NBGRADER",
    "SCHEMES",
    "Claim",
    "Label",
    "Listing",
    "Scheme",
    "by_folders",
    "by_pattern",
    "claim",
    "claims_of",
    "listing_at",
    "moment",
]
