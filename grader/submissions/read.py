"""Read a submitted file into a ``Submission``: its bytes, which are not trusted."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from grader.errors import SubmissionError
from grader.notebooks.file_names import notebook_name, taken_as
from grader.records import Submission
from grader.submissions.repair.salvage import MAX_BYTES

TIMESTAMP = "timestamp.txt"
"""nbgrader's file beside a submission: when it was submitted."""

REFUSED = "refused.txt"
"""The grader's file beside a placeholder: why the submitted file was refused."""

_MAX_TIMESTAMP = 200
_MAX_REASON = 4000


def read_submission(student: str, assignment: str, path: Path) -> Submission:
    """Read one submitted file.

    Its time is the one in ``timestamp.txt`` beside it, None where there is none. The
    time of the file itself is that of the last copy, and would make students late.

    Parameters
    ----------
    student, assignment
        Whose submission it is, and to what.
    path
        The notebook, or the placeholder of a file that was refused.

    Raises
    ------
    SubmissionError
        The path is not a regular file (a symbolic link is not one), is too large, or
        cannot be read; or the file was refused when it was collected. The message is
        for the student.
    """
    if why := refusal(path.parent):
        raise SubmissionError(why)
    submitted = _stamped(path.with_name(TIMESTAMP))
    repairs: tuple[str, ...] = ()
    if path.suffix.lower() != ".ipynb":
        repairs = (taken_as(path.name, notebook_name(path.name)),)
    return Submission(student, assignment, read_file(path), submitted, repairs=repairs)


def refusal(folder: Path) -> str:
    """Return why a submission was refused when collected; empty if it was not."""
    try:
        return (
            read_file(folder / REFUSED, _MAX_REASON).decode("utf-8", "replace").strip()
        )
    except SubmissionError:
        return ""


def submitted_at(folder: Path) -> datetime | None:
    """Return when the submission in `folder` was submitted, None if that is unknown."""
    time = _stamped(folder / TIMESTAMP)
    return datetime.fromisoformat(time) if time else None


def read_file(path: Path, limit: int = MAX_BYTES, shorten: int | None = None) -> bytes:
    """Read a regular file; never follow a symbolic link.

    Parameters
    ----------
    path
        The file.
    limit
        The most bytes that it may have.
    shorten
        Read no more bytes than these, of a file of any size.

    Raises
    ------
    SubmissionError
        It is not a regular file, is too large, or cannot be read.
    """
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        reason = "it is a symbolic link" if path.is_symlink() else error.strerror
        raise SubmissionError(f"{path.name} cannot be read: {reason}") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise SubmissionError(f"{path.name} is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limit + 1 if shorten is None else shorten)
    if len(content) > limit:
        raise SubmissionError(
            f"{path.name} is too large: {status.st_size:,} bytes; at most {limit:,} "
            "are read. Clear all outputs, save, and submit it again"
        )
    return content


def _stamped(path: Path) -> str | None:
    """Return the time in nbgrader's timestamp file, or None if it holds none."""
    try:
        return _moment(read_file(path, _MAX_TIMESTAMP).decode()).isoformat()
    except (SubmissionError, ValueError, KeyError):
        return None


def _moment(text: str) -> datetime:
    """Parse ISO 8601, or nbgrader's ``DATE TIME ZONE``; UTC where no zone is given."""
    *day_and_time, zone = text.split() if len(text.split()) == 3 else (text, "")
    if zone in {"", "UTC", "GMT"}:
        moment = datetime.fromisoformat(" ".join(day_and_time).strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if zone[0] in "+-":
        return datetime.fromisoformat(" ".join(day_and_time) + zone)
    return datetime.fromisoformat(" ".join(day_and_time)).replace(tzinfo=ZoneInfo(zone))


__all__ = [
    "REFUSED",
    "TIMESTAMP",
    "read_file",
    "read_submission",
    "refusal",
    "submitted_at",
]
