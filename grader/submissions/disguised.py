"""Recognise notebooks whose names do not say so.

Browsers and mail programs save a notebook as ``lab.ipynb.txt`` or ``lab.ipynb.json``,
and some systems drop the names that students gave their files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.notebooks.file_names import ODD_SUFFIXES, notebook_name, says_notebook
from grader.submissions.read import read_file
from grader.submissions.repair.salvage import salvage

_START = 64
_SAYS_NOTEBOOK = (b'"cells"', b'"nbformat"')


def holds_notebook(name: str, content: Path | None) -> bool:
    """Say whether a file whose name does not end with ``.ipynb`` is a notebook.

    Parameters
    ----------
    name
        The name that the student gave the file.
    content
        Where its bytes are stored, None if they were not read. A link is not followed.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if content is None or suffix == ".ipynb":
        return False
    if not (suffix in ODD_SUFFIXES or says_notebook(name) or " " in suffix):
        return False
    try:
        start = read_file(content, shorten=_START)
        return _begins_object(start) and _is_notebook(read_file(content))
    except SubmissionError:
        return False


def disguised(files: Iterable[Path], notebooks: Collection[Path]) -> Iterator[Path]:
    """Yield the notebooks with other endings among the files of a submission.

    One whose real name is there, too, is left out. A file such as ``notes.json`` is a
    notebook only where there is no other: beside notebooks it may be data.

    Parameters
    ----------
    files
        All files of one folder.
    notebooks
        Those of them whose names end with ``.ipynb``.
    """
    names = {path.name for path in notebooks}
    for path in files:
        if path.name not in names and notebook_name(path.name) not in names:
            may_be = says_notebook(path.name) or not names
            if may_be and holds_notebook(path.name, path):
                yield path


def _begins_object(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _is_notebook(content: bytes) -> bool:
    says_so = all(key in content for key in _SAYS_NOTEBOOK)
    return says_so and any(reading.cells for reading in salvage(content))


__all__ = ["disguised", "holds_notebook"]
