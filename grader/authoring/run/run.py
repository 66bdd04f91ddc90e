"""Run notebooks from top to bottom with papermill, several at a time.

For the instructor's own notebooks and their student copies: nothing is jailed
here. What is run is decided in :mod:`grader.authoring.run.plan`, one notebook is run
in :mod:`grader.authoring.run.worker`, and what comes of it is written in
:mod:`grader.authoring.run.output`.
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
from grader.authoring.run import output as run_report
from grader.authoring.run.outcome import Executed, Job, Outcome, Stop
from grader.authoring.run.watcher import Silent, Watcher
from grader.authoring.run.worker import At
from grader.notebooks.cells import parse_notebook

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
        Notebooks at a time; None for one a core.
    environment
        Variables that the kernels find.
    log
        File for what workers and kernels print beside the notebooks.
    watcher
        Is told how it goes on.

    Notes
    -----
    A notebook that fails stops no other. After Ctrl-C, KeyboardInterrupt goes on
    to the caller when all workers and kernels are gone.
    """
    watcher = watcher or Silent()
    count = max(1, min(len(jobs), workers or len(os.sched_getaffinity(0))))
    watcher.starting(jobs, count)
    given = (dict(environment or {}), log)
    for job, executed in _executed(jobs, count, given, watcher):
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
    """Run notebooks, and write what comes of them.

    Parameters
    ----------
    output
        The folder to write to; made if need be.
    jobs, workers, environment, watcher
        See :func:`run`.
    about
        Name and value of facts on the run, for the index.

    Returns
    -------
    list of Outcome
        In the order of `jobs`.
    """
    ordered = longest_first(jobs, run_report.last_seconds(output))
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
        job.name: run_report.write_notebook(executed, outcome, output)
        for job, executed, outcome in ran
    }
    kept = [entries[job.name] for job in jobs]
    run_report.write_summary(kept, output, about)
    return [entry.outcome for entry in kept]


def judged(job: Job, executed: Executed) -> Outcome:
    """Say what is to be said of a notebook that was run. Pure."""
    cells = json.loads(executed.notebook)["cells"]
    shown = list(figures.pictures(cells))
    found: tuple[Stop, ...] = tuple(errors.errors(cells))
    if job.students:
        copy = parse_notebook(job.source)
        found = errors.judged(copy, job.names, found)
    broken = (executed.broken,) if executed.broken else ()
    return Outcome(
        name=job.name,
        path=job.path,
        parameters=job.parameters,
        seconds=executed.seconds,
        peak_mb=executed.peak_mb,
        figures=len(shown),
        stops=(*found, *broken, *figures.faults(shown)),
    )


def _executed(
    jobs: Sequence[Job],
    count: int,
    given: tuple[Mapping[str, str], str],
    watcher: Watcher,
) -> Iterator[tuple[Job, Executed]]:
    context = get_context("spawn")
    events: SimpleQueue[At] = context.SimpleQueue()
    stopping = context.Event()
    told = (events, stopping, *given)
    busy: dict[str, int] = {}
    with ProcessPoolExecutor(count, context, worker.start, told) as pool:
        waiting = {pool.submit(worker.execute, job): job for job in jobs}
        try:
            while waiting:
                done, _ = wait(waiting, _POLL_SECONDS, FIRST_COMPLETED)
                _tell(events, busy, watcher)
                for future in done:
                    job = waiting.pop(future)
                    busy.pop(job.name, None)
                    yield job, _result(job, future)
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            _tell(events, busy, Silent())
            _end(busy)
            raise


def _tell(events: SimpleQueue[At], busy: dict[str, int], watcher: Watcher) -> None:
    """Pass on what the workers said; note which of them runs which notebook."""
    while not events.empty():
        name, pid, number, cell = events.get()
        busy[name] = pid
        watcher.reached(name, number, cell)


def _end(busy: Mapping[str, int]) -> None:
    """Tell workers to end their kernels and leave the notebooks they are at."""
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
    """Order notebooks so that no long one is left for the end.

    Parameters
    ----------
    jobs
        What to run.
    seconds
        How long each took the last time; those unknown come first.
    """
    unknown = float("inf")
    return sorted(jobs, key=lambda job: -seconds.get(job.name, unknown))


__all__ = ["Watcher", "judged", "longest_first", "run", "run_into"]
