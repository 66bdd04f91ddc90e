"""Functions for grading: a notebook, or a class; and words about what was graded."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.batch.run import GradingWatcher
    from grader.classroom.folder import Classroom
    from grader.course.course import Course
    from grader.execution.limits import Sandbox
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


def with_points_by_hand(
    classroom: Classroom, results: Iterable[Result], database: str | None = None
) -> list[Result]:
    """Return results with the points and extra credit that people have entered.

    Parameters
    ----------
    classroom
        The class that was graded.
    results
        What :func:`grade` returned.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.
    """
    from grader.reports import by_hand

    return by_hand.counted(results, by_hand.read(classroom, database))


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


__all__ = [
    "GradeOptions",
    "cell_in_words",
    "course_problems",
    "grade",
    "grade_notebook",
    "with_points_by_hand",
]
