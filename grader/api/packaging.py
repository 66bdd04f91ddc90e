"""Functions that make autograders for other systems, and try them here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

if TYPE_CHECKING:
    from grader.authoring.package.package import Package
    from grader.authoring.package.rehearse import Rehearsal
    from grader.course.course import Course
    from grader.execution.limits import Sandbox


class PackageChoices(TypedDict, total=False):
    """The keyword arguments of :func:`package`."""

    sandbox: Sandbox
    visibility: str
    minutes: float
    further: tuple[str, ...]


def package(
    course: Course,
    assignment: str,
    target: str,
    folder: Path | None = None,
    **options: Unpack[PackageChoices],
) -> Package:
    """Make an autograder of an assignment for another system.

    Parameters
    ----------
    course
        The course.
    assignment
        The assignment.
    target
        ``"gradescope"`` or ``"classroom50"``.
    folder
        Where the files are written; ``build/package/ASSIGNMENT/TARGET`` in the current
        folder if None.
    sandbox : str, optional
        The weakest level of jails that is good enough for student code.
    visibility : str, optional
        When students see the tests, in Gradescope.
    minutes : float, optional
        How long the system lets an autograder run.
    further : tuple of str, optional
        Requirements of further packages that are installed there.

    Returns
    -------
    Package
        Its files, and the points that tests and a person can give.

    Raises
    ------
    CourseError
        There is no such assignment, or it cannot be packed.
    UsageError
        There is no such target, or the options do not fit it.
    """
    from grader.authoring.package.package import PackageOptions, make_package
    from grader.authoring.package.targets import target_called

    chosen = target_called(target)
    folder = folder or Path("build", "package", assignment, target)
    return make_package(course, assignment, chosen, folder, PackageOptions(**options))


def package_targets() -> dict[str, str]:
    """Return a description of each target of :func:`package`, by its name."""
    from grader.authoring.package.targets import TARGETS

    return {target.name: target.title for target in TARGETS}


def rehearse(
    made: Package, submissions: Sequence[Path], launcher: str = ""
) -> Iterator[Rehearsal]:
    """Run a package here; yield its results for each submission.

    Parameters
    ----------
    made
        The package, as :func:`package` returned it.
    submissions
        Files or folders, one for each student.
    launcher
        A command under which the package runs; empty for none.

    Raises
    ------
    UsageError
        A submission does not exist, or the package cannot be set up here.
    """
    from grader.authoring.package.rehearse import rehearse as rehearsed

    return rehearsed(made, submissions, launcher)


__all__ = ["package", "package_targets", "rehearse"]
