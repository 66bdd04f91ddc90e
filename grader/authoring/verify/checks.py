"""Define the checks of ``grader verify``, each from its judgement to its column.

To add a check, write its functions and a :class:`Check`, and put it into `CHECKS`: the
table, the list of shortfalls and the JSON report follow.
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
    """One thing that is checked of the tests of a notebook.

    Attributes
    ----------
    title : str
        Its name in the list of shortfalls and in the JSON report.
    column : str
        The heading of its column. Checks with the same heading share a column.
    in_files : callable
        Yields what falls short in the files, before anything has run.
    in_runs : callable
        Yields what falls short in the runs. Each text says where, what, and the next
        step; its further lines are shown below the first.
    figure : callable
        Returns what the column shows beside the sign, or None if the check was not
        made in this run.
    notes : callable
        Yields what is useful to know but is not a shortfall.
    meaning : str
        What the column shows, for the lines below the table.
    """

    title: str
    column: str
    in_files: Callable[[Case], Iterable[str]] = _nothing
    in_runs: Callable[[Findings], Iterable[str]] = _nothing
    figure: Callable[[Findings], str | None] = _no_figure
    notes: Callable[[Findings], Iterable[str]] = _nothing
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that falls short and has to be mended.

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


def _solution_fails(findings: Findings) -> Iterator[str]:
    for check in findings.failed:
        yield (
            f"{check.grade_id}: the solution earns {points_text(check.points)} of "
            f"{points_text(check.max_points)}: {check.message}"
        )


def _solution_points(findings: Findings) -> str:
    return f"{points_text(findings.earned)}/{points_text(findings.points)}"


def _tests_in_kernel(findings: Findings) -> Iterator[str]:
    for test in findings.in_kernel:
        yield f"{test} runs beside student code, with lower trust"


def _without_hidden_test(case: Case) -> Iterator[str]:
    tests = [test for exercise in case.exercises for test in exercise.tests]
    for test in tests if case.complete else ():
        if test not in case.hidden:
            yield f"{test}: has no hidden test; add one"


def _blank_earns(findings: Findings) -> Iterator[str]:
    for check in findings.blank:
        if check.points > 0 and check.grade_id in findings.case.hidden:
            yield (
                f"{check.grade_id}: a blank copy earns {points_text(check.points)} of "
                f"{points_text(check.max_points)}; let a hidden test fail the stub"
            )


def _blank_points(findings: Findings) -> str:
    return points_text(findings.blank_points)


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
                f"{exercise.grade_id}: there is no wrong answer to it; put some into "
                f"{case.folder / exercise.grade_id}.py, each below a line '# %% NAME'"
            )


def _wrong_answers_pass(findings: Findings) -> Iterator[str]:
    for verdict in findings.of("kept", "stub"):
        if verdict.trial.passed:
            yield (
                f"{verdict.name}: passes every test; let a hidden test fail it, or "
                "remove it if it is right"
            )


def _wrong_answers_caught(findings: Findings) -> str:
    verdicts = findings.of("kept", "stub")
    return f"{sum(not v.trial.passed for v in verdicts)}/{len(verdicts)}"


def _on_screen(findings: Findings) -> str | None:
    listed = findings.of("kept")
    if not listed:
        return None
    return f"{sum(verdict.on_screen for verdict in listed)}/{len(listed)}"


def _subtle(findings: Findings) -> list[Verdict]:
    return [verdict for verdict in findings.of("kept") if verdict.mutant.subtle]


def _subtle_fail_early(findings: Findings) -> Iterator[str]:
    for verdict in _subtle(findings):
        trial = verdict.trial
        if trial.raised or not {"passed", "hidden"}.issuperset(trial.outcomes):
            yield (
                f"{verdict.name}: is marked subtle, yet does not pass the "
                f"visible tests: {trial.message}"
            )


# --- generated wrong answers are caught, or listed as right --------------------------


def _open_exercise_unknown(case: Case) -> Iterator[str]:
    names = [exercise.grade_id for exercise in case.exercises]
    for entry in case.listed.open:
        if entry.grade_id not in names:
            yield (
                f"{equivalent.FILE}: there is no exercise {entry.grade_id!r} that "
                f"could be open; there are {', '.join(names)}"
            )


def _generated_survive(findings: Findings) -> Iterator[str]:
    for verdict in findings.survivors:
        yield survived(verdict.mutant)
    for entry in findings.case.listed.equivalent if findings.case.generated else ():
        same = findings.covered_by(entry)
        if all(verdict.caught for verdict in same):
            why = "is caught" if same else "is no longer generated"
            yield f"{equivalent.FILE}: stale: {entry.grade_id}: {entry.after!r} {why}"


def survived(mutant: Mutant) -> str:
    """Return the message for a generated mutant that no test caught, with its diff."""
    removed = "".join(f"\n  - {line}" for line in mutant.before.split("\n"))
    added = "".join(f"\n  + {line}" for line in mutant.after.split("\n"))
    return f"{mutant.grade_id}: no test fails this change:{removed}{added}"


def _generated_rate(findings: Findings) -> str | None:
    """Return the share that was caught, rounded down: 100 % means all."""
    if not findings.case.generated:
        return None
    rate = findings.kill_rate
    return "" if rate is None else f"{int(rate * 100)} %"


def _generated_notes(findings: Findings) -> Iterator[str]:
    count, equal = len(findings.of("generated")), len(findings.equal)
    if count:
        caught = count - equal - len(findings.survivors)
        yield (
            f"{caught} of {count - equal} generated mutants caught"
            f"{f'; {equal} more are right answers too, as listed' if equal else ''}"
        )
    for entry in findings.case.listed.open if findings.case.generated else ():
        yield f"{entry.grade_id} is open, no mutants were generated: {entry.reason}"


# --- the student copy leaks nothing and can be filled in -----------------------------


def _refused_by_nbgrader(case: Case) -> Iterator[str]:
    yield from case.assignment.faults
    for grade_id, reason in case.assignment.by_hand.items():
        yield f"{grade_id}: left to a person to grade: {reason}"


def _copy_leaks(case: Case) -> Iterator[str]:
    copy = case.copy.notebook
    yield from leaks.find_leaks(case.source, copy)
    yield from leaks.find_hidden_content(
        case.source, copy, strict_metadata=case.complete
    )


def _stubs_mislead(case: Case) -> Iterator[str]:
    if not case.copy.readable:
        yield f"{case.copy.path}: the student copy is not a notebook"
    yield from stubs.faults(case.cells, case.copy.cells)


# --- no verdict depends on the seed --------------------------------------------------


def _seeds_matter(findings: Findings) -> Iterator[str]:
    for grade_id, trial in findings.solutions.items():
        if not trial.passed:
            yield (
                f"{grade_id}: the solution does not pass under every seed: "
                f"{findings.by_seed(trial)}: {trial.message}"
            )
    for verdict in findings.of("kept", "stub"):
        if verdict.trial.wavers:
            seeds = findings.by_seed(verdict.trial)
            yield f"{verdict.name}: {seeds}; make the hidden test fail under every seed"


def _seed_count(findings: Findings) -> str:
    return str(len(findings.seeds))


CHECKS = (
    Check(
        title="solution",
        column="solution",
        in_runs=_solution_fails,
        figure=_solution_points,
        notes=_tests_in_kernel,
        meaning="points that your solution earns",
    ),
    Check(
        title="blank",
        column="blank",
        in_files=_without_hidden_test,
        in_runs=_blank_earns,
        figure=_blank_points,
        meaning="points that a blank copy earns",
    ),
    Check(
        title="wrong answers",
        column="wrong",
        in_files=_wrong_answers_missing,
        in_runs=_wrong_answers_pass,
        figure=_wrong_answers_caught,
        meaning="wrong and blank answers that a test fails",
    ),
    Check(
        title="on screen",
        column="on screen",
        figure=_on_screen,
        meaning="those that students see fail, without hidden tests",
    ),
    Check(
        title="subtle",
        column="on screen",
        in_runs=_subtle_fail_early,
    ),
    Check(
        title="generated",
        column="mutants",
        in_files=_open_exercise_unknown,
        in_runs=_generated_survive,
        figure=_generated_rate,
        notes=_generated_notes,
        meaning="small changes of your solution that a test fails",
    ),
    Check(
        title="leak",
        column="copy",
        in_files=_copy_leaks,
        meaning="whether the student copy is in order and reveals nothing",
    ),
    Check(title="stub", column="copy", in_files=_stubs_mislead),
    Check(title="cell", column="copy", in_files=_refused_by_nbgrader),
    Check(
        title="seeds",
        column="seeds",
        in_runs=_seeds_matter,
        figure=_seed_count,
        meaning="rounds of hidden tests, each with new random inputs",
    ),
)
"""All checks, in the order in which they are shown."""


def shortfalls(findings: Findings) -> tuple[Shortfall, ...]:
    """Return all that falls short in one notebook, in the order of the checks."""
    return tuple(
        Shortfall(check.title, text)
        for check in CHECKS
        for text in (*check.in_files(findings.case), *check.in_runs(findings))
    )


__all__ = [
    "CHECKS",
    "Check",
    "Shortfall",
    "shortfalls",
    "survived",
]
