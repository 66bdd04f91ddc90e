"""Grade many submissions in parallel, in local processes or on a Dask cluster.

:class:`GradingWorkers` knows what a worker needs to grade a submission. The workers
belong to a :mod:`backend <grader.batch.backends>`, which runs the functions of
:mod:`grader.batch.tasks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from typing import NamedTuple, Self

from grader.batch.backends import BackendOptions, open_backend
from grader.batch.tasks import (
    CalibrationTask,
    GradingTask,
    Site,
    calibrate_one,
    grade_one,
    not_graded,
)
from grader.errors import UsageError, require_extra
from grader.execution.limits import Limits
from grader.grading.calibration import Calibration
from grader.records import Assignment, Graded, Submission


class Job(NamedTuple):
    """One submitted notebook to grade.

    ``earlier`` is a grade of the same answers, part of which may still be valid; see
    :mod:`grader.grading.regrade`.
    """

    assignment: Assignment
    submission: Submission
    earlier: Graded | None = None


class GradedJob(NamedTuple):
    """A submitted notebook and its grade."""

    assignment: Assignment
    submission: Submission
    graded: Graded


class GradingWorkers:
    """Workers on this machine or in a cluster. Use as a context manager.

    Parameters
    ----------
    options
        How many workers to use, and where.
    limits
        Limits that replace those of the assignments, by name.

    Raises
    ------
    SandboxError
        If no jail can be built here. Nothing was started then.
    UsageError
        If this machine cannot start worker processes.
    MissingExtraError
        If a scheduler is given and Dask is not installed.
    """

    def __init__(
        self,
        options: BackendOptions | None = None,
        limits: Mapping[str, float] | None = None,
    ) -> None:
        self._options = options or BackendOptions()
        if self._options.scheduler is not None:
            require_extra("cluster")
        self._limits = dict(limits or {})
        self._backend = open_backend(self._options)

    @property
    def count(self) -> int:
        """How many submissions can be graded at the same time."""
        return self._backend.workers

    def prepare(self, assignments: Iterable[Assignment]) -> None:
        """Get workers ready for some assignments, before there is work.

        Raises
        ------
        ClusterError
            If no scheduler answers, or its workers would grade differently.
        """
        self._backend.prepare({assignment.imports for assignment in assignments})

    def limits(self, assignment: Assignment) -> Limits:
        """Return the limits under which `assignment` is graded."""
        return Limits.of(assignment.limits | self._limits)

    def site(self, assignment: Assignment) -> Site:
        """Return where and under which limits `assignment` is graded."""
        return Site(
            self._backend.fork_server(assignment.imports),
            assignment.imports,
            self.limits(assignment),
            tuple(sorted(assignment.environment.items())),
            self._options.sandbox,
            assignment.bound,
        )

    def calibrate(
        self,
        assignments: Sequence[Assignment],
        seed: int,
        known: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[str, Calibration]:
        """Grade each assignment's own solution.

        Parameters
        ----------
        assignments
            Those for which :meth:`prepare` was called.
        seed
            The seed for the random inputs of hidden tests.
        known
            The results of earlier proofs about tests, by the assignment's label.

        Returns
        -------
        dict
            What was found, by the assignment's label.
        """
        before = known or {}
        tasks = [
            CalibrationTask(a, self.site(a), seed, before.get(a.label))
            for a in assignments
        ]
        found = {}
        for task, future in self._backend.as_completed(calibrate_one, tasks):
            name = task.assignment.label
            found[name] = _calibrated(name, future)
        return found

    def grade(
        self,
        jobs: Iterable[Job],
        seed: int,
        calibrations: Mapping[str, Calibration],
    ) -> Iterator[GradedJob]:
        """Yield each submission when it is graded; the order is not defined.

        A submission that the grader failed to grade, for example because a fork server
        was killed, is graded once more at the end.

        Parameters
        ----------
        jobs
            What to grade. They are read one by one, when workers become free.
        seed
            The seed for the random inputs of hidden tests.
        calibrations
            What :meth:`calibrate` returned.
        """
        tasks = (self._task(job, seed, calibrations) for job in jobs)
        failed: list[Job] = []
        for task, future in self._backend.as_completed(grade_one, tasks):
            graded = _result(task, future)
            if graded.result.grader_failed and not _lost_its_workers(future):
                failed.append(Job(task.assignment, task.submission))
                self.prepare([task.assignment])
            else:
                yield GradedJob(task.assignment, task.submission, graded)
        again = (self._task(job, seed, calibrations) for job in failed)
        for task, future in self._backend.as_completed(grade_one, again):
            yield GradedJob(task.assignment, task.submission, _result(task, future))

    def _task(
        self, job: Job, seed: int, calibrations: Mapping[str, Calibration]
    ) -> GradingTask:
        return GradingTask(
            job.assignment,
            job.submission,
            self.site(job.assignment),
            seed,
            calibrations[job.assignment.label],
            job.earlier,
        )

    def close(self) -> None:
        """Stop the workers at once, even in the middle of their work."""
        self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _calibrated(name: str, future: Future[Calibration]) -> Calibration:
    try:
        return future.result()
    except UsageError:
        raise
    except BrokenExecutor:
        return Calibration(
            fault=f"{name}: the process that graded the instructor's own solution was "
            "killed, twice. Is there enough memory? Try --workers 1."
        )
    except Exception as error:  # noqa: BLE001 - one assignment never stops the others
        return Calibration(
            fault=f"{name}: the instructor's own solution could not be graded: "
            f"{type(error).__name__}: {error}"
        )


def _result(task: GradingTask, future: Future[Graded]) -> Graded:
    try:
        return future.result()
    except UsageError:
        raise
    except BrokenExecutor:
        return not_graded(task, "the process that graded it was killed, twice")
    except Exception as error:  # noqa: BLE001 - one submission never stops the batch
        return not_graded(task, f"{type(error).__name__}: {error}")


def _lost_its_workers(future: Future[Graded]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


__all__ = ["GradedJob", "GradingWorkers", "Job"]
