"""A check is one object: what it finds is told, counted and given a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from grader.authoring.verify import checks
from grader.authoring.verify.case import Case, read
from grader.authoring.verify.checks import CHECKS, Check, Shortfall
from grader.authoring.verify.equivalent import Equivalent, Listed, OpenExercise
from grader.authoring.verify.findings import Findings, Verdict
from grader.authoring.verify.mutants import Mutant
from grader.authoring.verify.proof import Proof
from grader.cli.screens import verify as screen
from grader.course.course import Course
from grader.grading.trials import Trial, TrialOutcome
from tests.support.paths import AREAS

NOTHING = Listed()
CHANGE = Mutant("area", "a → b", "b", "generated", before="a", after="b")


@pytest.fixture(scope="module")
def case() -> Case:
    return read(Course.open(AREAS), "01_areas", generated=False)


@pytest.fixture
def sound(case: Case) -> Findings:
    """All is as it should be."""
    caught = Trial(("hidden", "hidden"))
    return Findings(
        case=case,
        failed=(),
        blank=(),
        seeds=(1, 2),
        solutions={e.grade_id: passing() for e in case.exercises},
        verdicts=tuple(Verdict(mutant, caught) for mutant in case.mutants),
    )


def passing() -> Trial:
    return Trial(("passed", "passed"))


def with_trial(found: Findings, name: str, *hows: TrialOutcome) -> Findings:
    verdicts = [
        Verdict(v.mutant, Trial(hows)) if v.name == name else v for v in found.verdicts
    ]
    assert tuple(verdicts) != found.verdicts
    return replace(found, verdicts=tuple(verdicts))


def with_change(
    found: Findings, how: TrialOutcome, listed: Listed = NOTHING
) -> Findings:
    return replace(
        found,
        case=replace(found.case, generated=True, listed=listed),
        verdicts=(*found.verdicts, Verdict(CHANGE, Trial((how,)))),
    )


def equivalent(after: str) -> Listed:
    return Listed((Equivalent("01_areas", "area", "a", after, "the same"),))


def test_titles_are_given_once() -> None:
    titles = [check.title for check in CHECKS]
    assert len(set(titles)) == len(titles)


def test_a_cell_that_nbgrader_refuses_falls_short(sound: Findings) -> None:
    given = replace(
        sound.case.assignment, faults=("cell 2 (a): no",), by_hand={"b": "it is in R"}
    )
    refused = replace(sound, case=replace(sound.case, assignment=given))
    assert Proof.of(refused).shortfalls == (
        Shortfall("cell", "cell 2 (a): no"),
        Shortfall("cell", "b: left to a person to grade: it is in R"),
    )


def test_a_sound_notebook_has_no_shortfall(sound: Findings) -> None:
    assert Proof.of(sound).shortfalls == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda f: with_trial(f, "area/adds", "passed", "passed"),
            [
                (
                    "wrong answers",
                    "area/adds: passes every test; let a hidden test fail it, or "
                    "remove it if it is right",
                )
            ],
        ),
        (
            lambda f: with_trial(f, "area/adds", "visible", "hidden"),
            [
                (
                    "subtle",
                    "area/adds: is marked subtle, yet does not pass the visible "
                    "tests: ",
                )
            ],
        ),
        (
            lambda f: with_trial(f, "area/adds", "hidden", "passed"),
            [
                (
                    "seeds",
                    "area/adds: seed 1 failed, seed 2 passed; make the hidden "
                    "test fail under every seed",
                )
            ],
        ),
        (
            lambda f: with_change(f, "passed"),
            [("generated", "area: no test fails this change:\n  - a\n  + b")],
        ),
        (lambda f: with_change(f, "hidden"), []),
        (lambda f: with_change(f, "passed", equivalent("b")), []),
        (
            lambda f: with_change(f, "hidden", equivalent("b")),
            [("generated", "equivalent.toml: stale: area: 'b' is caught")],
        ),
        (
            lambda f: with_change(f, "hidden", equivalent("c")),
            [
                (
                    "generated",
                    "equivalent.toml: stale: area: 'c' is no longer generated",
                )
            ],
        ),
    ],
)
def test_what_runs_show(
    sound: Findings,
    change: Callable[[Findings], Findings],
    told: list[tuple[str, str]],
) -> None:
    found = Proof.of(change(sound)).shortfalls
    assert [(each.point, each.text) for each in found] == told


def test_what_files_show_comes_in_the_order_of_the_checks(sound: Findings) -> None:
    case = replace(
        sound.case,
        astray=(Path("typo.py"),),
        listed=Listed(open=(OpenExercise("01_areas", "arae", "any"),)),
        hidden=frozenset(),
    )
    found = Proof.of(replace(sound, case=case)).shortfalls
    points = [each.point for each in found]
    assert points == ["blank", "blank", "wrong answers", "generated"]


def shown(*proofs: Proof) -> str:
    console = Console(width=120, record=True)
    console.print(screen.table(proofs))
    screen.gaps(console, proofs)
    return console.export_text()


def test_the_table_has_the_columns_of_the_checks(sound: Findings) -> None:
    lines = shown(Proof.of(sound)).split("\n")
    assert lines[1].split() == [
        *("notebook", "solution", "blank", "wrong", "on", "screen"),
        *("copy", "seeds", "s"),
    ]
    row = ["01_areas", "✓", "3/3", "✓", "0", "✓", "9/9", "✓", "0/7"]
    assert lines[3].split() == [*row, "✓", "✓", "2", "0"]


def test_below_the_table_each_column_that_is_shown_is_explained(
    sound: Findings,
) -> None:
    text = shown(Proof.of(sound))
    columns = {check.column for check in CHECKS} - {"mutants"}
    assert [name for name in columns if f"\n{name}: " not in text] == []
    assert "mutants: " not in text
    assert "\nmutants: small" in shown(Proof.of(with_change(sound, "hidden")))


def test_the_share_of_listed_answers_that_fail_on_screen(sound: Findings) -> None:
    found = with_trial(sound, "area/returns_nothing", "visible", "visible")
    names = [v.name for v in found.of("kept")]
    raising = Verdict(found.of("kept")[-1].mutant, Trial(("hidden",), raised=True))
    seen = [raising if v.name == names[-1] else v for v in found.verdicts]
    assert names[-1] != "area/returns_nothing"
    proof = Proof.of(replace(found, verdicts=tuple(seen)))
    # The one that raises is marked subtle, so its column falls short.
    assert "✗ 2/7" in shown(proof)
    report: dict[str, Any] = proof.to_dict()
    assert (report["on_screen"], report["listed"]) == (2, 7)
    assert sum(row["on_screen"] for row in report["mutants"]) == 2


def test_without_wrong_answers_nothing_is_said_of_the_screen(sound: Findings) -> None:
    assert "on screen" in shown(Proof.of(sound))
    assert "on screen" not in shown(Proof.of(replace(sound, verdicts=())))


def test_a_shortfall_is_signed_in_its_column_and_told(sound: Findings) -> None:
    survived = Proof.of(with_change(sound, "passed"))
    text = shown(survived)
    assert "✗ 0 %" in text
    assert (
        "✗ 01_areas: generated: area: no test fails this change:\n  - a\n  + b" in text
    )
    assert "01_areas: 0 of 1 generated mutants caught\n" in text
    listed = with_change(sound, "passed", equivalent("b"))
    assert "caught; 1 more are right answers too, as listed" in shown(Proof.of(listed))
    # Two checks share the column "copy": one that falls short is enough.
    leaking = Proof(sound, (Shortfall("leak", "told"),))
    assert text.count("✗") == 2
    assert "✓ 0/7     ✗    ✓ 2" in shown(leaking)


def test_an_open_exercise_that_is_unknown_shows_in_its_column(sound: Findings) -> None:
    """Also where no answers were generated, and the column shows no figure."""
    listed = Listed(open=(OpenExercise("01_areas", "arae", "any"),))
    proof = Proof.of(replace(sound, case=replace(sound.case, listed=listed)))
    assert "✓ 0/7        ✗     ✓" in shown(proof)


def test_a_new_check_needs_nothing_but_its_entry(
    sound: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = Check(
        "speed",
        "speed",
        in_runs=lambda found: [f"{found.notebook} takes too long; shorten it"],
        figure=lambda found: f"{found.seconds:g} h",
        notes=lambda _: ["a slow machine"],
    )
    monkeypatch.setattr(checks, "CHECKS", (*CHECKS, fast))
    proof = Proof.of(sound)
    text = shown(proof)
    assert "speed" in text.split("\n")[1]
    assert "✗ 0 h" in text
    assert "01_areas: a slow machine" in text
    assert "✗ 01_areas: speed: 01_areas takes too long; shorten it" in text
    report: dict[str, Any] = proof.to_dict()
    assert report["shortfalls"][0]["point"] == "speed"
