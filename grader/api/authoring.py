"""Functions for authors of a course: release, lint and verify notebooks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

if TYPE_CHECKING:
    from grader.authoring.lint.finding import Finding
    from grader.authoring.verify.checks import Check
    from grader.authoring.verify.proof import Proof
    from grader.authoring.verify.verify import Watcher
    from grader.course.course import Course


def release(course: Course, notebooks: Collection[str] = ()) -> list[Path]:
    """Write the student copies of a course that have changed.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if empty.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CourseError
        A source is unusable, or a copy would leak a solution or a hidden test.
        Nothing was written.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> [path.name for path in grader.release(course)]
    ['averages.ipynb']
    """
    from grader.course.student_copies import write

    return list(write(course.root, notebooks))


def keep_copies(course: Course, notebooks: Collection[str] = ()) -> list[Path]:
    """Keep the current student copies in ``releases/``.

    Later submissions are compared with the copy that they were made from.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if empty.

    Returns
    -------
    list of Path
        The files that are new.

    Raises
    ------
    CourseError
        A source is unusable.
    """
    from grader.course.student_copies import keep

    return list(keep(course.root, notebooks))


def stale_copies(
    course: Course, notebooks: Collection[str] = ()
) -> list[tuple[Path, str]]:
    """Return the student copies that :func:`release` would change.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if empty.

    Returns
    -------
    list of tuple
        The path of each stale copy, and a diff from it to the new copy.

    Raises
    ------
    CourseError
        A source is unusable, or a copy would leak a solution or a hidden test.
    """
    from grader.course.student_copies import stale

    return list(stale(course.root, notebooks))


def write_address(course: Course, notebooks: Sequence[str] = ()) -> list[Path]:
    """Write the published address of the course into its source notebooks.

    Parameters
    ----------
    course
        A course with ``solutions/`` and an address in ``pyproject.toml``.
    notebooks
        Names; all if empty.

    Returns
    -------
    list of Path
        The source notebooks that changed.

    Raises
    ------
    CourseError
        ``pyproject.toml`` does not say where the course is published.
    """
    from grader.authoring.lint.address import write

    return list(write(course, notebooks))


def lint(course: Course, notebooks: Sequence[str] = ()) -> list[Finding]:
    """Check source notebooks against the course's rules of style and structure.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if empty.

    Returns
    -------
    list of Finding
        What breaks a rule, and what to do about it.

    Raises
    ------
    CourseError
        A notebook cannot be read or released, or ``pyproject.toml`` does not say
        where the course is published.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> sorted({finding.notebook for finding in grader.lint(course)})
    ['solutions/averages.ipynb']
    """
    from grader.authoring.lint.lint import lint

    return list(lint(course, notebooks))


def lint_rules() -> tuple[str, ...]:
    """Return the names of the rules that :func:`lint` checks."""
    from grader.authoring.lint.lint import RULES

    return tuple(RULES)


class VerifyOptions(TypedDict, total=False):
    """The keyword arguments of :func:`verify`."""

    exercises: Collection[str]
    generated: bool
    seeds: int
    workers: int | None


def verify(
    course: Course,
    notebooks: Collection[str] = (),
    watcher: Watcher | None = None,
    **options: Unpack[VerifyOptions],
) -> list[Proof]:
    """Check that the tests of a course pass solutions and catch wrong answers.

    Parameters
    ----------
    course
        The course, with wrong answers in ``solutions/wrong_answers/``.
    notebooks
        Names; all if empty.
    watcher
        Receives progress.
    exercises : collection of str, optional
        Only the wrong answers to these exercises are tried: the grade_ids of their
        answer cells. All by default.
    generated : bool, optional
        Also generate wrong answers from the right ones.
    seeds : int, optional
        Number of random seeds to run hidden tests with; 3 by default.
    workers : int, optional
        Number of worker processes; one for each core by default.

    Returns
    -------
    list of Proof
        One for each notebook. If it has no shortfalls, all checks passed.

    Raises
    ------
    CourseError
        A notebook or its wrong answers are unusable, or there is no such exercise.
        Nothing was run.
    SandboxError
        No jail can be built on this machine; nothing was run.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> (proof,) = grader.verify(course, seeds=1)
    >>> proof.notebook, proof.findings.earned
    ('averages', 8.0)
    """
    from grader.authoring.verify.verify import Options, verify

    return list(verify(course, tuple(notebooks), Options(**options), watcher))


def verify_checks() -> tuple[Check, ...]:
    """Return the checks that :func:`verify` makes, in the order of its report."""
    from grader.authoring.verify.checks import CHECKS

    return tuple(CHECKS)


__all__ = [
    "VerifyOptions",
    "keep_copies",
    "lint",
    "lint_rules",
    "release",
    "stale_copies",
    "verify",
    "verify_checks",
    "write_address",
]
