"""Turn a notebook of an nbgrader course into the source that grading needs.

``nbgrader generate_assignment`` does the same before it removes solutions: it adds the
cells of header and footer notebooks, and writes out autotests. Markers that the course
renames get nbgrader's usual names. A notebook that needs none of this is unchanged,
byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from grader.course.nbgrader import autotest
from grader.course.nbgrader.config import Settings
from grader.errors import CourseError
from grader.notebooks.cells import NotebookNode, notebook_text
from grader.notebooks.source import parse_source

_NUMBERED_ID = re.compile(r"cell-\d+x*")


def grading_source(text: str, path: Path, root: Path, settings: Settings) -> str:
    """Return the source of one notebook as JSON text.

    Parameters
    ----------
    text
        The JSON text of the notebook.
    path, root
        The path of the notebook, and the course's folder.
    settings
        The settings of the course.

    Raises
    ------
    CourseError
        A header or footer does not exist, or a notebook is unusable.
    """
    source = parse_source(text, str(path), regions=False)
    renamed = [_rename_markers(cell, settings.markers) for cell in source.cells]
    if _add_header_and_footer(source, root, settings) or any(renamed):
        text = notebook_text(source)
    delimiter = settings.autotest.get("autotest_delimiter", "AUTOTEST")
    if autotest.has_autotests(source, delimiter):
        return autotest.write_out(text, path, root, settings.autotest)
    return text


def _add_header_and_footer(
    source: NotebookNode, root: Path, settings: Settings
) -> bool:
    """Add the cells of header and footer to `source`; return whether there are any."""
    header, footer = (_cells(root, path) for path in settings.around)
    source.cells = [*header, *source.cells, *footer]
    # Cells without an ID are numbered anew, as in nbgrader's copy with all cells.
    for cell in source.cells if header or footer else ():
        if _NUMBERED_ID.fullmatch(cell.id):
            cell["id"] = ""
    return bool(header or footer)


def _cells(root: Path, name: str) -> list[NotebookNode]:
    """Return the cells of the notebook at `name` below `root`, none if it is ""."""
    if not name:
        return []
    path = root / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}), but the configuration "
            "names it as a header or footer"
        ) from None
    return list(parse_source(text, str(path), regions=False).cells)


def _rename_markers(cell: NotebookNode, markers: Mapping[str, str]) -> bool:
    """Give markers in a cell their usual names; return whether any changed."""
    lines = [_rename_marker(line, markers) for line in cell.source.split("\n")]
    old, cell.source = cell.source, "\n".join(lines)
    return bool(cell.source != old)


def _rename_marker(line: str, markers: Mapping[str, str]) -> str:
    for marker, usual in markers.items():
        if marker in line:
            indent = line[: len(line) - len(line.lstrip())]
            return f"{indent}### {usual}"
    return line


__all__ = ["grading_source"]
