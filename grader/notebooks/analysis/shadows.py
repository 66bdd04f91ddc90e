"""Find names that a student's cells share with the tests. Pure.

nbgrader runs the tests in the student's kernel. There ``max = 0`` in an answer breaks a
test that calls ``max``, and a test that assigns ``x`` changes the ``x`` that an answer
reads. The examiner keeps the two apart, so such a test has to run in the kernel, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from grader.notebooks.analysis.names import bound_names, used_names
from grader.notebooks.analysis.reads import reads
from grader.notebooks.cells import Cell

# What "from x import *" binds: names that are not known.
_ANY = "*"


def shadowed(cells: Iterable[Cell], answers: frozenset[str]) -> frozenset[str]:
    """Return the grade_ids of tests that share names with the student's cells.

    Parameters
    ----------
    cells
        The cells of the merged notebook, in its order.
    answers
        The names that the solution's answers bind, which tests use on purpose.
    """
    found = set()
    own: set[str] = set()
    read: set[str] = set()
    by_tests: set[str] = set()
    for cell in cells:
        if not cell.is_code:
            continue
        if cell.is_test:
            used, bound = _of_test(cell.source)
            by_tests |= bound
            if used & (own - answers) or by_tests & (own | read) or _ANY in own:
                found.add(cell.grade_id)
        elif cell.by_student or cell.is_answer:
            own |= bound_names([cell.source])
            needed = reads(cell.source, trusted=False)
            read |= needed.at_once | needed.later
    return frozenset(found)


@lru_cache(maxsize=256)
def _of_test(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that a test uses, and those that it binds."""
    return frozenset(used_names(source)), frozenset(bound_names([source]))


__all__ = ["shadowed"]
