"""Notebooks in and out, and what their cells are to the grader.

An instructor's notebook is checked strictly (:func:`parse_source`); a student's is
read by ``handin``. Pure: text in, notebook out. With ``release`` the only module
that imports nbformat.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

import nbformat
from nbformat import NotebookNode

from grader.errors import CourseError
from grader.notebooks import markers, serialize
from grader.records import Task, TaskKind

_GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*")
_SCHEMA = 3


# What a cell is ---------------------------------------------------------------
def nbgrader_of(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader wrote about the cell; empty for an ordinary cell."""
    found = cell.get("metadata", {}).get("nbgrader")
    return dict(found) if isinstance(found, dict) else {}


def grade_id_of(cell: NotebookNode) -> str | None:
    """The cell's grade_id as a string, or None."""
    found = nbgrader_of(cell).get("grade_id")
    return str(found) if found not in (None, "") else None


def _has(cell: NotebookNode, flag: str) -> bool:
    found = cell.get("metadata", {}).get("nbgrader")
    return isinstance(found, dict) and found.get(flag) is True


def is_answer(cell: NotebookNode) -> bool:
    """The student writes here (points may stand elsewhere or here)."""
    return _has(cell, "solution") and not _has(cell, "task")


def is_test(cell: NotebookNode) -> bool:
    """A test cell: carries points and is always the instructor's."""
    return _has(cell, "grade") and not _has(cell, "solution")


def is_manual(cell: NotebookNode) -> bool:
    """An answer that a person grades."""
    return _has(cell, "grade") and is_answer(cell)


def is_task(cell: NotebookNode) -> bool:
    """A description, in nbgrader's way, of a task that a person grades."""
    return _has(cell, "task")


def is_locked(cell: NotebookNode) -> bool:
    """Not for the student to change: tests, task texts, read-only cells."""
    locked = _has(cell, "locked") and not is_answer(cell)
    return is_test(cell) or is_task(cell) or locked


def kind_of(cell: NotebookNode) -> TaskKind | None:
    """The kind of task in this cell, or None if it is no part of the grade."""
    if is_task(cell):
        return "task"
    if is_manual(cell):
        return "manual"
    if is_answer(cell):
        return "answer"
    return "test" if is_test(cell) else None


def tags_of(cell: NotebookNode) -> tuple[str, ...]:
    """The cell's tags."""
    found = cell.get("metadata", {}).get("tags")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def tasks_of(notebook: NotebookNode) -> tuple[Task, ...]:
    """The graded and answer cells in order, each titled by its exercise.

    Examples
    --------
    >>> tasks_of(nbformat.v4.new_notebook())
    ()
    """
    titled = zip(notebook.cells, _titles(notebook), strict=True)
    return tuple(
        Task(
            grade_id=str(grade_id_of(cell)),
            kind=found,
            points=_points(cell),
            source=cell.source,
            cell_type=cell.cell_type,
            title=title,
        )
        for cell, title in titled
        if (found := kind_of(cell)) is not None
    )


def _points(cell: NotebookNode) -> float:
    graded = _has(cell, "grade") or is_task(cell)
    return float(nbgrader_of(cell).get("points", 0)) if graded else 0.0


def _titles(notebook: NotebookNode) -> Iterator[str]:
    """Title of each cell: its exercise's heading, else the nearest one above.

    An exercise's heading stands in a locked cell and holds until a heading of
    the same or a higher level.
    """
    exercise, level, nearest = "", 7, ""
    for cell in notebook.cells:
        for depth, text in () if is_answer(cell) else headings_of(cell):
            nearest = text
            if is_locked(cell) or depth <= level:
                exercise, level = (text, depth) if is_locked(cell) else ("", 7)
        yield exercise or nearest


def headings_of(cell: NotebookNode) -> Iterator[tuple[int, str]]:
    """Level and text of each Markdown heading in the cell, code blocks left out."""
    fenced = False
    for line in cell.source.split("\n") if cell.cell_type == "markdown" else ():
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found = None if fenced else _HEADING.fullmatch(line)
        if found is not None:
            yield len(found[1]), found[2]


# In and out -------------------------------------------------------------------
def notebook_text(notebook: NotebookNode) -> str:
    """JSON text of a notebook, byte for byte the same for the same notebook."""
    return serialize.text(notebook) + "\n"


