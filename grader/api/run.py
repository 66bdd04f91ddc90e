"""Functions that run the notebooks of a course, here or on Vertex AI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from grader.errors import require_extra

if TYPE_CHECKING:
    from grader.authoring.run import vertex_ai
    from grader.authoring.run.outcome import Outcome
    from grader.authoring.run.plan import Runtime
    from grader.authoring.run.watcher import Watcher
    from grader.course.course import Course


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
    watcher: Watcher | None = None,
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
    "run_files",
    "run_notebooks",
    "run_summary",
    "write_cloud_jobs",
]
