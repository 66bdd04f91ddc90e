"""Open the examiner of a submission, with the names that its assignment defines."""

from __future__ import annotations

from grader.course import extra_files
from grader.execution.examiner.client import Examiner
from grader.execution.jail.jail import Jailer
from grader.notebooks.analysis import names
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
    known = names.notebook_names(assignment.source)
    beside = extra_files.modules(assignment.files)
    imported = (*assignment.imports, *map(extra_files.module_of, beside))
    examiner = Examiner(
        jailer.fork_server,
        answers=known.answers,
        definitions=known.definitions,
        modules={name.split(".")[0] for name in imported},
        call_seconds=jailer.limits.call_seconds,
        environment=jailer.environment,
    )
    examiner.offer(beside)
    if assignment.written_for_kernel:
        examiner.share(known.answers | known.read)
    return examiner


__all__ = ["open_examiner"]