def parse_notebook(text: str, *, outputs: bool = False) -> NotebookNode:
    """Read a notebook that was checked before, such as ``Assignment.source``.

    Cells without an id get a stable one, and code cells lose their outputs unless
    ``outputs`` says that they are wanted.
    """
    return _with_ids(nbformat.from_dict(_rejoined(json.loads(text), outputs)))


def parse_source(text: str, where: str, *, regions: bool = True) -> NotebookNode:
    """Read and check an instructor's notebook.

    Parameters
    ----------
    text
        JSON text of the notebook.
    where
        What to call it in messages, usually its path.
    regions
        Insist that a code cell for an answer marks it with BEGIN and END
        SOLUTION. Off for nbgrader courses, where the whole cell may be it.

    Raises
    ------
    CourseError
        Not a notebook, or its nbgrader metadata or markers are unusable.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{where}: not a notebook: the file is not JSON ({error}); "
            "open it in Jupyter and save it again"
        ) from None
    if not isinstance(raw, dict) or raw.get("nbformat") != 4:
        number = raw.get("nbformat") if isinstance(raw, dict) else None
        raise CourseError(
            f"{where}: notebook format {number!r} cannot be used; it must be 4; "
            "open it in Jupyter and save it again"
        )
    notebook = _valid(raw, where)
    _check(notebook, where, regions)
    return notebook


def notebook_of(
    cells: list[NotebookNode], metadata: dict[str, Any], prefix: str
) -> NotebookNode:
    """Make a notebook of cells; ids that cannot be used are counted from `prefix`."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata |= nbformat.from_dict(metadata)
    notebook.cells = cells
    return _with_ids(notebook, prefix)


def new_cell(cell_type: str, source: str, identifier: str) -> NotebookNode:
    """A cell with empty metadata."""
    raw: dict[str, Any] = {
        "cell_type": cell_type,
        "id": identifier,
        "metadata": {},
        "source": source,
    }
    if cell_type == "code":
        raw |= {"execution_count": None, "outputs": []}
    node: NotebookNode = nbformat.from_dict(raw)
    return node


def output_node(raw: dict[str, Any]) -> NotebookNode:
    """One output of a code cell, from plain data that is valid already."""
    node: NotebookNode = nbformat.from_dict(raw)
    return node


def _rejoined(raw: dict[str, Any], outputs: bool = False) -> dict[str, Any]:
    """Sources as strings; nbformat's reader does it, with checks we don't want."""
    for cell in raw["cells"]:
        if isinstance(cell.get("source"), list):
            cell["source"] = "".join(cell["source"])
        if cell.get("cell_type") == "code" and not outputs:
            cell |= {"outputs": [], "execution_count": None}
    return raw


def _with_ids(notebook: NotebookNode, prefix: str = "cell") -> NotebookNode:
    """Replace missing, invalid and repeated cell ids by stable ones."""
    seen = {""}
    for number, cell in enumerate(notebook.cells, start=1):
        found = cell.get("id")
        if not isinstance(found, str) or found in seen or not _CELL_ID.fullmatch(found):
            found = f"{prefix}-{number}"
            while found in seen:
                found += "x"
        cell["id"] = found
        seen.add(found)
    notebook["nbformat_minor"] = 5
    return notebook


# Checks of a source -----------------------------------------------------------
def _valid(raw: dict[str, Any], where: str) -> NotebookNode:
    """The notebook, if it follows nbformat's schema and nbgrader's version 3."""
    try:
        notebook = parse_notebook(json.dumps(raw))
        nbformat.validate(notebook)
    except (nbformat.ValidationError, KeyError, TypeError, AttributeError) as error:
        reason = str(error).splitlines()[0]
        raise CourseError(
            f"{where}: not a valid notebook: {reason}; "
            "open it in Jupyter and save it again"
        ) from None
    versions = {nbgrader_of(c).get("schema_version", 0) for c in _marked(notebook)}
    if versions - {_SCHEMA}:
        _upgrade(notebook, where)
    return notebook


def _marked(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if nbgrader_of(cell))


def _upgrade(notebook: NotebookNode, where: str) -> None:
    """Bring nbgrader's metadata of versions 0 to 2 to version 3."""
    from nbgrader.nbgraderformat import MetadataValidator  # slow import

    try:
        MetadataValidator().upgrade_notebook_metadata(notebook)
    except Exception as error:  # noqa: BLE001 - whatever nbgrader cannot read
        raise CourseError(
            f"{where}: nbgrader's metadata cannot be brought to version 3 ({error}); "
            "open the notebook in nbgrader's Create Assignment view and save it"
        ) from None


