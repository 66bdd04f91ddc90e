"""`grader verify` says yes to sound tests, and no to each way in which they fall short.

Each shortfall is planted in a course that is sound without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.verify.case import read
from grader.authoring.verify.checks import CHECKS, Shortfall
from grader.authoring.verify.verify import Options, verify
from grader.course import student_copies
from grader.course.course import Course
from tests.support.verifying import (
    ORIGINS,
    Counting,
    hidden_test_deleted,
    proof_of,
    run,
    shortfalls,
)

# The others take minutes each: `make verify` tries all, generated answers included.
QUICK = ("01_introduction", "02_convolutions", "03_padding_and_stride", "04_pooling")


def test_a_sound_course(areas: Any) -> None:
    student_copies.write(areas.root)
    watcher = Counting()
    options = Options(generated=True, workers=2)
    (proof,) = verify(Course.open(areas.root), (), options, watcher)
    assert proof.shortfalls == ()
    found = proof.findings
    assert (found.earned, found.points) == (3, 3)
    assert [check.points for check in found.blank] == [0, 0]
    assert [len(found.of(origin)) for origin in ORIGINS] == [7, 2, 5]
    assert watcher.count == watcher.done == 14
    assert found.kill_rate == 1.0
    assert found.in_kernel == ()


def test_a_test_that_needs_the_kernel_is_tried_there(areas: Any) -> None:
    """What was begun before that was known counts once, and for nothing."""
    here = ("assert total == 21", "%precision 3\nassert total == 21")
    areas.edit(areas.source, "total-test", here)
    watcher = Counting()
    options = Options(workers=4)
    (proof,) = verify(Course.open(areas.root), (), options, watcher)
    assert proof.shortfalls == ()
    found = proof.findings
    assert found.in_kernel == ("total-test",)
    assert (found.earned, found.points) == (3, 3)
    assert watcher.count == watcher.done == len(found.verdicts) == 9


def hidden_tests_deleted(areas: Any) -> None:
    raw = json.loads(areas.source.read_text())
    cell = next(c for c in raw["cells"] if c["id"] == "total-test")
    cell["source"] = cell["source"][:1]
    areas.source.write_text(json.dumps(raw))


def passing_mutant(areas: Any) -> None:
    right = "def area(width, height=1.0):\n    return height * width\n"
    areas.add("area", "fine", right)


def solution_left_in(areas: Any) -> None:
    (copy,) = student_copies.write(areas.root)
    areas.edit(copy, "area", ("...  # TODO: your answer here", "return width * height"))


def output_left_in(areas: Any) -> None:
    (copy,) = student_copies.write(areas.root)
    raw = json.loads(copy.read_text())
    stream = {"output_type": "stream", "name": "stdout", "text": "6.0"}
    next(c for c in raw["cells"] if c["id"] == "shown")["outputs"] = [stream]
    copy.write_text(json.dumps(raw))


def copy_is_no_notebook(areas: Any) -> None:
    (copy,) = student_copies.write(areas.root)
    copy.write_text("<<<<<<< HEAD")


def flaky_test(areas: Any) -> None:
    by_chance = ("assert area(a) == a", "assert a < 2.5")
    areas.edit(areas.source, "area-test", by_chance)


def test_a_test_that_is_flaky_for_a_wrong_answer(areas: Any) -> None:
    sometimes = (
        "assert np.isclose(area(a, b), a * b)",
        "assert a < 2.5 or np.isclose(area(a, b), a * b)",
    )
    areas.edit(areas.source, "area-test", sometimes)
    found = shortfalls(areas, seeds=6)
    assert any(
        point == "seeds" and text.startswith("area/ignores_height: seed 1 ")
        for point, text in found
    )


def stub_that_does_not_parse(areas: Any) -> None:
    areas.edit(
        areas.source, "area", ('    """Return the area of a rectangle."""\n', "")
    )
    solution = "    ### BEGIN SOLUTION\n    return width * height\n    ### END SOLUTION"
    as_is = "### BEGIN SOLUTION\n    return width * height\n### END SOLUTION"
    areas.edit(areas.source, "area", (solution, as_is))


def signature_that_differs(areas: Any) -> None:
    other = (
        "### BEGIN SOLUTION\ndef area(width, height=1.0):\n    return width * height"
    )
    areas.edit(
        areas.source,
        "area",
        ("height=1.0", "height=2.0"),
        ("    ### BEGIN SOLUTION\n    return width * height", f"    ...\n\n\n{other}"),
        ("    ### END SOLUTION", "### END SOLUTION"),
    )


def blank_that_earns(areas: Any) -> None:
    areas.edit(
        areas.source,
        "total-test",
        ('assert total is not None, "not answered yet"', ""),
        ("assert total == 21", "assert total in (None, 21)"),
    )


def subtle_mutant_caught_early(areas: Any) -> None:
    path = areas.wrong_answers / "area.py"
    header = "# %% returns_nothing"
    path.write_text(path.read_text().replace(header, f"{header} [subtle]"))


def solution_that_fails(areas: Any) -> None:
    areas.edit(areas.source, "total", ("np.sum(table)", "np.max(table)"))


def mutant_of_nothing(areas: Any) -> None:
    areas.add("aera", "typo", "area = 1")


def no_mutant_kept(areas: Any) -> None:
    (areas.wrong_answers / "total.py").unlink()


Planted = tuple[Callable[[Any], None], str, str]
IN_FILES: list[Planted] = [
    (hidden_tests_deleted, "blank", "total-test: has no hidden test"),
    (solution_left_in, "leak", "cell area: the line 'return width * height'"),
    (output_left_in, "leak", "cell shown has an output"),
    (copy_is_no_notebook, "stub", "the student copy is not a notebook"),
    (
        stub_that_does_not_parse,
        "stub",
        "cell area: without the solution, it is not valid",
    ),
    (signature_that_differs, "stub", "cell area: the stub shows area(width, height=2"),
    (mutant_of_nothing, "wrong answers", "aera.py belongs to no exercise"),
    (no_mutant_kept, "wrong answers", "total: there is no wrong answer"),
]
IN_RUNS: list[Planted] = [
    (hidden_test_deleted, "wrong answers", "area/ignores_height: passes every test"),
    (passing_mutant, "wrong answers", "area/fine: passes every test"),
    (flaky_test, "seeds", "area: the solution does not pass under every seed"),
    (blank_that_earns, "blank", "total-test: a blank copy earns 1 of 1"),
    (subtle_mutant_caught_early, "subtle", "area/returns_nothing: is marked subtle"),
    (solution_that_fails, "solution", "total-test: the solution earns 0 of 1"),
]


def in_files(areas: Any) -> tuple[Shortfall, ...]:
    """Return what the checks find in the files, without running anything."""
    case = read(Course.open(areas.root), areas.name, False)
    return tuple(
        Shortfall(check.title, text)
        for check in CHECKS
        for text in check.in_files(case)
    )


@pytest.mark.parametrize(("plant", "point", "text"), IN_FILES)
def test_what_falls_short_in_files(
    areas: Any, plant: Callable[[Any], None], point: str, text: str
) -> None:
    assert in_files(areas) == ()
    plant(areas)
    found = in_files(areas)
    assert any(each.point == point and text in each.text for each in found), found


@pytest.mark.parametrize(("plant", "point", "text"), IN_RUNS)
def test_what_falls_short_in_runs(
    areas: Any, plant: Callable[[Any], None], point: str, text: str
) -> None:
    plant(areas)
    found = shortfalls(areas)
    assert any(p == point and text in told for p, told in found), found


@pytest.mark.parametrize(
    "plant",
    [
        hidden_test_deleted,
        pytest.param(solution_left_in, marks=pytest.mark.nightly),
        pytest.param(stub_that_does_not_parse, marks=pytest.mark.nightly),
    ],
)
def test_the_command_exits_1_and_says_why(
    areas: Any, plant: Callable[[Any], None], tmp_path: Path
) -> None:
    plant(areas)
    report = tmp_path / "report.json"
    done = run("--course", areas.root, "--json", report, "--seeds", "2")
    assert done.returncode == 1, done.stdout + done.stderr
    (found,) = json.loads(report.read_text())["proofs"]
    assert found["shortfalls"]
    for each in found["shortfalls"]:
        assert each["text"] in done.stdout
    assert len(found["mutants"]) == 9


def test_generated_mutants_that_survive_are_shown_with_their_change(
    areas: Any,
) -> None:
    hidden_test_deleted(areas)
    done = run("--course", areas.root, "--generated")
    assert done.returncode == 1
    shown = "\n  - return width * height\n  + return width / height\n"
    assert "no test fails this change:" + shown in done.stdout


def test_only_one_exercise_is_tried(areas: Any) -> None:
    areas.add(
        "area", "fine", "def area(width, height=1.0):\n    return height * width\n"
    )
    areas.add("nothing", "astray", "nothing = 1\n")
    proof = proof_of(areas, exercises=["total"], generated=True)
    assert proof.shortfalls == ()
    assert {v.mutant.grade_id for v in proof.findings.verdicts} == {"total"}
    assert proof.findings.earned == 3
    wrong = proof_of(areas, exercises=["area"])
    assert [each.text.split(":")[0] for each in wrong.shortfalls] == ["area/fine"]


def test_an_exercise_that_is_not_there(areas: Any) -> None:
    done = run("--course", areas.root, "--exercise", "total-test")
    assert done.returncode == 2
    assert "no exercise 'total-test'; there are area, total." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["09_none"], "no assignment '09_none'"),
        (["--course", "/nowhere"], "No course found in /nowhere"),
        (["--seeds", "0"], "seeds"),
    ],
)
def test_unusable_input_exits_2(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.nightly
def test_a_test_that_cannot_run_in_the_examiner_is_named(areas: Any) -> None:
    magic = ("assert total == 21", "%pwd\nassert total == 21")
    areas.edit(areas.source, "total-test", magic)
    done = run("--course", areas.root, "--generated")
    assert done.returncode == 0, done.stdout
    assert "total-test runs beside student code" in done.stdout


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.nightly
@pytest.mark.parametrize("names", [QUICK[:2], QUICK[2:]])
def test_the_quick_notebooks_of_this_course_are_sound(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    report = tmp_path / "report.json"
    done = run(*names, "--json", report)
    assert done.returncode == 0, done.stdout + done.stderr
    proofs = json.loads(report.read_text())["proofs"]
    assert [p["notebook"] for p in proofs] == list(names)
    for proof in proofs:
        assert proof["solution"] == proof["max_score"] > 0
        assert proof["blank"] == 0
        assert proof["in_kernel"] == []
        assert {row["origin"] for row in proof["mutants"]} == {"kept", "stub"}
