"""Functions with which a student checks a notebook before submission."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.reference_copy import Reference
    from grader.execution.limits import Sandbox
    from grader.grading.self_check import Report


def find_released(
    notebook: Path, course: Path | None = None
) -> tuple[Reference, bytes]:
    """Read a student's notebook, and find the student copy it was made from.

    Parameters
    ----------
    notebook
        The student's file.
    course
        The course folder, which needs no sources; if None, the current folder or the
        nearest course folder above it.

    Returns
    -------
    tuple
        The student copy, and the content of the student's file.

    Raises
    ------
    UsageError
        The file cannot be read, or belongs to no notebook of the course.
    """
    from grader.course.reference_copy import find_root
    from grader.grading.self_check import read

    return read(notebook, course or find_root(Path()))


def check_notebook(released: Reference, content: bytes, sandbox: Sandbox) -> Report:
    """Check a notebook before submission, with its visible tests.

    Parameters
    ----------
    released
        The student copy it was made from: see :func:`find_released`.
    content
        The content of the student's file.
    sandbox
        As for :func:`grader.grade_notebook`.

    Returns
    -------
    Report
        The state of each question, and what grading would repair.

    Raises
    ------
    SandboxError
        No jail can be built on this machine; nothing was run.
    """
    from grader.grading.self_check import check

    return check(released, content, sandbox)


__all__ = ["check_notebook", "find_released"]
