"""``results.jsonl``: one result per line, appended so that a crash loses no other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from grader.errors import ClassError
from grader.records import Result


def append(path: Path, result: Result) -> None:
    """Append a result to the file; create the file if there is none.

    An incomplete line that an interrupted run left is removed first.

    Parameters
    ----------
    path
        The file.
    result
        The result.
    """
    line = result.to_json().encode("utf-8", "backslashreplace") + b"\n"
    with path.open("a+b", buffering=0) as log:
        _repair_last_line(log.fileno())
        os.write(log.fileno(), line)
        os.fdatasync(log.fileno())


def read(path: Path) -> Iterator[Result]:
    """Yield the results in the order they were written; none if there is no file.

    Raises
    ------
    ClassError
        If a line is not a result, unless it is an incomplete last line.
    """
    if not path.exists():
        return
    with path.open("rb") as log:
        for number, line in enumerate(log, start=1):
            result = _result_or_none(line)
            if result is not None:
                yield result
            elif line.endswith(b"\n"):
                raise ClassError(
                    f"{path}, line {number}: not a result of this grader: "
                    f"{line.rstrip()[:60]!r}. Remove that line, or move the "
                    "file away and grade again."
                )


def _repair_last_line(log: int) -> None:
    """End or remove a last line that an interrupted run did not complete."""
    size = os.fstat(log).st_size
    if size == 0 or os.pread(log, 1, size - 1) == b"\n":
        return
    whole, newline, tail = os.pread(log, size, 0).rpartition(b"\n")
    if _result_or_none(tail):
        os.write(log, b"\n")
    else:
        os.ftruncate(log, len(whole) + len(newline))


def _result_or_none(line: bytes) -> Result | None:
    try:
        return Result.from_json(line.decode())
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


__all__ = ["append", "read"]
