"""Functions for grading: a notebook, a class, and a check before submission."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.authoring.sample_class import SampleClass
    from grader.batch.run import GradingWatcher
    from grader.classroom.folder import Classroom
    from grader.classroom.trusts import CellTrust
    from grader.course.course import Course
    from grader.course.reference_copy import Reference
    from grader.execution.doctor import Finding
    from grader.execution.limits import Sandbox
    from grader.grading.self_check import Report
    from grader.records import Assignment, Result, Trust

_SEED_BITS = 31


def grade_notebook(
    notebook: str | os.PathLike[str] | bytes,
    assignment: Assignment,
    *,
    student: str = "student",
    seed: int | None = None,
    sandbox: Sandbox = "auto",
    limits: Mapping[str, float] | None = None,
) -> Result:
    """Grade one notebook, without a class folder and without recording anything.

    The grade is the same as that of ``grader grade``. The instructor's solution is
    graded first each time, so for many notebooks :func:`grade` is faster.

    Parameters
    ----------
    notebook
        The submitted file, or its content.
    assignment
        The assignment: ``course["NAME"]``.
    student
        Name of the student, for the result.
    seed
        Seed for the random inputs of hidden tests; a random seed if None.
    sandbox
        The weakest level of jails that is good enough: ``"auto"`` for any, ``"bwrap"``
        or ``"confined"``. ``"none"`` runs the student's code UNPROTECTED, as your user.
    limits
        Limits that replace those of the assignment, by name: see
        :class:`grader.execution.limits.Limits`.

    Returns
    -------
    Result
        The grade. An unreadable notebook gets a result, too, without points.

    Raises
    ------
    UsageError
        The file cannot be read.
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
    """The keyword arguments of :func:`grade`."""

    workers: int | None
    seed: int | None
    force: bool
    limits: Mapping[str, float]
    database: str | None
    sandbox: Sandbox
    scheduler: str | None
    strict: bool
    trust: Trust


def grade(
    classroom: Classroom,
    course: Course,
    assignments: Collection[str] = (),
    student: str | None = None,
    watcher: GradingWatcher | None = None,
    **options: Unpack[GradeOptions],
) -> list[Result]:
    """Grade the submissions of a class, and record the grades in the class folder.

    Submissions that have not changed since they were graded are skipped.

    Parameters
    ----------
    classroom
        The class.
    course
        The course whose assignments were submitted.
    assignments
        Names; all that were submitted if empty.
    student
        Grade only this student; all if None.
    watcher
        Receives progress, and notes on files that were passed over.
    workers : int, optional
        Number of worker processes; one for each core by default.
    seed : int, optional
        Seed for the random inputs of hidden tests; a random seed by default.
    force : bool, optional
        Grade again even if nothing changed.
    limits : dict, optional
        Limits that replace those of the assignments, by name.
    database : str, optional
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class by default.
    sandbox : {"auto", "bwrap", "confined", "none"}, optional
        As for :func:`grade_notebook`.
    scheduler : str, optional
        Address or scheduler file of a Dask scheduler, to grade on its workers.
    trust : str, optional
        The least trust that a test must have: ``"examiner"``, ``"both"`` or
        ``"in-kernel"``. A person grades the tests with less.
    strict : bool, optional
        Grade nothing if anything is wrong with one of the assignments. By default all
        that can be graded is, and the results have flags of the kind ``course``.

    Returns
    -------
    list of Result
        The results of all requested submissions, whether they were graded now or
        earlier; sorted by student.

    Raises
    ------
    CourseError
        There is no such assignment, or none of them can be graded.
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
    from grader.batch.run import GradingSettings, run

    strict = options.get("strict", False)
    planned = plan(course, classroom, assignments, student, strict=strict)
    if watcher is not None:
        for path in planned.ignored:
            watcher.note(f"passed over: {path}")
        for warning in planned.warnings:
            watcher.note(f"warning: {warning}")
        for assignment, reason in planned.left_out:
            watcher.left_out(assignment, reason)
    return list(run(classroom, planned, GradingSettings(**options), watcher).values())


def course_problems(results: Iterable[Result]) -> list[tuple[str, str]]:
    """Return what is wrong with the course itself, as results say it.

    Parameters
    ----------
    results
        The results of a class, or of one submission.

    Returns
    -------
    list of (str, str)
        The assignment, and which cells could not be graded as usual, why, and what to
        do next.
    """
    from grader.reports.course_problems import course_problems as found

    return [(problem.assignment, problem.text) for problem in found(results)]


def cell_in_words(cell: str, assignment: Assignment) -> str:
    """Return the words for a cell in a message.

    Parameters
    ----------
    cell
        The grade_id of the cell.
    assignment
        The notebook that it belongs to.

    Returns
    -------
    str
        ``cell NAME``, or words such as ``the 2nd graded cell (“assert x == 1”)`` where
        nbgrader made up the name.
    """
    from grader.grading.cell_words import in_words

    return in_words(assignment, f"cell {cell}")


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
        As for :func:`grade_notebook`.

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


def make_sample_class(
    course: Course, folder: Path | None = None, assignments: Collection[str] = ()
) -> SampleClass:
    """Write a sample class with right, wrong, damaged and hostile submissions.

    Parameters
    ----------
    course
        The course whose notebooks are submitted.
    folder
        The class folder; a new temporary folder if None.
    assignments
        Names; a selection if empty.

    Returns
    -------
    SampleClass
        The class, which can be graded and checked.

    Raises
    ------
    ClassError
        The folder contains other submissions.
    CourseError
        The course has no assignment of such a name.
    """
    from grader.authoring.sample_class import SampleClass

    return SampleClass.make(course, folder, assignments)


def examine_machine() -> list[Finding]:
    """Check whether this machine has everything that grading needs."""
    from grader.execution.doctor import examine

    return examine()


def examine_course(
    course: Course,
    assignments: Collection[str] = (),
    *,
    sandbox: Sandbox = "auto",
    workers: int | None = None,
) -> tuple[CellTrust, ...]:
    """Grade the solutions of a course; return how far each test can be trusted.

    Parameters
    ----------
    course
        The course.
    assignments
        Names of assignments; all of them if empty.
    sandbox
        As for :func:`grade_notebook`.
    workers
        How many solutions are graded at the same time; None for one per core.

    Returns
    -------
    tuple of CellTrust
        In the course's order.

    Raises
    ------
    SandboxError
        No jail can be built on this machine; nothing was run.
    CourseError
        The course has no assignment of such a name, or one cannot be read.
    JailError
        The grader failed, through no fault of the course.
    """
    from grader.batch.trusts import trusts_of_course

    names = assignments or course.assignment_names()
    found = [each for name in names for each in course.read(name)[0]]
    return trusts_of_course(found, sandbox, workers)


__all__ = [
    "GradeOptions",
    "cell_in_words",
    "check_notebook",
    "course_problems",
    "examine_course",
    "examine_machine",
    "find_released",
    "grade",
    "grade_notebook",
    "make_sample_class",
]
