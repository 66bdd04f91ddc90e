"""Run tests in the kernel, too, where the examiner cannot judge them alone.

What counts then is decided in :mod:`grader.grading.verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.execution.jail.jail import Jailer
from grader.grading import kernel_runs, scoring, verdict
from grader.grading.calibration import Calibration
from grader.grading.cell_run import GradedCell, show_check
from grader.grading.kernel_witness import Testimony, testify
from grader.notebooks.analysis.shadows import shadowed
from grader.records import Assignment, Check, Flag, Outcome, Trust, points_text
from grader.submissions.merge import Merged


class Judged(NamedTuple):
    """The checks of a submission, and flags for its instructor."""

    checks: tuple[Check, ...]
    flags: tuple[Flag, ...] = ()


def judge(
    graded: Sequence[GradedCell],
    assignment: Assignment,
    merged: Merged,
    jailer: Jailer,
    calibration: Calibration,
) -> Judged:
    """Return the checks of a submission after its tests ran in the examiner.

    A test that needs the kernel runs there, too, unless that could change nothing: a
    test that the examiner fails stays failed.

    Parameters
    ----------
    graded
        The graded cells, as a session has run them.
    assignment, merged
        The assignment, and its notebook with the student's answers. The test cells in
        it get the checks as outputs.
    jailer
        Builds the jails; holds the limits.
    calibration
        Says which tests need the kernel.
    """
    trusts = dict(_trusts(graded, assignment, merged, calibration))
    wanted = {name for name, ran in _tests(graded) if _needs_kernel(ran, trusts[name])}
    if not wanted:
        return Judged(tuple(_with_trust(ran, trusts) for ran in graded))
    testimony = testify(assignment, merged, jailer, wanted, calibration.quiet)
    checks, flags = [], []
    for ran in graded:
        name = ran.cell.grade_id
        if name in wanted:
            check, flag = _decided(ran, trusts[name], testimony)
            flags += [flag] if flag else []
            show_check(ran.cell, check)
        else:
            check = _with_trust(ran, trusts)
        checks.append(check)
    if testimony.fault:
        flags.append(Flag.grader_fault(testimony.fault))
    return Judged(tuple(checks), tuple(flags))


def _tests(graded: Sequence[GradedCell]) -> Iterator[tuple[str, GradedCell]]:
    """Yield the tests that a session has judged, or left to the kernel."""
    for ran in graded:
        if ran.run.outcome is not None or ran.run.elsewhere:
            yield ran.cell.grade_id, ran


def _trusts(
    graded: Sequence[GradedCell],
    assignment: Assignment,
    merged: Merged,
    calibration: Calibration,
) -> Iterator[tuple[str, Trust]]:
    """Yield how far each test can be trusted in this submission."""
    shared: frozenset[str] = frozenset()
    if assignment.written_for_kernel:
        shared = shadowed(merged.cells, calibration.answers)
    for name, ran in _tests(graded):
        trust = calibration.trust(name)
        outcome = ran.run.outcome
        unclear = outcome is not None and (_stumbled(ran) or outcome.loud)
        doubtful = assignment.written_for_kernel and (unclear or name in shared)
        yield name, "both" if trust == "examiner" and doubtful else trust


def _needs_kernel(ran: GradedCell, trust: Trust) -> bool:
    outcome = ran.run.outcome
    if outcome is None:
        return True
    examined = _examined(ran, outcome)
    return trust == "both" and verdict.kernel_could_change(
        examined, ran.check.max_points
    )


def _stumbled(ran: GradedCell) -> bool:
    """Say whether the examiner stumbled, though the answer itself had not failed."""
    outcome, state = ran.run.outcome, ran.run.state
    own_fault = state.error or state.lost or state.blank or state.missing
    return outcome is not None and bool(outcome.stumbled) and not own_fault


def _examined(ran: GradedCell, outcome: Outcome) -> Outcome:
    """Return the examiner's outcome; it stumbled only if :func:`_stumbled` says so."""
    return outcome if _stumbled(ran) else replace(outcome, stumbled="")


def _with_trust(ran: GradedCell, trusts: dict[str, Trust]) -> Check:
    check = ran.check
    if check.trust == "none":
        return check
    return replace(check, trust=trusts.get(check.grade_id, check.trust))


def _decided(
    ran: GradedCell, trust: Trust, testimony: Testimony
) -> tuple[Check, Flag | None]:
    """Return the check of a test that has run in the kernel, too, and its flag."""
    check, name = ran.check, ran.cell.grade_id
    in_kernel = testimony.outcomes.get(name, kernel_runs.NO_KERNEL)
    examined = ran.run.outcome and _examined(ran, ran.run.outcome)
    decided = verdict.lower(examined, in_kernel, check.max_points)
    seconds = check.seconds + testimony.seconds.get(name, 0.0)
    state = ran.run.state
    if testimony.fault:
        state = replace(state, grader_failed=True)
    graded = scoring.with_outcome(check, decided.outcome, state, trust, seconds)
    if testimony.fault:
        return graded, None
    if decided.proposed is not None:
        graded = scoring.to_confirm(graded, decided.proposed)
        return graded, _flag_to_confirm(graded, decided)
    return graded, _flag_disputed(name, testimony) if decided.disputed else None


def _flag_to_confirm(check: Check, decided: verdict.Verdict) -> Flag:
    share = f"{points_text(decided.proposed or 0)} of {points_text(check.max_points)}"
    return Flag(
        "witness",
        f"test {check.grade_id}: it passes beside the student's code, but the examiner "
        f"could not run it ({decided.outcome.stumbled}), through no fault of the "
        f"student; {share} points are proposed: read the answer and enter the points",
    )


def _flag_disputed(name: str, testimony: Testimony) -> Flag:
    error = testimony.errors.get(name, "").split("\n")[0][:200]
    reason = f" ({error})" if error else ""
    return Flag(
        "witness",
        f"test {name}: it passes in the examiner and fails in one kernel with the "
        f"student's code{reason}; the lower verdict counts",
    )


__all__ = ["Judged", "judge"]
