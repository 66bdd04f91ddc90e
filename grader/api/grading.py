"""Grade a notebook or a class, and check one's own notebook before submitting it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.authoring.sample_class import SampleClass
    from grader.batch.run import Watcher
    from grader.classroom.folder import Classroom
    from grader.course.course import Course
    from grader.course.reference_copy import Reference
    from grader.execution.doctor import Finding
    from grader.execution.limits import Sandbox
    from grader.grading.self_check import Report
    from grader.records import Assignment, Result

_SEED_BITS = 31


def grade_notebook(
    notebook: str | os.PathLike[str] | bytes,
    assignment: Assignment,
    *,
    student: str = "student",
    seed: int | None = None,
    sandbox: Sandbox = "bwrap",
    limits: Mapping[str, float] | None = None,
) -> Result:
    """Grade one notebook, without a class folder and without recording anything.

    The grade is that of ``grader grade``. The instructor's own solution is graded
    first, so many notebooks are graded sooner by :func:`grade`.

    Parameters
    ----------
    notebook
        The submitted file, or its content.
    assignment
        What was asked: ``course["NAME"]``.
    student
        Whose it is, for the result.
    seed
        What hidden tests draw their inputs from; a random one if None.
    sandbox
        ``"bwrap"``; ``"none"`` runs the student's code UNPROTECTED, as yourself.
    limits
        Limits that replace the assignment's own, by name: see
        :class:`grader.execution.limits.Limits`.

    Returns
    -------
    Result
        Of an unreadable notebook, too: it earns nothing.

    Raises
    ------
    UsageError
        The file cannot be read.
    CourseError
        The instructor's own solution does not pass its tests.
    SandboxError
        No jail can be built on this machine; nothing was run.
    JailError
        The grader failed, through no fault of the student.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> print(grader.grade_notebook("averages.ipynb", course["averages"], seed=1))
    student, averages: 8 of 10 points
      mean-test: 2 of 2, passed
      median-test: 3 of 3, passed
      q1-test: 1 of 1, passed
      scaled-test: 2 of 2, passed
      essay: 0 of 2, manual: your instructor grades this by hand
    """
    import secrets

    from grader.grading.standalone import grade_standalone
    from grader.records import Submission

    content = notebook if isinstance(notebook, bytes) else _read(Path(notebook))
    submission = Submission(student, assignment.name, content)
    seed = secrets.randbits(_SEED_BITS) if seed is None else seed
    return grade_standalone(assignment, submission, seed, sandbox, limits).result


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None


class GradeOptions(TypedDict, total=False):
    """How a class is graded: the keyword arguments of :func:`grade`."""

    workers: int | None
    seed: int | None
    force: bool
    limits: Mapping[str, float]
    database: str | None
    sandbox: Sandbox
    scheduler: str | None


def grade(
    classroom: Classroom,
    course: Course,
    assignments: Collection[str] = (),
    student: str | None = None,
    watcher: Watcher | None = None,
    **options: Unpack[GradeOptions],
) -> list[Result]:
    """Grade what was submitted to a class, and record it in the class folder.

    Submissions that have not changed since they were graded are not graded again.

    Parameters
    ----------
    classroom, course
        The class, and the course whose assignments it works on.
    assignments
        Names; all that were submitted if none.
    student
        Only this student.
    watcher
        Is told how the run goes on, and what was passed over.
    workers : int, optional
        Processes that grade at the same time; one for each core by default.
    seed : int, optional
        What hidden tests draw their inputs from; a random one by default.
    force : bool, optional
        Grade what is unchanged, too.
    limits : dict, optional
        Limits that replace those of the assignments, by name.
    database : str, optional
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class by default.
    sandbox : {"bwrap", "none"}, optional
        ``"none"`` runs student code UNPROTECTED, as yourself.
    scheduler : str, optional
        Address of a Dask scheduler, whose workers then grade.

    Returns
    -------
    list of Result
        Of everything that was asked for, graded now or before; sorted by student.

    Raises
    ------
    CourseError
        There is no such assignment, or a solution does not pass its own tests.
    ClassError
        Nothing was submitted, or another process is grading this class.
    SandboxError
        No jail can be built on this machine; nothing was run.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> classroom = grader.Classroom.open("class")
    >>> results = grader.grade(classroom, course, workers=1, seed=1)
    >>> [(result.student, result.score) for result in results]
    [('ada', 8.0), ('bob', 6.0)]
    """
    from grader.batch.plan import plan
    from grader.batch.run import Options, run

    planned = plan(course, classroom, assignments, student)
    if watcher is not None:
        for each in planned.ignored:
            watcher.note(f"passed over: {each}")
    return list(run(classroom, planned, Options(**options), watcher).values())


def find_released(
    notebook: Path, course: Path | None = None
) -> tuple[Reference, bytes]:
    """Read a student's notebook, and find the copy it was made from.

    Parameters
    ----------
    notebook
        The student's file.
    course
        The course's folder, which needs no sources; if None, the current folder or
        the nearest one above it that is a course's.

    Raises
    ------
    UsageError
        It cannot be read, or belongs to no notebook of the course.
    """
    from grader.course.reference_copy import find_root
    from grader.grading.self_check import read

    return read(notebook, course or find_root(Path()))


def check_notebook(released: Reference, content: bytes, sandbox: Sandbox) -> Report:
    """Say whether a notebook can be graded, and run its visible tests.

    Parameters
    ----------
    released, content
        What :func:`find_released` returns.
    sandbox
        ``"none"`` runs the notebook UNPROTECTED, as yourself.

    Raises
    ------
    SandboxError
        No jail can be built on this machine; nothing was run.
    """
    from grader.grading.self_check import check

    return check(released, content, sandbox)


def make_sample_class(
    course: Course, folder: Path | None = None, assignments: Collection[str] = ()
) -> SampleClass:
    """Write a sample class, good and bad: see :class:`SampleClass`.

    Parameters
    ----------
    course
        The course whose notebooks are submitted.
    folder
        Where to; a new folder if None.
    assignments
        Names; a selection if none.
    """
    from grader.authoring.sample_class import SampleClass

    return SampleClass.make(course, folder, assignments)


def examine_machine() -> list[Finding]:
    """Examine what this machine has for grading, and what it lacks."""
    from grader.execution.doctor import examine

    return examine()


__all__ = [
    "GradeOptions",
    "check_notebook",
    "examine_machine",
    "find_released",
    "grade",
    "grade_notebook",
    "make_sample_class",
]
