"""Keep unplaced files in ``unmatched/``, with a list of the reasons.

An unplaced file has no known owner or assignment, or cannot be used. Once a later
collection places it, for example with a better roster, it is removed from there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.collect import uploads
from grader.collect.filing import CollectRow
from grader.collect.placement import OwnedFile, UnplacedFile
from grader.collect.staging import ClassFolderWriter, digest_of

FOLDER = "unmatched"
WHY = "why.csv"


def keep(
    unplaced: Sequence[UnplacedFile], writer: ClassFolderWriter
) -> Iterator[CollectRow]:
    """Copy unplaced files to ``unmatched/``; yield a row for each.

    Parameters
    ----------
    unplaced
        The files, each with the reason.
    writer
        The class folder.
    """
    reasons = _read_reasons(writer.root / FOLDER / WHY)
    for entry in unplaced:
        name = _keep_file(entry.file, writer)
        if name:
            reasons[name] = entry.why
        yield _row(entry, name)
    if unplaced and not writer.dry_run:
        writer.write(_reasons_as_csv(reasons), FOLDER, WHY)


def _row(unplaced: UnplacedFile, name: str) -> CollectRow:
    time = unplaced.file.time
    return CollectRow(
        "refused" if unplaced.refused else "unmatched",
        unplaced.file.shown,
        unplaced.student,
        files=(name,) if name else (),
        submitted=time.isoformat() if time else "",
        notes=(unplaced.why,),
    )


def _keep_file(file: OwnedFile, writer: ClassFolderWriter) -> str:
    """Copy a file; return its path below ``unmatched/``, "" if it has no content."""
    if file.content is None:
        return ""
    name = uploads.kept_at(file, digest_of(file.content))
    writer.put(file.content, FOLDER, *name.split("/"))
    return name


def forget(files: Iterable[OwnedFile], writer: ClassFolderWriter) -> None:
    """Remove files from ``unmatched/`` that are placed now.

    Parameters
    ----------
    files
        The placed files.
    writer
        The class folder.
    """
    path = writer.root / FOLDER / WHY
    if not path.is_file():
        return
    reasons = _read_reasons(path)
    for file in files:
        if file.content is not None:
            name = uploads.kept_at(file, digest_of(file.content))
            if reasons.pop(name, None) is not None:
                writer.remove(FOLDER, *name.split("/"))
    writer.write(_reasons_as_csv(reasons), FOLDER, WHY)


def listed(folder: Path) -> dict[str, str]:
    """Return the files in ``unmatched/`` of a class folder, each with the reason."""
    return _read_reasons(folder / FOLDER / WHY)


def _read_reasons(path: Path) -> dict[str, str]:
    try:
        rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}
    return {row[0]: row[1] for row in rows if len(row) == 2 and row[0] != "file"}


def _reasons_as_csv(reasons: Mapping[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("file", "why"), *sorted(reasons.items())])
    return text.getvalue()


__all__ = ["FOLDER", "WHY", "forget", "keep", "listed"]
