"""Find out how far each test of a course can be trusted, and remember it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from grader.batch import cache, versions
from grader.batch.backends import BackendOptions
from grader.batch.workers import GradingWorkers
from grader.classroom.trusts import CellTrust, TrustFile
from grader.errors import JailError
from grader.execution.jail.levels import strictest
from grader.execution.limits import Limits, Sandbox
from grader.grading.calibration import Calibration
from grader.records import Assignment, Trust


def trusts_of_course(
    assignments: Sequence[Assignment], sandbox: Sandbox, workers: int | None = None
) -> tuple[CellTrust, ...]:
    """Grade the solutions of a course; return how far each test can be trusted.

    Parameters
    ----------
    assignments
        Assignments of one course.
    sandbox
        The weakest level of jails that is good enough for the solutions; a stronger one
        is used where an assignment demands it.
    workers
        How many solutions are graded at the same time; None for one per core.

    Raises
    ------
    SandboxError
        If no jail can be built here.
    JailError
        If a solution could not be graded, through a fault of the grader.
    """
    ready = [each for each in assignments if each.runs]
    level = strictest(sandbox, *(each.sandbox for each in ready))
    with GradingWorkers(BackendOptions(workers, level)) as grading:
        grading.prepare(ready)
        found = grading.calibrate(ready, seed=1)
    if faults := [each.fault for each in found.values() if each.fault]:
        raise JailError(faults[0])
    return tuple(
        CellTrust(assignment.label, name, trust, reason)
        for assignment in ready
        for name, (trust, reason) in _trusts(
            assignment, found[assignment.label]
        ).items()
    )


def _trusts(
    assignment: Assignment, calibration: Calibration
) -> dict[str, tuple[Trust, str]]:
    """Return the trust of each test that can run, and the reason, by grade_id."""
    return {
        task.grade_id: (
            calibration.trust(task.grade_id),
            calibration.reasons.get(task.grade_id, ""),
        )
        for task in assignment.tasks
        if task.kind == "test" and task.grade_id not in assignment.by_hand
    }


class KnownProofs:
    """The proofs about tests that earlier runs of a class have made.

    Parameters
    ----------
    file
        The file of the class in which they are kept.
    limits
        Returns the limits of an assignment.
    """

    def __init__(self, file: TrustFile, limits: Callable[[Assignment], Limits]) -> None:
        self._file = file
        self._limits = limits

    def of(self, assignments: Sequence[Assignment]) -> dict[str, dict[str, str]]:
        """Return the known proofs, by the assignment's label."""
        return dict(self._known(assignments))

    def _known(
        self, assignments: Sequence[Assignment]
    ) -> Iterator[tuple[str, dict[str, str]]]:
        for each in assignments:
            proofs = self._file.proofs(each.label, self._key(each))
            if proofs is not None:
                yield each.label, proofs

    def keep(self, assignment: Assignment, found: Calibration) -> None:
        """Store the proofs about an assignment, unless the grader failed."""
        if not found.fault:
            key = self._key(assignment)
            self._file.keep(
                assignment.label, key, found.proofs, _trusts(assignment, found)
            )

    def _key(self, assignment: Assignment) -> str:
        facts = {
            "release": assignment.release,
            "released": assignment.released,
            "files": cache.digests(assignment),
            "limits": asdict(self._limits(assignment)),
            "versions": dict(versions.facts(assignment.imports)),
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


__all__ = ["KnownProofs", "trusts_of_course"]
