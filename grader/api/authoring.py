"""Functions for authors of a course: release, lint and verify notebooks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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


def verify(
    course: Course,
    notebooks: Collection[str] = (),
    *,
    generated: bool = False,
    seeds: int = 3,
    workers: int | None = None,
    watcher: Watcher | None = None,
) -> list[Proof]:
    """Check that the tests of a course pass solutions and catch wrong answers.

    Parameters
    ----------
    course
        The course, with wrong answers in ``solutions/wrong_answers/``.
    notebooks
        Names; all if empty.
    generated
        Also generate wrong answers from the right ones.
    seeds
        Number of random seeds to run hidden tests with.
    workers
        Number of worker processes; one for each core if None.
    watcher
        Receives progress.

    Returns
    -------
    list of Proof
        One for each notebook. If it has no shortfalls, all checks passed.

    Raises
    ------
    CourseError
        A notebook or its wrong answers are unusable. Nothing was run.
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

    options = Options(generated, workers, seeds)
    return list(verify(course, tuple(notebooks), options, watcher))


def verify_checks() -> tuple[Check, ...]:
    """Return the checks that :func:`verify` makes, in the order of its report."""
    from grader.authoring.verify.checks import CHECKS

    return tuple(CHECKS)


__all__ = [
    "keep_copies",
    "lint",
    "lint_rules",
    "release",
    "stale_copies",
    "verify",
    "verify_checks",
    "write_address",
]
