"""Run notebooks from top to bottom with papermill, several at a time.

This is for the instructor's own notebooks and their student copies: nothing is jailed.
:mod:`grader.authoring.run.plan` decides what is run,
:mod:`grader.authoring.run.worker` runs one notebook, and
:mod:`grader.authoring.run.output` writes what comes of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

from grader.authoring.run import errors, figures, worker
from grader.authoring.run.outcome import Executed, Job, Outcome, Stop
from grader.authoring.run.output import last_seconds, write_notebook, write_summary
from grader.authoring.run.watcher import Silent, Watcher
from grader.authoring.run.worker import At
from grader.batch.safe_start import without_current_folder
from grader.execution.semaphores import require_semaphores
from grader.notebooks.cells import cells_of, parse_notebook

LOG = "kernels.log"
_POLL_SECONDS = 0.1


def run(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    environment: Mapping[str, str] | None = None,
    log: str = os.devnull,
    watcher: Watcher | None = None,
) -> Iterator[tuple[Job, Executed, Outcome]]:
    """Run notebooks in worker processes; yield each as it is done.

    Parameters
    ----------
    jobs
        What to run; the first ones start first.
    workers
        Notebooks at a time; one for each core if None.
    environment
        Environment variables for the kernels.
    log
        File for what workers and kernels print outside of the notebooks.
    watcher
        Told of the progress.

    Notes
    -----
    A notebook that fails does not stop the others. After Ctrl-C, the caller gets
    KeyboardInterrupt when all workers and kernels are gone.
    """
    watcher = watcher or Silent()
    count = max(1, min(len(jobs), workers or len(os.sched_getaffinity(0))))
    watcher.starting(jobs, count)
    kernel_settings = (dict(environment or {}), log)
    for job, executed in _executed(jobs, count, kernel_settings, watcher):
        outcome = judged(job, executed)
        watcher.finished(outcome)
        yield job, executed, outcome


def run_into(
    output: Path,
    jobs: Sequence[Job],
    about: Mapping[str, Any],
    *,
    workers: int | None = None,
    environment: Mapping[str, str] | None = None,
    watcher: Watcher | None = None,
) -> list[Outcome]:
    """Run notebooks, and write the output folder.

    Parameters
    ----------
    output
        The folder to write to; it is created if it does not exist.
    jobs, workers, environment, watcher
        See :func:`run`.
    about
        Name and value of each fact about the whole run, for the index.

    Returns
    -------
    list of Outcome
        In the order of `jobs`.
    """
    ordered = longest_first(jobs, last_seconds(output))
    output.mkdir(parents=True, exist_ok=True)
    log = output / LOG
    log.unlink(missing_ok=True)
    ran = run(
        ordered,
        workers=workers,
        environment=environment,
        log=str(log),
        watcher=watcher,
    )
    entries = {
        job.name: write_notebook(executed, outcome, output)
        for job, executed, outcome in ran
    }
    kept = [entries[job.name] for job in jobs]
    write_summary(kept, output, about)
    return [entry.outcome for entry in kept]


def judged(job: Job, executed: Executed) -> Outcome:
    """Return how the run of a notebook ended. Pure.

    Parameters
    ----------
    job
        The notebook that was run.
    executed
        What the worker reported about it.

    Returns
    -------
    Outcome
        Times, figures and errors. In a student copy, tests that found no answer are
        excused.
    """
    cells = json.loads(executed.notebook)["cells"]
    pictures = list(figures.pictures(cells))
    raised: tuple[Stop, ...] = tuple(errors.errors(cells))
    tests = 0
    if job.students:
        copy = cells_of(parse_notebook(job.source))
        tests = sum(cell.is_test for cell in copy)
        raised = errors.judged(copy, raised)
    broken = (executed.broken,) if executed.broken else ()
    return Outcome(
        name=job.name,
        path=job.path,
        parameters=job.parameters,
        seconds=executed.seconds,
        peak_mb=executed.peak_mb,
        figures=len(pictures),
        stops=(*raised, *broken, *figures.faults(pictures)),
        tests=tests,
    )


def _executed(
    jobs: Sequence[Job],
    count: int,
    kernel_settings: tuple[Mapping[str, str], str],
    watcher: Watcher,
) -> Iterator[tuple[Job, Executed]]:
    require_semaphores()
    context = get_context("spawn")
    with without_current_folder():
        events: SimpleQueue[At] = context.SimpleQueue()
        stopping = context.Event()
    settings = (events, stopping, *kernel_settings)
    busy: dict[str, int] = {}
    with ProcessPoolExecutor(count, context, worker.start, settings) as pool:
        with without_current_folder():
            waiting = {pool.submit(worker.execute, job): job for job in jobs}
        try:
            while waiting:
                done, _ = wait(waiting, _POLL_SECONDS, FIRST_COMPLETED)
                _report(events, busy, watcher)
                for future in done:
                    job = waiting.pop(future)
                    busy.pop(job.name, None)
                    yield job, _result(job, future)
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            _report(events, busy, Silent())
            _end(busy)
            raise


def _report(events: SimpleQueue[At], busy: dict[str, int], watcher: Watcher) -> None:
    """Report where the notebooks are; note which worker runs which of them."""
    while not events.empty():
        name, pid, number, cell = events.get()
        busy[name] = pid
        watcher.reached(name, number, cell)


def _end(busy: Mapping[str, int]) -> None:
    """Tell workers to end their kernels and stop."""
    for pid in set(busy.values()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def _result(job: Job, future: Future[Executed]) -> Executed:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - other notebooks go on
        lost = Stop(1, "", f"the worker ended: {type(error).__name__}: {error}")
        page = f"<!doctype html><p>{job.name} could not be run."
        return Executed(job.source, page, 0.0, 0.0, lost)


def longest_first(jobs: Sequence[Job], seconds: Mapping[str, float]) -> list[Job]:
    """Order notebooks so that long ones do not start last.

    Parameters
    ----------
    jobs
        What to run.
    seconds
        How long each took the last time; notebooks not listed come first.
    """
    unknown = float("inf")
    return sorted(jobs, key=lambda job: -seconds.get(job.name, unknown))


__all__ = ["Watcher", "judged", "longest_first", "run", "run_into"]
