"""Recognise notebooks whose names do not say so.

Browsers and mail programs save a notebook as ``lab.ipynb.txt`` or ``lab.ipynb.json``,
and some systems drop the names that students gave their files.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.submissions.repair.salvage import salvage

_SUFFIXES = {"", ".json", ".txt", ".text", ".download", ".bin"}
_IPYNB = re.compile(r"\.ipynb(?P<mark>[^.]*)(?:\.\w{1,12})*$", re.IGNORECASE)
_START = 64
_MOST_BYTES = 256 << 20
_SAYS_NOTEBOOK = (b'"cells"', b'"nbformat"')


def holds_notebook(name: str, content: Path | None) -> bool:
    """Say whether a file whose name does not end with ``.ipynb`` is a notebook.

    Parameters
    ----------
    name
        The name that the student gave the file.
    content
        Where its bytes are stored, None if they were not read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if content is None or suffix == ".ipynb":
        return False
    if not (suffix in _SUFFIXES or says_notebook(name) or " " in suffix):
        return False
    try:
        if content.stat().st_size > _MOST_BYTES:
            return False
        with content.open("rb") as file:
            start = file.read(_START)
            if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
                return False
            whole = start + file.read()
        return all(key in whole for key in _SAYS_NOTEBOOK) and any(
            reading.cells for reading in salvage(whole)
        )
    except (SubmissionError, OSError):
        return False


def says_notebook(name: str) -> bool:
    """Say whether ``.ipynb`` is in a name, though not at its end."""
    return _IPYNB.search(name) is not None


def notebook_name(name: str) -> str:
    """Return the name that a notebook has without what was added to it.

    Examples
    --------
    >>> notebook_name("lab.ipynb.txt"), notebook_name("lab.ipynb (1).json")
    ('lab.ipynb', 'lab (1).ipynb')
    >>> notebook_name("lab.json"), notebook_name("file1")
    ('lab.ipynb', 'file1.ipynb')
    """
    if match := _IPYNB.search(name):
        return f"{name[: match.start()]}{match['mark']}.ipynb"
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix) if suffix.lower() in _SUFFIXES else name
    return f"{stem}.ipynb"


__all__ = ["holds_notebook", "notebook_name", "says_notebook"]
