"""Find which release of an assignment a submission was made from. Pure.

A course may have released several versions of a student copy. A submission also names
its release, but that is only a hint: the release that most of its cells come from
counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.notebooks.cells import (
    Cell,
    NotebookNode,
    cells_of,
    new_cell,
    parse_notebook,
)
from grader.records import Assignment
from grader.submissions.align import Profile, bound_names, normal

_CODE_STUB = "# TODO: your answer here"
_TEXT_STUB = "YOUR ANSWER HERE"
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Origin:
    """The release that a submission was made from.

    Attributes
    ----------
    reference : sequence of Profile
        For each cell of the instructor's notebook, the cell that students received.
    earlier : str or None
        The release if it is an earlier one, ``unnamed`` if it has no name; None for
        the current release.
    unknown : bool
        The submission names a release that the course does not have. It may lie, and
        gains nothing by it.
    texts : frozenset of str
        The texts of an earlier release's cells; empty for the current release.
    """

    reference: Sequence[Profile]
    earlier: str | None
    unknown: bool
    texts: frozenset[str]


def find_origin(assignment: Assignment, submitted: NotebookNode) -> Origin:
    """Return the release that most cells of a submission come from.

    Parameters
    ----------
    assignment
        The assignment with its current and its earlier student copies. Of copies that
        share equally many cells, the one that the submission names counts, then the
        first.
    submitted
        The submission, as :func:`grader.submissions.repair.notebook.readings` reads it.
    """
    named = submitted.metadata["grader"]["release"]
    copies = (assignment.released, *assignment.earlier)
    at = _closest(copies, submitted, named)
    texts, release = _texts_and_release(copies[at])
    earlier = (release or "unnamed") if at else None
    return Origin(
        reference=_reference(assignment.source, copies[at]),
        earlier=earlier,
        unknown=named not in (None, assignment.release, earlier),
        texts=frozenset(texts) if at else frozenset(),
    )


def _closest(copies: Sequence[str], submitted: NotebookNode, named: str | None) -> int:
    """Return the index of the student copy that a submission has most cells of."""
    if len(copies) == 1:
        return 0
    submitted_texts = _texts(submitted)
    shared = [
        ((submitted_texts & texts).total(), named == release)
        for texts, release in map(_texts_and_release, copies)
    ]
    return shared.index(max(shared))


@lru_cache(maxsize=32)
def _texts_and_release(copy: str) -> tuple[Counter[str], str | None]:
    """Return the texts of a student copy's cells, and its release."""
    notebook = parse_notebook(copy)
    release = notebook.metadata.get("grader", {}).get("release")
    return _texts(notebook), release if isinstance(release, str) else None


def _texts(notebook: NotebookNode) -> Counter[str]:
    return Counter(normal(cell.source) for cell in notebook.cells if cell.source)


@lru_cache(maxsize=8)
def _reference(source: str, released: str) -> Sequence[Profile]:
    """Return, for each cell of the source, the cell that students received.

    Both are notebooks as JSON text. The result is kept for the next submission.
    """
    cells = cells_of(parse_notebook(source))
    copies = cells_of(parse_notebook(released))
    by_grade_id = {cell.grade_id: cell for cell in copies if cell.grade_id}
    by_id = {cell.identifier: cell for cell in copies}
    asked = _names_in_tests(cells)
    profiles = []
    for cell in cells:
        candidates = (by_grade_id.get(cell.grade_id), by_id.get(cell.identifier))
        received = [copy.node for copy in candidates if copy and _same_kind(copy, cell)]
        answers_in_code = cell.is_answer and cell.is_code
        names = bound_names(cell.source) & asked if answers_in_code else ()
        profiles.append(Profile(received[0] if received else _blanked(cell), names))
    return tuple(profiles)


def _same_kind(received: Cell, cell: Cell) -> bool:
    """Whether a cell of an old release still is what it was."""
    return (received.cell_type, received.kind, received.locked) == (
        cell.cell_type,
        cell.kind,
        cell.locked,
    )


def _names_in_tests(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the words in the instructor's tests: names that answers must define."""
    tests = [cell.source for cell in cells if cell.is_test]
    return frozenset(_WORD.findall("\n".join(tests)))


def _blanked(cell: Cell) -> NotebookNode:
    """Return a cell that was not released, without any part of a solution."""
    copy = new_cell(cell.cell_type, cell.source, cell.identifier)
    copy.metadata = cell.node.metadata
    if cell.is_answer:
        copy.source = _CODE_STUB if cell.is_code else _TEXT_STUB
    return copy


__all__ = ["Origin", "find_origin"]
