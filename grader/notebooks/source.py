"""Read an instructor's notebook, and refuse one that cannot be graded. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from grader.errors import CourseError
from grader.notebooks import markers
from grader.notebooks.cells import (
    NotebookNode,
    as_format_4,
    grade_id_of,
    is_answer,
    is_locked,
    is_manual,
    is_task,
    is_test,
    kind_of,
    nbgrader_of,
    of_older_format,
    parse_notebook,
    schema_problem,
)
from grader.notebooks.tidy import tidied

_GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")
_SCHEMA = 3
# Names of kernels that are not Python, for notebooks that name no language.
_OTHER_KERNELS = re.compile(
    r"(ir|xr|bash|calysto_.*|gophernotes|i?java|javascript|julia|maple|mathematica"
    r"|matlab|octave|rust|sas|scala|stata|xcpp)[-.\d]*"
)


def parse_source(text: str, where: str, *, regions: bool = True) -> NotebookNode:
    """Read and check an instructor's notebook.

    Parameters
    ----------
    text
        JSON text of the notebook.
    where
        What to call it in messages, usually its path.
    regions
        Whether the rules of our own courses hold: a code cell for an answer must mark
        the solution with BEGIN and END SOLUTION, the language must be Python, and
        nothing may break the schema of notebooks. In nbgrader courses the whole cell
        may be the solution, and metadata that is broken is left out.

    Returns
    -------
    NotebookNode
        The notebook, with nbgrader's metadata in version 3.

    Raises
    ------
    CourseError
        The text is not a notebook, or its nbgrader metadata or markers are unusable.
    """
    notebook = read_source(text, where, tidy=not regions)
    _check(notebook, where, regions)
    return notebook


def read_source(text: str, where: str, *, tidy: bool) -> NotebookNode:
    """Read an instructor's notebook without checking its cells.

    Parameters
    ----------
    text
        JSON text of the notebook.
    where
        What to call it in messages, usually its path.
    tidy
        Whether to leave out metadata that is broken, and read older formats.

    Returns
    -------
    NotebookNode
        The notebook, with nbgrader's metadata in version 3 or newer.

    Raises
    ------
    CourseError
        The text is not a notebook, or its nbgrader metadata cannot be read.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{where}: not a notebook: the file is not JSON ({error}); "
            "open it in Jupyter and save it again"
        ) from None
    if tidy and of_older_format(raw):
        raw = _converted(text, where)
    if not isinstance(raw, dict) or raw.get("nbformat") != 4:
        number = raw.get("nbformat") if isinstance(raw, dict) else None
        raise CourseError(
            f"{where}: notebook format {number!r} cannot be used; it must be 4; "
            "open it in Jupyter and save it again"
        )
    return _valid(tidied(raw) if tidy else raw, where)


def _converted(text: str, where: str) -> dict[str, Any]:
    try:
        return as_format_4(text)
    except ValueError as error:
        raise CourseError(
            f"{where}: the notebook has an old format that cannot be brought to format "
            f"4 ({error}); open it in Jupyter and save it again"
        ) from None


def _valid(raw: dict[str, Any], where: str) -> NotebookNode:
    """Return the notebook if it is valid, with nbgrader's metadata in version 3."""
    try:
        notebook = parse_notebook(json.dumps(raw))
        problem = schema_problem(notebook)
    except (KeyError, TypeError, AttributeError) as error:
        problem = str(error).splitlines()[0]
    if problem:
        raise CourseError(
            f"{where}: not a valid notebook: {problem}; "
            "open it in Jupyter and save it again"
        )
    versions = {nbgrader_of(c).get("schema_version", 0) for c in _marked(notebook)}
    if versions - {_SCHEMA}:
        _upgrade(notebook, where)
    return notebook


def _marked(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if nbgrader_of(cell))


def _upgrade(notebook: NotebookNode, where: str) -> None:
    """Convert nbgrader's metadata of versions 0 to 2 to version 3."""
    from nbgrader.nbgraderformat import MetadataValidator  # slow import

    try:
        MetadataValidator().upgrade_notebook_metadata(notebook)
    except Exception as error:  # noqa: BLE001 - whatever nbgrader cannot read
        raise CourseError(
            f"{where}: nbgrader's metadata cannot be brought to version 3 ({error}); "
            "open the notebook in nbgrader's Create Assignment view and save it"
        ) from None


