"""Store what each submission that counts was called in its download.

``uploads.json`` in the class folder is written by ``grader collect``. An LMS that has
packed submissions takes files back only under the names that it gave them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from grader.classroom.folder import SubmissionKey
from grader.errors import ClassError
from grader.files import replace_file

FILE = "uploads.json"


class Upload(NamedTuple):
    """A submitted file, as its download named it.

    Attributes
    ----------
    path : str
        Its path in the download.
    system : str
        The LMS that named it, such as ``Moodle``; empty if none did.
    name : str
        The part of the path that the LMS made up; students choose what is below it.
    late : bool
        Whether the LMS marks it as late.
    """

    path: str
    system: str = ""
    name: str = ""
    late: bool = False


def read(folder: Path) -> dict[SubmissionKey, tuple[Upload, ...]]:
    """Return the files of each submission that was collected.

    Raises
    ------
    ClassError
        The file is not what :func:`remember` writes.
    """
    path = folder / FILE
    if path.is_symlink() or not path.is_file():
        return {}
    found: dict[SubmissionKey, tuple[Upload, ...]] = {}
    try:
        for row in json.loads(path.read_text("utf-8")):
            submission = SubmissionKey(str(row["student"]), str(row["assignment"]))
            path_in, system, name = (str(row[key]) for key in Upload._fields[:3])
            upload = Upload(path_in, system, name, bool(row["late"]))
            found[submission] = (*found.get(submission, ()), upload)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClassError(
            f"{path} cannot be read: {error}. Delete it, and collect again"
        ) from None
    return found


def remember(folder: Path, uploads: Mapping[SubmissionKey, Iterable[Upload]]) -> None:
    """Replace what is stored about some submissions.

    Parameters
    ----------
    folder
        The class folder.
    uploads
        The files of each submission.
    """
    if not uploads:
        return
    known = read(folder) | {key: tuple(files) for key, files in uploads.items()}
    rows = [
        {"student": key.student, "assignment": key.assignment, **upload._asdict()}
        for key, files in sorted(known.items())
        for upload in files
    ]
    replace_file(folder / FILE, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")


__all__ = ["FILE", "Upload", "read", "remember"]
