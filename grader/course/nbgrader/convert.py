"""Turn a notebook of an nbgrader course into the source that grading needs.

``nbgrader generate_assignment`` does the same before it removes solutions: it adds the
cells of header and footer notebooks, and writes out autotests. Markers that the course
renames get nbgrader's usual names. A notebook that needs none of this is unchanged,
byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grader.course.nbgrader import autotest
from grader.course.nbgrader.config import Settings
from grader.course.nbgrader.mend import mend
from grader.errors import CourseError
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_test,
    notebook_text,
    of_older_format,
)
from grader.notebooks.source import (
    CHOOSE_PYTHON,
    not_python,
    other_language,
    read_source,
)
from grader.notebooks.tidy import tidied

_NUMBERED_ID = re.compile(r"cell-\d+x*")


class GradingSource(NamedTuple):
    """The source of one notebook.

    Attributes
    ----------
    text : str
        JSON text of the notebook.
    by_hand : dict
        Why a person has to grade a cell, by its grade_id.
    faults : tuple of str
        Other reasons why nbgrader refuses its cells, and how each was read instead.
    """

    text: str
    by_hand: dict[str, str]
    faults: tuple[str, ...] = ()


def grading_source(
    text: str, path: Path, root: Path, settings: Settings
) -> GradingSource:
    """Return the source of one notebook, and the faults of its cells.

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
    source = read_source(text, str(path), tidy=True)
    raw = json.loads(text)
    changed = [_rename_markers(cell, settings.markers) for cell in source.cells]
    changed += [_add_header_and_footer(source, root, settings), tidied(raw) != raw]
    changed.append(of_older_format(raw))
    mended = mend(source)
    changed.append(bool(mended))
    if any(changed):
        text = notebook_text(source)
    if language := other_language(source):
        reason = f"{not_python(language)}; {CHOOSE_PYTHON}"
        return GradingSource(text, _all_tests(source, reason), tuple(mended.faults))
    by_hand = mended.by_hand
    delimiter = settings.autotest.get("autotest_delimiter", "AUTOTEST")
    asking = autotest.cells_with_autotests(source, delimiter)
    if asking:
        try:
            text = autotest.write_out(text, path, root, settings.autotest)
        except CourseError as error:
            by_hand |= {name: str(error) for name in map(grade_id_of, asking) if name}
    return GradingSource(text, by_hand, tuple(mended.faults))


def _all_tests(source: NotebookNode, reason: str) -> dict[str, str]:
    """Return the reason for each test of a notebook."""
    return {str(grade_id_of(cell)): reason for cell in source.cells if is_test(cell)}


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
    return list(read_source(text, str(path), tidy=True).cells)


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


__all__ = ["GradingSource", "grading_source"]
