"""The checks of ``grader verify``: each in one place, from its judgement to its column.

To add a check, write its functions and a :class:`Check`, and put that into `CHECKS`:
the table, the list of gaps and the JSON report follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader.authoring.verify import equivalent, stubs
from grader.authoring.verify.case import Case
from grader.authoring.verify.findings import Findings, Verdict
from grader.authoring.verify.mutants import Mutant
from grader.course import leaks
from grader.records import points_text


def _nothing(_: object) -> tuple[str, ...]:
    return ()


def _no_figure(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the tests of a notebook must have.

    Attributes
    ----------
    title : str
        Its name in the list of gaps and in the JSON report.
    column : str
        The heading of its column. Checks with the same heading share a column.
    in_files : callable
        Yields what falls short according to the files, before anything has run.
    in_runs : callable
        Yields what falls short according to the runs. Each text says where, what, and
        the next step; further lines of it are shown below the first.
    figure : callable
        Returns what the column shows beside the sign, or None if the check was not
        made in this run.
    notes : callable
        Yields what is good to know and no shortfall.
    """

    title: str
    column: str
    in_files: Callable[[Case], Iterable[str]] = _nothing
    in_runs: Callable[[Findings], Iterable[str]] = _nothing
    figure: Callable[[Findings], str | None] = _no_figure
    notes: Callable[[Findings], Iterable[str]] = _nothing


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that has to be mended.

    Attributes
    ----------
    point : str
        The title of the check.
    text : str
        Where, what and the next step.
    """

    point: str
    text: str


# --- the solution earns all, a blank copy nothing ------------------------------------


def _solution_fails(found: Findings) -> Iterator[str]:
    for check in found.failed:
        yield (
            f"{check.grade_id}: the solution earns {points_text(check.points)} of "
            f"{points_text(check.max_points)}: {check.message}"
        )


def _solution_points(found: Findings) -> str:
    return f"{points_text(found.earned)}/{points_text(found.points)}"


def _tests_in_kernel(found: Findings) -> Iterator[str]:
    for test in found.in_kernel:
        yield f"{test} runs beside student code, with lower trust"


def _without_hidden_test(case: Case) -> Iterator[str]:
    tests = [test for exercise in case.exercises for test in exercise.tests]
    for test in tests if case.complete else ():
        if test not in case.hidden:
            yield f"{test}: has no hidden test; add one"


def _blank_earns(found: Findings) -> Iterator[str]:
    for check in found.blank:
        if check.points > 0 and check.grade_id in found.case.hidden:
            yield (
                f"{check.grade_id}: a blank copy earns {points_text(check.points)} of "
                f"{points_text(check.max_points)}; let a hidden test fail the stub"
            )


def _blank_points(found: Findings) -> str:
    return points_text(found.blank_points)


# --- wrong answers written by hand are caught ----------------------------------------


def _wrong_answers_missing(case: Case) -> Iterator[str]:
    names = ", ".join(exercise.grade_id for exercise in case.exercises)
    for path in case.astray:
        yield (
            f"{path} belongs to no exercise: there is no tested answer {path.stem!r}; "
            f"its name must be EXERCISE.py, where EXERCISE is one of {names}"
        )
    given = {mutant.grade_id for mutant in case.mutants if mutant.origin == "kept"}
    for exercise in case.exercises if case.complete else ():
        if exercise.grade_id not in given:
            yield (
                f"{exercise.grade_id}: no wrong answer is kept for it; put some into "
                f"{case.folder / exercise.grade_id}.py, each below a line '# %% NAME'"
            )


def _wrong_answers_pass(found: Findings) -> Iterator[str]:
    for verdict in found.of("kept", "stub"):
        if verdict.trial.passed:
            yield f"{verdict.name}: passes every test; add a hidden test"


def _wrong_answers_caught(found: Findings) -> str:
    verdicts = found.of("kept", "stub")
    return f"{sum(not v.trial.passed for v in verdicts)}/{len(verdicts)}"


def _subtle(found: Findings) -> list[Verdict]:
    return [verdict for verdict in found.of("kept") if verdict.mutant.subtle]


def _subtle_fail_early(found: Findings) -> Iterator[str]:
    for verdict in _subtle(found):
        trial = verdict.trial
        if trial.raised or not {"passed", "hidden"}.issuperset(trial.hows):
            yield (
                f"{verdict.name}: is marked subtle, yet does not pass the "
                f"visible tests: {trial.told}"
            )


def _subtle_count(found: Findings) -> str:
    return str(len(_subtle(found)))


# --- generated wrong answers are caught, or listed as right --------------------------


def _open_exercise_unknown(case: Case) -> Iterator[str]:
    names = [exercise.grade_id for exercise in case.exercises]
    for entry in case.listed.open:
        if entry.grade_id not in names:
            yield (
                f"{equivalent.FILE}: there is no exercise {entry.grade_id!r} that "
                f"could be open; there are {', '.join(names)}"
            )


def _generated_survive(found: Findings) -> Iterator[str]:
    for verdict in found.survivors:
        yield survived(verdict.mutant)
    for entry in found.case.listed.equivalent if found.case.generated else ():
        same = found.covered_by(entry)
        if all(verdict.caught for verdict in same):
            why = "is caught" if same else "is not generated any more"
            yield f"{equivalent.FILE}: stale: {entry.grade_id}: {entry.after!r} {why}"


def survived(mutant: Mutant) -> str:
    """Return what to say of a generated mutant that no test caught, with its diff."""
    gone = "".join(f"\n  - {line}" for line in mutant.before.split("\n"))
    come = "".join(f"\n  + {line}" for line in mutant.after.split("\n"))
    return f"{mutant.grade_id}: no test fails this change:{gone}{come}"


def _generated_rate(found: Findings) -> str | None:
    """Return the share that was caught, rounded down: 100 % means all."""
    if not found.case.generated:
        return None
    rate = found.kill_rate
    return "" if rate is None else f"{int(rate * 100)} %"


def _generated_notes(found: Findings) -> Iterator[str]:
    made, equal = len(found.of("generated")), len(found.equal)
    if made:
        caught = made - equal - len(found.survivors)
        yield (
            f"{caught} of {made - equal} generated mutants caught; {equal} more are "
            "right answers too, as listed"
        )
    for entry in found.case.listed.open if found.case.generated else ():
        yield f"{entry.grade_id} is open, none were made of it: {entry.reason}"


# --- the student copy tells nothing and can be filled in -----------------------------


def _copy_leaks(case: Case) -> Iterator[str]:
    copy = case.copy.notebook
    yield from leaks.told(case.source, copy)
    yield from leaks.carried(case.source, copy, ours=case.complete)


def _stubs_mislead(case: Case) -> Iterator[str]:
    if not case.copy.readable:
        yield f"{case.copy.path}: the student copy is not a notebook"
    yield from stubs.faults(case.source, case.copy.notebook)


# --- no verdict depends on the seed --------------------------------------------------


def _seeds_matter(found: Findings) -> Iterator[str]:
    for grade_id, trial in found.solutions.items():
        if not trial.passed:
            yield (
                f"{grade_id}: the solution does not pass under every seed: "
                f"{found.by_seed(trial)}: {trial.told}"
            )
    for verdict in found.of("kept", "stub"):
        if verdict.trial.wavers:
            seeds = found.by_seed(verdict.trial)
            yield f"{verdict.name}: {seeds}; make the hidden test sure"


def _seed_count(found: Findings) -> str:
    return str(len(found.seeds))


CHECKS = (
    Check(
        title="solution",
        column="solution",
        in_runs=_solution_fails,
        figure=_solution_points,
        notes=_tests_in_kernel,
    ),
    Check(
        title="blank",
        column="blank",
        in_files=_without_hidden_test,
        in_runs=_blank_earns,
        figure=_blank_points,
    ),
    Check(
        title="wrong answers",
        column="wrong",
        in_files=_wrong_answers_missing,
        in_runs=_wrong_answers_pass,
        figure=_wrong_answers_caught,
    ),
    Check(
        title="subtle",
        column="subtle",
        in_runs=_subtle_fail_early,
        figure=_subtle_count,
    ),
    Check(
        title="generated",
        column="made",
        in_files=_open_exercise_unknown,
        in_runs=_generated_survive,
        figure=_generated_rate,
        notes=_generated_notes,
    ),
    Check(title="leak", column="copy", in_files=_copy_leaks),
    Check(title="stub", column="copy", in_files=_stubs_mislead),
    Check(title="seeds", column="seeds", in_runs=_seeds_matter, figure=_seed_count),
)
"""All checks, in the order in which they are shown."""


def shortfalls_in_files(case: Case) -> tuple[Shortfall, ...]:
    """Return all that the files of one notebook lack."""
    return tuple(
        Shortfall(check.title, text)
        for check in CHECKS
        for text in check.in_files(case)
    )


def shortfalls(found: Findings) -> tuple[Shortfall, ...]:
    """Return all that has to be mended of one notebook, in the order of the checks."""
    return tuple(
        Shortfall(check.title, text)
        for check in CHECKS
        for text in (*check.in_files(found.case), *check.in_runs(found))
    )


__all__ = [
    "CHECKS",
    "Check",
    "Shortfall",
    "shortfalls",
    "shortfalls_in_files",
    "survived",
]
