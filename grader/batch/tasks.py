"""The functions that a worker runs, on this machine or another.

A worker keeps its jailer from one submission to the next. On the grader's own machine
all workers use the grader's fork servers. A worker of a cluster starts a fork server of
its own when it first needs one; that ends with the worker.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
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
from grader.grading.calibrate import calibrate
from grader.grading.calibration import Calibration
from grader.grading.grade import grade, ungraded
from grader.records import Assignment, BoundFile, Flag, Graded, Submission


@dataclass(frozen=True, slots=True)
class Site:
    """Where and under which limits a submission is graded.

    Attributes
    ----------
    fork_server : str or None
        Address of a fork server on this machine; if None, the worker starts its own.
    imports : tuple of str
        The modules that the assignment imports.
    limits : Limits
        The limits of the submission.
    environment : tuple of (str, str)
        Environment variables of the kernel.
    sandbox : str
        The sandbox in which student code runs.
    files : tuple of BoundFile
        Files that the kernel's work folder has, read-only.
    """

    fork_server: str | None
    imports: tuple[str, ...]
    limits: Limits
    environment: tuple[tuple[str, str], ...] = ()
    sandbox: Sandbox = "auto"
    files: tuple[BoundFile, ...] = ()


@dataclass(frozen=True, slots=True)
class GradingTask:
    """Everything that a worker needs to grade one submission."""

    assignment: Assignment
    submission: Submission
    site: Site
    seed: int
    calibration: Calibration = field(default_factory=Calibration)
    earlier: Graded | None = None


@dataclass(frozen=True, slots=True)
class CalibrationTask:
    """Everything that a worker needs to grade a solution before any submission."""

    assignment: Assignment
    site: Site
    seed: int
    known: Mapping[str, str] | None = None


def grade_one(task: GradingTask) -> Graded:
    """Grade one submission in this process. Always returns a Result."""
    if task.calibration.fault:
        return not_graded(task, task.calibration.fault)
    try:
        return grade(
            task.assignment,
            task.submission,
            _jailer(task.site),
            task.seed,
            task.calibration,
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
    return calibrate(task.assignment, _jailer(task.site), task.seed, task.known)


def introduce(imports: tuple[str, ...], sandbox: Sandbox) -> dict[str, Any]:
    """Describe this worker's machine.

    Parameters
    ----------
    imports
        Modules whose versions are reported.
    sandbox
        The sandbox that this machine must be able to build.

    Returns
    -------
    dict
        ``facts``: the versions; ``unfit``: why the machine cannot grade, or "". Only
        builtin types are used, because the machine that asks may have another version
        of this package.
    """
    answer = {"facts": dict(versions.facts(imports)), "unfit": ""}
    try:
        require_sandbox(sandbox)
    except UsageError as error:
        answer["unfit"] = str(error)
    return answer


# --- what a worker keeps ---------------------------------------------------------

_lock = threading.Lock()  # a worker of a cluster may have several threads
_fork_servers: dict[tuple[str, ...], ForkServer] = {}


def _jailer(site: Site) -> Jailer:
    with _lock:
        started = _own_fork_server(site.imports) if site.fork_server is None else None
        return _cached_jailer(site, started)


@lru_cache(maxsize=8)
def _cached_jailer(site: Site, fork_server: ForkServer | None) -> Jailer:
    """Return this worker's jailer for a site; it is cached, as opening takes time."""
    if fork_server is None:
        assert site.fork_server is not None
        fork_server = ForkServer.connect(Path(site.fork_server))
    jailer = open_jailer(
        site.sandbox,
        fork_server,
        site.imports,
        site.limits,
        dict(site.environment),
        prebuild=True,
    )
    return jailer.with_files(site.files)


def _own_fork_server(imports: tuple[str, ...]) -> ForkServer:
    """Return this process' fork server for some imports; start one if there is none.

    It ends with this process, even if that is killed: it watches one of its pipes.
    """
    if imports in _fork_servers and _fork_servers[imports].has_ended():
        _fork_servers.pop(imports).close()
    if imports not in _fork_servers:
        _fork_servers[imports] = start_fork_server(imports)
    return _fork_servers[imports]


__all__ = [
    "CalibrationTask",
    "GradingTask",
    "Site",
    "calibrate_one",
    "grade_one",
    "introduce",
    "not_graded",
]
