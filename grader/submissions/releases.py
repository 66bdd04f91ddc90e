"""Find which release of an assignment a submission was made from. Pure.

A course may have released several versions of a student copy. What a submission says
of itself is a hint only: the release that most of its cells stem from is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_answer,
    is_locked,
    is_test,
    kind_of,
    new_cell,
    parse_notebook,
)
from grader.submissions.align import Profile, bound_names, normal

_CODE_STUB = "...  # TODO: your answer here"
_TEXT_STUB = "YOUR ANSWER HERE"
_WORD = re.compile(r"[^\W\d]\w*")


def closest(editions: Sequence[str], submitted: NotebookNode) -> int:
    """Return the index of the release that a submission has most cells of.

    Parameters
    ----------
    editions
        Student copies as JSON text, the current one first; of equals, the one that
        the submission names is taken, then the first.
    submitted
        The submission, as :func:`grader.submissions.repair.notebook.readings` reads it.
    """
    if len(editions) == 1:
        return 0
    claimed = submitted.metadata["grader"]["release"]
    texts = _texts(submitted)
    shared = [
        ((texts & known).total(), claimed == release)
        for known, release in map(known, editions)
    ]
    return shared.index(max(shared))


@lru_cache(maxsize=32)
def known(edition: str) -> tuple[Counter[str], str | None]:
    """Return the texts of a student copy and its release, which many compare with."""
    read = parse_notebook(edition)
    said = read.metadata.get("grader", {}).get("release")
    return _texts(read), said if isinstance(said, str) else None


def _texts(read: NotebookNode) -> Counter[str]:
    return Counter(normal(cell.source) for cell in read.cells if cell.source)


@lru_cache(maxsize=8)
def reference(source: str, released: str) -> Sequence[Profile]:
    """Return, for each cell of the source, the cell that students received.

    Both are notebooks as JSON text; kept from one submission to the next.
    """
    return tuple(_reference(parse_notebook(source), parse_notebook(released)))


def _reference(source: NotebookNode, released: NotebookNode) -> list[Profile]:
    by_grade_id = {grade_id_of(cell): cell for cell in released.cells}
    by_id = {cell.id: cell for cell in released.cells}
    asked = _asked_for(source)
    found = []
    for cell in source.cells:
        name = grade_id_of(cell)
        same = (by_grade_id.get(name) if name else None, by_id.get(cell.id))
        received = next((each for each in same if _same_kind(each, cell)), None)
        needs = bound_names(cell.source) & asked if _is_code_answer(cell) else ()
        found.append(Profile(received or _blanked(cell), needs))
    return found


def _same_kind(received: NotebookNode | None, cell: NotebookNode) -> bool:
    """Whether a cell of a release, which may be an old one, is still what it was."""
    return received is not None and (
        received.cell_type == cell.cell_type
        and kind_of(received) == kind_of(cell)
        and is_locked(received) == is_locked(cell)
    )


def _is_code_answer(cell: NotebookNode) -> bool:
    return is_answer(cell) and cell.cell_type == "code"


def _asked_for(source: NotebookNode) -> frozenset[str]:
    """Names that the instructor's tests use: what an answer has to define."""
    tests = [cell.source for cell in source.cells if is_test(cell)]
    return frozenset(_WORD.findall("\n".join(tests)))


def _blanked(cell: NotebookNode) -> NotebookNode:
    """A cell that was not released, with nothing of a solution in it."""
    copy = new_cell(cell.cell_type, cell.source, cell.id)
    copy.metadata = cell.metadata
    if is_answer(cell):
        copy.source = _CODE_STUB if cell.cell_type == "code" else _TEXT_STUB
    return copy


__all__ = ["closest", "known", "reference"]
