"""Keep files without a place under ``unmatched/``, with a list of the reasons.

Collecting again, for example with a better roster, removes those that have a place
then.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.collect import uploads
from grader.collect.filing import Row
from grader.collect.staging import Desk, digest_of
from grader.collect.uploads import File, Loose

FOLDER = "unmatched"
WHY = "why.csv"


def keep(
    loose: Sequence[Loose], desk: Desk, filed: Callable[[Row], None]
) -> Iterator[Row]:
    """Keep files without a place under ``unmatched/``; yield a row for each.

    Parameters
    ----------
    loose
        The files, each with the reason.
    desk
        The class folder.
    filed
        Is told of each row.
    """
    known = _listed(desk.root / FOLDER / WHY)
    for each in loose:
        place = _keep_loose(each.file, desk)
        if place:
            known[place] = each.why
        row = _row(each, place)
        filed(row)
        yield row
    if loose and not desk.dry:
        desk.write(_table(known), FOLDER, WHY)


def _row(loose: Loose, place: str) -> Row:
    return Row(
        "refused" if loose.refused else "unmatched",
        loose.file.shown,
        loose.student,
        files=(place,) if place else (),
        submitted=loose.file.time.isoformat() if loose.file.time else "",
        notes=(loose.why,),
    )


def _keep_loose(file: File, desk: Desk) -> str:
    if file.content is None:
        return ""
    place = uploads.kept_at(file, digest_of(file.content))
    desk.put(file.content, FOLDER, *place.split("/"))
    return place


def forget(files: Iterable[File], desk: Desk) -> None:
    """Remove files from ``unmatched/`` that have an owner and a place now.

    Parameters
    ----------
    files
        The files that have a place.
    desk
        The class folder.
    """
    path = desk.root / FOLDER / WHY
    if not path.is_file():
        return
    known = _listed(path)
    for file in files:
        if file.content is not None:
            place = uploads.kept_at(file, digest_of(file.content))
            if known.pop(place, None) is not None:
                desk.remove(FOLDER, *place.split("/"))
    desk.write(_table(known), FOLDER, WHY)


def listed(folder: Path) -> dict[str, str]:
    """Return the files in ``unmatched/`` of a class folder, each with the reason."""
    return _listed(folder / FOLDER / WHY)


def _listed(path: Path) -> dict[str, str]:
    try:
        rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}
    return {row[0]: row[1] for row in rows if len(row) == 2 and row[0] != "file"}


def _table(listed: Mapping[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("file", "why"), *sorted(listed.items())])
    return text.getvalue()


__all__ = ["FOLDER", "WHY", "forget", "keep", "listed"]
