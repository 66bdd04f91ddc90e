"""Functions for authors of a course: release, lint, verify and run notebooks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from grader.errors import require_extra

if TYPE_CHECKING:
    from grader.authoring.lint.finding import Finding
    from grader.authoring.run import vertex_ai
    from grader.authoring.run.outcome import Outcome
    from grader.authoring.run.plan import Runtime
    from grader.authoring.run.watcher import Watcher as RunWatcher
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
    from grader.course.release import write

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
    from grader.course.release import keep

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
    from grader.course.release import stale

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


class RunChoice(TypedDict, total=False):
    """What to run, and with which parameters."""

    parameters: Mapping[str, str]
    profile: str | None
    students: bool


def run_notebooks(
    course: Course,
    notebooks: Sequence[str] = (),
    output: Path = Path("build/run"),
    *,
    runtime: Runtime | None = None,
    workers: int | None = None,
    watcher: RunWatcher | None = None,
    **choice: Unpack[RunChoice],
) -> list[Outcome]:
    """Run source notebooks from top to bottom, without a jail.

    Parameters
    ----------
    course
        The course whose notebooks are run.
    notebooks
        Names; all if empty.
    output
        The folder for executed copies, pages and figures: see :func:`run_files`.
    runtime
        ``"cpu"`` hides GPUs, ``"gpu"`` fails without one; None uses a GPU if there
        is one.
    workers
        Number of notebooks to run at the same time; one for each core if None.
    watcher
        Receives progress.
    parameters : dict, optional
        Values for the cells tagged ``parameters``.
    profile : str, optional
        Name of a set of values in the notebook's metadata, such as ``"smoke"``.
    students : bool, optional
        Run the student copies instead of the solutions.

    Returns
    -------
    list of Outcome
        How each notebook ended.

    Raises
    ------
    UsageError
        A package is missing, or no notebook has such a parameter or profile.
    """
    require_extra("notebooks")
    from grader.authoring.run import plan
    from grader.authoring.run.run import run_into

    wish = plan.Wish(notebooks, **choice)
    jobs = plan.plan(course, wish)
    environment = plan.environment(runtime)
    about = plan.about(wish, runtime)
    return run_into(
        output, jobs, about, workers=workers, environment=environment, watcher=watcher
    )


def run_files(output: Path) -> dict[str, Path]:
    """Return the paths of the page of figures and of the JUnit XML file of a run."""
    from grader.authoring.run.output import INDEX, JUNIT

    return {"figures": output / INDEX, "JUnit": output / JUNIT}


def run_summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the outcomes of :func:`run_notebooks` as plain data for JSON."""
    from grader.authoring.run.output import summary

    return summary(outcomes)


def cloud_place(**settings: Any) -> vertex_ai.Place:
    """Return where jobs of Vertex AI run; settings that are left out get defaults."""
    from grader.authoring.run.vertex_ai import Place

    return Place(**settings)


def write_cloud_jobs(
    course: Course,
    notebooks: Sequence[str],
    output: Path,
    place: vertex_ai.Place,
    **choice: Unpack[RunChoice],
) -> list[vertex_ai.Plan]:
    """Write a Vertex AI job specification for each notebook, without starting it.

    Parameters
    ----------
    course, notebooks, output, choice
        As for :func:`run_notebooks`.
    place
        Where the jobs run: see :func:`cloud_place`.

    Returns
    -------
    list of Plan
        The specification of each job, the file it was written to, and the command
        that starts the job.

    Raises
    ------
    UsageError
        A package is missing, or no notebook has such a parameter or profile.
    """
    require_extra("notebooks")
    from grader.authoring.run import plan, vertex_ai

    jobs = plan.plan(course, plan.Wish(notebooks, **choice))
    return vertex_ai.write(jobs, output, place)


def describe_cloud_jobs(jobs: Sequence[vertex_ai.Plan], place: vertex_ai.Place) -> str:
    """Return instructions for starting jobs that were written.

    Parameters
    ----------
    jobs
        The jobs, as :func:`write_cloud_jobs` returns them.
    place
        Where they run.
    """
    from grader.authoring.run.vertex_ai import instructions

    return instructions(jobs, place)


__all__ = [
    "RunChoice",
    "cloud_place",
    "describe_cloud_jobs",
    "keep_copies",
    "lint",
    "lint_rules",
    "release",
    "run_files",
    "run_notebooks",
    "run_summary",
    "stale_copies",
    "verify",
    "verify_checks",
    "write_address",
    "write_cloud_jobs",
]