def other_language(notebook: NotebookNode) -> str:
    """Return the language of a notebook that is not Python; "" if it is Python.

    A notebook that says nothing about its language is in Python.
    """
    metadata = notebook.metadata
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        if language := metadata.get(key, {}).get(name):
            return "" if "python" in str(language).lower() else str(language)
    kernel = str(metadata.get("kernelspec", {}).get("name", "")).lower()
    return kernel if _OTHER_KERNELS.fullmatch(kernel) else ""


def require_python(notebook: NotebookNode, where: str) -> None:
    """Raise an error if a notebook is in another language.

    Parameters
    ----------
    notebook
        The notebook.
    where
        What to call it in the message.

    Raises
    ------
    CourseError
        It is not in Python.
    """
    if language := other_language(notebook):
        _fail(where, not_python(language), CHOOSE_PYTHON)


def not_python(language: str) -> str:
    """Return what is wrong with a notebook in another language."""
    return f"the notebook's language is {language!r}, and only Python can be graded"


CHOOSE_PYTHON = "if it is Python, choose a Python kernel in Jupyter and save it"


def _check(notebook: NotebookNode, where: str, need_regions: bool) -> None:
    if need_regions:
        require_python(notebook, where)
    for number, cell in enumerate(notebook.cells, start=1):
        place = f"{where}, cell {number} ({grade_id_of(cell) or cell.id})"
        # In courses made for nbgrader a person grades a test that is not code.
        _check_metadata(cell, place, ("markdown", "raw") if need_regions else ())
        _check_markers(cell, place, need_regions)
    ids = Counter(filter(None, map(grade_id_of, _marked(notebook))))
    twice = sorted(name for name, count in ids.items() if count > 1)
    if twice:
        _fail(
            where,
            f"grade_id {', '.join(map(repr, twice))} is on more than one cell",
            f"a grade_id names one cell; rename the copies: {_cells(notebook, twice)}",
        )


def _cells(notebook: NotebookNode, names: list[str]) -> str:
    """Say in which cells each of these grade_ids is."""
    numbered = list(enumerate(map(grade_id_of, notebook.cells), start=1))
    places = {
        name: ", ".join(str(number) for number, at_cell in numbered if at_cell == name)
        for name in names
    }
    return "; ".join(f"{name!r} in cells {cells}" for name, cells in places.items())


def _fail(place: str, what: str, then: str) -> NoReturn:
    raise CourseError(f"{place}: {what}; {then}")


def _check_metadata(cell: NotebookNode, place: str, unfit: tuple[str, ...]) -> None:
    if kind_of(cell) is None and not is_locked(cell):
        return
    name = nbgrader_of(cell).get("grade_id")
    if not isinstance(name, str) or not _GRADE_ID.fullmatch(name):
        _fail(
            place,
            f"grade_id {name!r} cannot be used",
            "it must be letters, digits, '-' and '_'; set metadata.nbgrader.grade_id",
        )
    if is_test(cell) and cell.cell_type in unfit and not is_task(cell):
        _fail(
            place,
            f"a test in a {cell.cell_type} cell cannot be run",
            "a test must be a code cell; for a written answer set solution: true too",
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
        kinds = {region.kind for region in markers.regions(cell.source)}
    except markers.MarkerError as error:
        _fail(place, str(error), "every BEGIN needs its own END in the same cell")
    if "SOLUTION" in kinds and not is_answer(cell):
        _fail(
            place,
            "BEGIN SOLUTION is in a cell that is not for an answer",
            "move it to a cell with metadata.nbgrader.solution true, or set that",
        )
    if "HIDDEN TESTS" in kinds and nbgrader_of(cell).get("grade") is not True:
        _fail(
            place,
            "BEGIN HIDDEN TESTS is in a cell that is not a test",
            "move it to a cell with metadata.nbgrader.grade true, or set that",
        )
    lacking = need_regions and is_answer(cell) and cell.cell_type == "code"
    if lacking and "SOLUTION" not in kinds:
        _fail(
            place,
            "a code cell for an answer marks no solution",
            "put the answer between '### BEGIN SOLUTION' and '### END SOLUTION'",
        )


__all__ = [
    "CHOOSE_PYTHON",
    "not_python",
    "other_language",
    "parse_source",
    "read_source",
    "require_python",
]
