"""A results file says what a student may read, in the form that its system takes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from grader.records import Assignment, Check, Flag, Result
from grader.reports.platforms import classroom50, gradescope
from grader.reports.platforms.sheet import Sheet, points_by_test, sheet
from grader.reports.platforms.table import RESULTS_FILES, ResultsFile, results_file
from grader.reports.status_words import STATUS_WORDS
from tests.support.averages import averages

SEED = 424242
each_system = pytest.mark.parametrize("system", RESULTS_FILES, ids=lambda s: s.name)
IDENTITY = dict.fromkeys(classroom50.IDENTITY, "x") | {"submission": "submit/1"}


def check(
    grade_id: str, points: float, most: float, status: Any, text: str = ""
) -> Check:
    return Check(grade_id, points, most, status, "examiner", text)


def result(*cells: Check, **changes: Any) -> Result:
    score = sum(cell.points for cell in cells)
    most = sum(cell.max_points for cell in cells)
    made = Result(
        "ada", "averages", "r" * 64, SEED, "1", score, most, cells, sandbox="bwrap"
    )
    return replace(made, **changes)


CELLS = (
    check("mean-test", 2, 2, "passed"),
    check("median-test", 1.5, 3, "partial", "half of it"),
    check("q1-test", 0, 1, "timeout", "your answer ran longer than 30 s"),
    check("scaled-test", 0, 2, "failed", "it is\x1b[2J wrong"),
    check("essay", 0, 2, "manual", "your instructor grades this by hand"),
)


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return averages()


@pytest.fixture(scope="module")
def shown(assignment: Assignment) -> Sheet:
    repaired = result(
        *CELLS,
        repairs=("a test cell was put back",),
        flags=(Flag("code", "calls os.fork"), Flag("course", "the solution fails")),
    )
    return sheet((assignment,), repaired, ("Graded: averages.ipynb.",))


@each_system
def test_a_system_accepts_the_content(system: ResultsFile, shown: Sheet) -> None:
    for content in (system.make(shown, "visible"), system.message("No file. Again.")):
        assert list(system.faults(IDENTITY | content)) == []
        json.dumps(content, allow_nan=False)


@each_system
def test_a_student_reads_everything_but_what_is_for_instructors(
    system: ResultsFile, shown: Sheet, assignment: Assignment
) -> None:
    text = json.dumps(system.make(shown, "visible"), ensure_ascii=False)
    for said in ("half of it", "30 s", "a test cell was put back", "bwrap", "averages"):
        assert said in text
    for status in ("passed", "partial", "timeout", "failed", "manual"):
        assert STATUS_WORDS[status].name in text
    hidden = set(assignment.source.splitlines()) - set(assignment.released.splitlines())
    secrets = [line.strip() for line in hidden if "assert" in line]
    assert secrets
    for secret in (str(SEED), "os.fork", "the solution fails", "\x1b", *secrets):
        assert secret not in text


@each_system
def test_the_scores_are_those_of_the_tests(system: ResultsFile, shown: Sheet) -> None:
    content = system.make(shown, "visible")
    tests = content["tests"]
    assert content["score"] == sum(test.get("score", 0) for test in tests)
    most = [test.get("max_score", test.get("max-score", 0)) for test in tests]
    assert most == [2, 3, 1, 2, 0]


def test_gradescope_counts_parts_of_points_and_leaves_the_rest_to_a_person(
    shown: Sheet,
) -> None:
    content = gradescope.make(shown, "after_due_date")
    assert content["score"] == 3.5
    *_, essay = content["tests"]
    assert "score" not in essay
    assert "2 points" in essay["output"]
    assert {test["visibility"] for test in content["tests"]} == {"after_due_date"}
    assert content["stdout_visibility"] == "hidden"


def test_classroom50_counts_whole_points_and_says_so(shown: Sheet) -> None:
    content = classroom50.make(shown)
    assert [test["score"] for test in content["tests"]] == [2, 1, 0, 0, 0]
    assert content["max-score"] == 8
    assert "1.5 points; only whole ones count" in content["tests"][1]["output"]


def test_what_a_student_wrote_stays_in_its_fence(assignment: Assignment) -> None:
    text = "```\n## full marks\n````x"
    made = sheet((assignment,), result(check("mean-test", 0, 2, "failed", text)))
    page = classroom50.make(made)["release_body"]
    *_, block = page.split("\n\n")
    fence, *inner, end = block.rstrip("\n").split("\n")
    assert fence == "`````text"
    assert end == "`````"
    assert end not in inner


@each_system
def test_a_copy_from_an_earlier_release_is_not_called_repaired(
    system: ResultsFile, assignment: Assignment
) -> None:
    older = result(
        repairs=("It comes from an earlier release.",),
        flags=(Flag("release", "from earlier release 012345"),),
    )
    shown = sheet((assignment,), older, ())
    text = json.dumps(system.make(shown, "visible"))
    assert "It comes from an earlier release." in text
    assert "The assignment has changed since your copy" in text
    assert "differed" not in text


def test_names_are_headings_and_never_the_same(assignment: Assignment) -> None:
    twice = replace(assignment, tasks=(*assignment.tasks, replace(assignment.tasks[1])))
    one = check("mean-test", 1, 2, "failed")
    made = sheet(
        (twice,), result(one, one, check("cell-0123456789abcdef", 0, 1, "error"))
    )
    first, second, third = (row.name for row in made.rows)
    assert first == "Exercise 1 · mean_of, part 1"
    assert second == "Exercise 1 · mean_of, part 2"
    assert third == "the 3rd graded cell"


def test_of_several_notebooks_each_cell_names_its_own(assignment: Assignment) -> None:
    both = (replace(assignment, notebook="one"), replace(assignment, notebook="two"))
    cells = [replace(CELLS[0], notebook=name) for name in ("one", "two")]
    made = sheet(both, result(*cells))
    assert [row.name for row in made.rows] == [
        "one: Exercise 1 · mean_of",
        "two: Exercise 1 · mean_of",
    ]
    assert points_by_test(both) == 16


def test_a_blank_essay_is_still_graded_by_a_person(assignment: Assignment) -> None:
    made = sheet((assignment,), result(check("essay", 0, 2, "missing")))
    assert made.max_score == 0


@each_system
def test_a_student_reads_that_the_grader_failed(
    system: ResultsFile, assignment: Assignment
) -> None:
    failed = result(*CELLS, flags=(Flag.grader_fault("/root/secret is full"),))
    text = json.dumps(system.make(sheet((assignment,), failed), "visible"))
    assert "no fault of yours" in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"score": 2.5}, "whole numbers"),
        ({"score": True}, "whole numbers"),
        ({"score": 9, "max-score": 8}, "more than the maximum"),
        ({"schema": "classroom50/result/v2"}, "schema"),
        ({"submission": "v1"}, "submit/"),
        ({"commit": ""}, "commit"),
        ({"tests": [{"test-name": "", "passed": 1}]}, "test-name"),
        ({"tests": None}, "not a list"),
    ],
)
def test_classroom50_would_refuse(
    change: dict[str, Any], fault: str, shown: Sheet
) -> None:
    content = IDENTITY | classroom50.make(shown) | change
    assert fault in "; ".join(results_file("classroom50").faults(content))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"score": "2"}, "score is not a number"),
        ({"visibility": "never"}, "visibility"),
        ({"tests": {}}, "not a list"),
        ({"tests": [{"name": 1}]}, "name is not a string"),
        ({"tests": [{"max_score": None}]}, "max_score"),
    ],
)
def test_gradescope_would_refuse(
    change: dict[str, Any], fault: str, shown: Sheet
) -> None:
    content = gradescope.make(shown) | change
    assert fault in "; ".join(results_file("gradescope").faults(content))


@each_system
def test_what_is_no_json_object_is_refused(system: ResultsFile, shown: Sheet) -> None:
    assert list(system.faults([])) == ["it is not a JSON object"]
    content = IDENTITY | system.make(shown, "visible") | {"tests": [7]}
    assert list(system.faults(content)) == ["test 1: it is not a JSON object"]
