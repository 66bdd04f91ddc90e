"""Grades are compared for each answer, and each difference counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance import comparison, kept
from tests.conformance.comparison import Compared
from tests.conformance.grading import Graded, Key
from tests.conformance.reader import Answer, GivenCell, Style


def style(name: str = "adding") -> Style:
    return Style(
        kind="numbers",
        name=name,
        about="A sum.",
        points=2.0,
        needs=(),
        alone="",
        sample=False,
        cells=(GivenCell("assert f(1)", graded=True),),
        answers=(
            Answer("solution", "solution", "f = 1"),
            Answer("right: other", "right", "f = 2"),
            Answer("wrong: bad", "wrong", "f = 3"),
        ),
        digest="1",
    )


def graded(points: float, status: str = "passed", trust: str = "both") -> Graded:
    return Graded(points, trust, status, "a message")


def one(nbgrader: float, ours: Graded, answer: str = "solution") -> Compared:
    return Compared("numbers", Key("adding", answer), nbgrader, ours)


@pytest.mark.parametrize(
    ("nbgrader", "ours", "verdict"),
    [
        (2.0, graded(2.0), "equal"),
        (1 / 3, graded(0.33333333333), "equal"),
        (0.0, graded(2.0), "too generous"),
        (2.0, graded(1.5), "too strict"),
        (2.0, graded(0.0, "manual"), "manual"),
        (0.0, graded(0.0, "manual"), "manual"),
    ],
)
def test_the_verdict_on_each_kind_of_difference(
    nbgrader: float, ours: Graded, verdict: str
) -> None:
    each = one(nbgrader, ours)
    assert each.verdict == verdict
    assert each.line().startswith(f"{verdict}: numbers: adding, solution: nbgrader ")


def test_only_answers_that_both_graded_are_compared() -> None:
    keys = [Key("adding", answer.label) for answer in style().answers]
    theirs = {keys[0]: 2.0, keys[1]: 2.0}
    ours = {keys[1]: graded(2.0), keys[2]: graded(0.0)}
    (found,) = comparison.compared([style()], theirs, ours)
    assert found == Compared("numbers", keys[1], 2.0, graded(2.0))


def test_a_style_is_at_fault_if_its_answers_are_not_what_it_says() -> None:
    keys = [Key("adding", answer.label) for answer in style().answers]
    right = dict(zip(keys, (2.0, 2.0, 1.0), strict=True))
    assert comparison.faulty([style()], right) == []
    wrong = dict(zip(keys, (2.0, 1.5, 2.0), strict=True))
    assert comparison.faulty([style()], wrong) == [
        "numbers: adding, right: other: 1.5 of 2",
        "numbers: adding, wrong: bad: 2 of 2",
    ]


def test_the_table_counts_by_kind_and_trust() -> None:
    found = [
        one(2.0, graded(2.0)),
        one(2.0, graded(0.0, "manual"), "right: other"),
        one(0.0, graded(2.0, trust="examiner"), "wrong: bad"),
    ]
    rows = [line.split() for line in comparison.table(found).splitlines()[1:]]
    assert rows == [
        ["numbers", "both", "1", "2", "1", "1", "0", "0"],
        ["numbers", "examiner", "1", "1", "0", "0", "1", "0"],
        ["all", "both", "1", "2", "1", "1", "0", "0"],
        ["all", "examiner", "1", "1", "0", "0", "1", "0"],
        ["all", "1", "3", "1", "1", "1", "0"],
    ]


def test_the_suite_fails_if_an_answer_or_a_style_is_wrong() -> None:
    good = [one(2.0, graded(2.0), f"right: {n}") for n in range(40)]
    manual = one(2.0, graded(0.0, "manual"))
    assert comparison.shortfalls(good, {}, []) == []
    assert comparison.shortfalls([*good, manual], {manual.key: "why"}, []) == []
    (unlisted,) = comparison.shortfalls([*good, manual], {}, [])
    assert "manual.txt" in unlisted
    (share,) = comparison.shortfalls([manual, good[0]], {manual.key: "why"}, [])
    assert share.startswith("50.0%")
    (differs,) = comparison.shortfalls([*good, one(0.0, graded(1.0))], {}, [])
    assert differs.startswith("1 answers")
    assert comparison.shortfalls(good, {}, ["a style"]) != []


def test_a_line_of_manual_txt_has_an_answer_and_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "manual.txt"
    path.write_text("# about\n\nadding, wrong: a, b | it is | slow\n")
    assert kept.read_manual(path) == {Key("adding", "wrong: a, b"): "it is | slow"}


def test_verdicts_are_kept_until_their_style_changes(tmp_path: Path) -> None:
    points = {Key("adding", a.label): 2.0 for a in style().answers}
    verdicts = kept.renewed_verdicts({"gone": {"digest": "0"}}, [style()], points)
    kept.write_verdicts("numbers", verdicts, tmp_path)
    read = kept.read_verdicts("numbers", tmp_path)
    assert read == verdicts
    assert list(read) == ["adding"]
    assert kept.kept_points(read, [style()]) == points
    read["adding"]["digest"] = "2"
    assert kept.kept_points(read, [style()]) == {}
    assert kept.renewed_verdicts(read, [style(), style("more")], {}) == read
