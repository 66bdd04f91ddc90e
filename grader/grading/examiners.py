"""Open the examiner of a submission, with the names that its assignment defines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from grader.course import extra_files
from grader.execution.examiner.client import Examiner
from grader.execution.jail.jail import Jailer
from grader.notebooks.analysis import names
from grader.notebooks.cells import cells_of, parse_notebook
from grader.records import Assignment


def open_examiner(assignment: Assignment, jailer: Jailer) -> Examiner:
    """Return an examiner configured with the names that an assignment defines.

    Parameters
    ----------
    assignment
        The assignment whose tests it will run.
    jailer
        The jailer of the kernels whose code the tests call.
    """
    answers, defined = _names_of(assignment.source)
    beside = extra_files.modules(assignment.files)
    imported = (*assignment.imports, *map(extra_files.module_of, beside))
    examiner = Examiner(
        jailer.fork_server,
        answers=answers,
        definitions=defined,
        modules={name.split(".")[0] for name in imported},
        call_seconds=jailer.limits.call_seconds,
        environment=jailer.environment,
    )
    examiner.offer(beside)
    return examiner


@lru_cache(maxsize=8)
def _names_of(source: str) -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the names that a solution's answers bind, and what its other cells define.

    The result is cached between submissions: finding it takes as long as running a few
    cells.
    """
    code = [cell for cell in cells_of(parse_notebook(source)) if cell.is_code]
    answers = [cell.source for cell in code if cell.kind in ("answer", "manual")]
    plain = [cell.source for cell in code if cell.kind is None]
    bound = frozenset(names.bound_names(answers))
    return bound, MappingProxyType(names.definitions(plain))


__all__ = ["open_examiner"]
