"""What authors of a course do: release, check, verify and run its notebooks."""

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
    """Write the student copies of a course, as far as they have changed.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if none.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CourseError
        A source is unusable, or a copy would leak a solution or a hidden test.
        Nothing was written then.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> [path.name for path in grader.release(course)]
    ['averages.ipynb']
    """
    from grader.course.release import write

    return list(write(course.root, notebooks))


def keep_copies(course: Course, notebooks: Collection[str] = ()) -> list[Path]:
    """Keep the student copies in ``releases/``; return the files that are new."""
    from grader.course.release import keep

    return list(keep(course.root, notebooks))


def stale_copies(
    course: Course, notebooks: Collection[str] = ()
) -> list[tuple[Path, str]]:
    """Return the student copies that :func:`release` would change, with a diff."""
    from grader.course.release import stale

    return list(stale(course.root, notebooks))


def write_address(course: Course, notebooks: Sequence[str] = ()) -> list[Path]:
    """Write the published address into the sources; return those that changed."""
    from grader.authoring.lint.address import write

    return list(write(course, notebooks))


def lint(course: Course, notebooks: Sequence[str] = ()) -> list[Finding]:
    """Check source notebooks against the course's rules of style and structure.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    notebooks
        Names; all if none.

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
    """Prove the tests of a course: solutions pass, wrong answers do not.

    Parameters
    ----------
    course
        Its wrong answers lie in ``solutions/wrong_answers/``.
    notebooks
        Names; all if none.
    generated
        Also generate wrong answers from the right ones.
    seeds
        How often hidden tests draw their inputs anew.
    workers
        Kernels at the same time; one for each core if None.
    watcher
        Is told how it goes on.

    Returns
    -------
    list of Proof
        One for each notebook. Its tests are proven if it has no shortfalls.

    Raises
    ------
    CourseError
        A notebook or its wrong answers are unusable. Nothing was run then.
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
    """Return what :func:`verify` checks, in the order of its report."""
    from grader.authoring.verify.checks import CHECKS

    return tuple(CHECKS)


class RunChoice(TypedDict, total=False):
    """What is run, and with which parameters."""

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
        Names; all if none.
    output
        The folder for executed copies, pages and figures: see :func:`run_files`.
    runtime
        ``"cpu"`` hides GPUs, ``"gpu"`` insists on one.
    workers
        Notebooks at the same time; one for each core if None.
    watcher
        Is told how it goes on.
    parameters : dict, optional
        Values for the cells tagged ``parameters``.
    profile : str, optional
        Values by name: ``"smoke"`` or ``"full"``.
    students : bool, optional
        Run the student copies instead.

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
    """Return where :func:`run_notebooks` writes its pictures and its JUnit XML."""
    from grader.authoring.run.output import INDEX, JUNIT

    return {"figures": output / INDEX, "JUnit": output / JUNIT}


def run_summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what :func:`run_notebooks` found, as plain data."""
    from grader.authoring.run.output import summary

    return summary(outcomes)


def cloud_place(**settings: Any) -> vertex_ai.Place:
    """Return where a job of Vertex AI runs, with defaults for what is not given."""
    from grader.authoring.run.vertex_ai import Place

    return Place(**settings)


def write_cloud_jobs(
    course: Course,
    notebooks: Sequence[str],
    output: Path,
    place: vertex_ai.Place,
    **choice: Unpack[RunChoice],
) -> list[vertex_ai.Plan]:
    """Write the specification of a job of Vertex AI for each notebook; start nothing.

    Parameters
    ----------
    course, notebooks, output, choice
        As for :func:`run_notebooks`.
    place
        What :func:`cloud_place` returns.

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
    """Return what a person has to do with jobs that were written."""
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