def _language(notebook: NotebookNode) -> str:
    """The language a notebook says it is in; Python where it says nothing."""
    metadata = notebook.metadata
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        if found := metadata.get(key, {}).get(name):
            return str(found)
    return "python"


def _check(notebook: NotebookNode, where: str, need_regions: bool) -> None:
    if "python" not in (language := _language(notebook)).lower():
        _fail(
            where,
            f"the notebook's language is {language!r}, and only Python can be graded",
            "if it is Python, choose a Python kernel in Jupyter and save it",
        )
    for number, cell in enumerate(notebook.cells, start=1):
        place = f"{where}, cell {number} ({grade_id_of(cell) or cell.id})"
        _check_metadata(cell, place)
        _check_markers(cell, place, need_regions)
    ids = Counter(filter(None, map(grade_id_of, _marked(notebook))))
    twice = sorted(name for name, count in ids.items() if count > 1)
    if twice:
        _fail(
            where,
            f"grade_id {', '.join(map(repr, twice))} stands on more than one cell",
            f"each may stand on one cell; rename the copies: {_cells(notebook, twice)}",
        )


def _cells(notebook: NotebookNode, names: list[str]) -> str:
    """Where each of `names` stands, for people."""
    numbered = list(enumerate(map(grade_id_of, notebook.cells), start=1))
    places = {
        name: ", ".join(str(number) for number, found in numbered if found == name)
        for name in names
    }
    return "; ".join(f"{name!r} in cells {cells}" for name, cells in places.items())


def _fail(place: str, what: str, then: str) -> NoReturn:
    raise CourseError(f"{place}: {what}; {then}")


def _check_metadata(cell: NotebookNode, place: str) -> None:
    if kind_of(cell) is None and not is_locked(cell):
        return
    name = nbgrader_of(cell).get("grade_id")
    if not isinstance(name, str) or not _GRADE_ID.fullmatch(name):
        _fail(
            place,
            f"grade_id {name!r} cannot be used",
            "it must be letters, digits, '-' and '_'; set metadata.nbgrader.grade_id",
        )
    if is_test(cell) and cell.cell_type != "code" and not is_task(cell):
        _fail(
            place,
            f"a test in a {cell.cell_type} cell cannot be run",
            "tests stand in code cells; for a written answer set solution: true too",
        )
    if is_test(cell) or is_manual(cell) or is_task(cell):
        _check_points(cell, place)


def _check_points(cell: NotebookNode, place: str) -> None:
    points = nbgrader_of(cell).get("points")
    number = isinstance(points, int | float) and not isinstance(points, bool)
    if points is None or not number or not 0 <= points < float("inf"):
        _fail(
            place,
            f"a graded cell has points {points!r}",
            "it must be a number of 0 or more; set metadata.nbgrader.points",
        )


def _check_markers(cell: NotebookNode, place: str, need_regions: bool) -> None:
    try:
        found = {region.kind for region in markers.regions(cell.source)}
    except markers.MarkerError as error:
        _fail(place, str(error), "every BEGIN needs its own END in the same cell")
    if "SOLUTION" in found and not is_answer(cell):
        _fail(
            place,
            "BEGIN SOLUTION stands in a cell that is not for an answer",
            "move it to a cell with metadata.nbgrader.solution true, or set that",
        )
    if "HIDDEN TESTS" in found and not _has(cell, "grade"):
        _fail(
            place,
            "BEGIN HIDDEN TESTS stands in a cell that is not a test",
            "move it to a cell with metadata.nbgrader.grade true, or set that",
        )
    lacking = need_regions and is_answer(cell) and cell.cell_type == "code"
    if lacking and "SOLUTION" not in found:
        _fail(
            place,
            "a code cell for an answer marks no solution",
            "put the answer between '### BEGIN SOLUTION' and '### END SOLUTION'",
        )


__all__ = [
    "NotebookNode",
    "grade_id_of",
    "headings_of",
    "is_answer",
    "is_locked",
    "is_manual",
    "is_task",
    "is_test",
    "kind_of",
    "nbgrader_of",
    "new_cell",
    "notebook_of",
    "notebook_text",
    "output_node",
    "parse_notebook",
    "parse_source",
    "tags_of",
    "tasks_of",
]
