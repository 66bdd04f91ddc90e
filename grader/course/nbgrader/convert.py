"""A notebook of an nbgrader course → the source that grading needs.

As ``nbgrader generate_assignment`` does before it takes solutions out: header and
footer notebooks are put around it, autotests are written out. Markers that the
course's configuration names otherwise get their usual names. A notebook that needs
none of that stays as it is, byte for byte.
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

_COUNTED = re.compile(r"cell-\d+x*")


def adopted(text: str, where: Path, root: Path, settings: Settings) -> str:
    """Return the source of one notebook as JSON text.

    Parameters
    ----------
    text
        What the notebook's file holds.
    where, root
        Paths of the notebook, and of the course's folder.
    settings
        What the course's configuration says.

    Raises
    ------
    CourseError
        A header or footer is not there, or a notebook is unusable.
    """
    source = parse_source(text, str(where), regions=False)
    renamed = [_rename(cell, settings.markers) for cell in source.cells]
    if _enclose(source, root, settings) or any(renamed):
        text = notebook_text(source)
    delimiter = settings.autotest.get("autotest_delimiter", "AUTOTEST")
    if autotest.wanted(source, delimiter):
        return autotest.instantiated(text, where, root, settings.autotest)
    return text


def _enclose(source: NotebookNode, root: Path, settings: Settings) -> bool:
    """Put the cells of header and footer around those of `source`."""
    before, after = (_cells(root, path) for path in settings.around)
    source.cells = [*before, *source.cells, *after]
    # Cells without an id get one by their place, as in the copy that has them all.
    for cell in source.cells if before or after else ():
        if _COUNTED.fullmatch(cell.id):
            cell["id"] = ""
    return bool(before or after)


def _cells(root: Path, path: str) -> list[NotebookNode]:
    if not path:
        return []
    where = root / path
    try:
        text = where.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{where}: the configuration of the course names it as header or footer, "
            f"and it cannot be read ({error.strerror})"
        ) from None
    return list(parse_source(text, str(where), regions=False).cells)


def _rename(cell: NotebookNode, markers: Mapping[str, str]) -> bool:
    """Give each line that nbgrader takes for a marker the usual marker's name."""
    lines = [_renamed(line, markers) for line in cell.source.split("\n")]
    before, cell.source = cell.source, "\n".join(lines)
    return bool(cell.source != before)


def _renamed(line: str, markers: Mapping[str, str]) -> str:
    for own, usual in markers.items():
        if own in line:
            indent = line[: len(line) - len(line.lstrip())]
            return f"{indent}### {usual}"
    return line


__all__ = ["adopted"]
