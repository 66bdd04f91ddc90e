"""Functions for autograders that other systems run."""

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
    """Make an autograder of an assignment, which another system runs.

    Parameters
    ----------
    course
        The course.
    assignment
        The assignment.
    target
        ``"gradescope"`` or ``"classroom50"``.
    folder
        Where the files are written; ``build/package/ASSIGNMENT/TARGET`` in the present
        folder if None.
    sandbox : str, optional
        The sandbox for student code.
    visibility : str, optional
        When students see the tests, in Gradescope.
    minutes : float, optional
        How long the system lets an autograder run.
    further : tuple of str, optional
        Requirements that are installed in addition.

    Returns
    -------
    Package
        Its files, and the points that tests give and that a person gives.

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
    """Run a package here; yield what it writes about each submission.

    Parameters
    ----------
    made
        What :func:`package` has made.
    submissions
        Files or folders, each what one student submits.
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
