"""An uploaded file → ``Submission``: bytes, read with care and not yet believed."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import SubmissionError
from grader.records import Submission
from grader.salvage import MAX_BYTES

TIMESTAMP = "timestamp.txt"
"""nbgrader's file beside a submission: when it was handed in."""

_MAX_TIMESTAMP = 200


def read_submission(student: str, assignment: str, path: Path) -> Submission:
    """Read one handed-in file.

    Its time is that of ``timestamp.txt`` beside it, else the file's own.

    Raises
    ------
    SubmissionError
        The path is no regular file (a symbolic link is none), is too large, or
        cannot be read. The message is for the student.
    """
    content, modified = _read(path)
    submitted = _stamped(path.with_name(TIMESTAMP)) or _iso(modified)
    return Submission(student, assignment, content, submitted)


def _read(path: Path, limit: int = MAX_BYTES) -> tuple[bytes, float]:
    """Bytes and time of a regular file; never follows a link at its end."""
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
        content = file.read(limit + 1)
    if len(content) > limit:
        raise SubmissionError(
            f"{path.name} is too large: {status.st_size:,} bytes; at most {limit:,} "
            "are read. Clear all outputs, save, and hand in again"
        )
    return content, status.st_mtime


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _stamped(path: Path) -> str | None:
    """Time in nbgrader's timestamp file, or None where it says none."""
    if not path.is_file():
        return None
    try:
        text = _read(path, _MAX_TIMESTAMP)[0].decode().strip()
        # nbgrader writes "2026-01-31 12:00:00.123456 UTC".
        time = datetime.fromisoformat(text.removesuffix(" UTC"))
    except (SubmissionError, ValueError):
        return None
    zoned = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat(timespec="seconds")


__all__ = ["TIMESTAMP", "read_submission"]
