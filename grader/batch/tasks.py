"""The functions that a worker runs, on this machine or another.

A worker keeps its jailer from one submission to the next. On the grader's own machine
all workers use the grader's fork servers; a worker of a cluster starts its own
when it first needs one, and they end with it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.batch import versions
from grader.errors import JailError, UsageError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.factory import open_jailer, require_sandbox
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits, Sandbox
from grader.execution.wiring import start_fork_server
from grader.grading.calibration import Calibration, calibrate
from grader.grading.grade import grade, ungraded
from grader.records import Assignment, Flag, Graded, Submission


@dataclass(frozen=True, slots=True)
class Site:
    """Where a submission is graded: a fork server, a sandbox and the limits.

    ``fork_server`` is the address of a fork server on this machine; None has the worker
    start one of its own.
    """

    fork_server: str | None
    imports: tuple[str, ...]
    limits: Limits
    environment: tuple[tuple[str, str], ...] = ()
    sandbox: Sandbox = "bwrap"


@dataclass(frozen=True, slots=True)
class GradingTask:
    """All that a worker needs to grade one submission."""

    assignment: Assignment
    submission: Submission
    site: Site
    seed: int
    in_kernel: frozenset[str] = frozenset()
    earlier: Graded | None = None


@dataclass(frozen=True, slots=True)
class CalibrationTask:
    """All that a worker needs to grade a solution before any submission."""

    assignment: Assignment
    site: Site
    seed: int


def grade_one(task: GradingTask) -> Graded:
    """Grade one submission in this process. Always returns a Result."""
    try:
        return grade(
            task.assignment,
            task.submission,
            _jailer(task.site),
            task.seed,
            task.in_kernel,
            task.earlier,
        )
    except JailError as error:
        return not_graded(task, str(error))


def not_graded(task: GradingTask, why: str) -> Graded:
    """Return the result of a submission that the grader failed to grade.

    Parameters
    ----------
    task
        What was to be graded.
    why
        What went wrong, for the instructor.
    """
    fault = Flag.grader_fault(why)
    return ungraded(task.assignment, task.submission, task.seed, fault)


def calibrate_one(task: CalibrationTask) -> Calibration:
    """Grade the solution itself, in this process."""
    return calibrate(task.assignment, _jailer(task.site), task.seed)


def introduce(imports: tuple[str, ...], sandbox: Sandbox) -> dict[str, Any]:
    """Describe this worker's machine.

    Parameters
    ----------
    imports
        Modules whose versions count.
    sandbox
        Which this machine must be able to build.

    Returns
    -------
    dict
        ``facts``: the versions; ``unfit``: why the machine cannot grade, or "". In
        builtin types, because the machine that asks may have another version of this
        package.
    """
    answer = {"facts": dict(versions.facts(imports)), "unfit": ""}
    try:
        require_sandbox(sandbox)
    except UsageError as error:
        answer["unfit"] = str(error)
    return answer


# --- what a worker keeps ---------------------------------------------------------

_lock = threading.Lock()  # a worker of a cluster may have several threads
_own: dict[tuple[str, ...], ForkServer] = {}


def _jailer(site: Site) -> Jailer:
    with _lock:
        source = _own_fork_server(site.imports) if site.fork_server is None else None
        return _made(site, source)


@lru_cache(maxsize=8)
def _made(site: Site, source: ForkServer | None) -> Jailer:
    """Return this worker's jailer for `site`: kept, because making one takes time."""
    if source is None:
        assert site.fork_server is not None
        source = ForkServer.connect(Path(site.fork_server))
    return open_jailer(
        site.sandbox,
        source,
        site.imports,
        site.limits,
        dict(site.environment),
        prebuild=True,
    )


def _own_fork_server(imports: tuple[str, ...]) -> ForkServer:
    """Return this process' fork server, a new one if the last has ended.

    It ends with this process, however that does: it watches a pipe that we hold.
    """
    if imports in _own and _own[imports].has_ended():
        _own.pop(imports).close()
    if imports not in _own:
        _own[imports] = start_fork_server(imports)
    return _own[imports]


__all__ = [
    "CalibrationTask",
    "GradingTask",
    "Site",
    "calibrate_one",
    "grade_one",
    "introduce",
    "not_graded",
]
