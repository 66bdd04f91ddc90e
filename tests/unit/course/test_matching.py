"""Which file is which notebook, and results put together and taken apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import pytest

from grader.course import matching
from grader.grading import combine
from grader.records import Assignment, Check, Flag, Result, Task

NAMES = ("problem1", "problem2")


def assigned(name: str, points: float = 2) -> Assignment:
    task = Task("cell-1", "test", points, "assert True", "code", "One")
    return Assignment("ps1", name, "{}", "{}", f"release of {name}", (task,))


def graded(points: float, *flags: str) -> Result:
    check = Check("cell-1", points, 2, "partial", "examiner", "nearly", 0.5)
    return Result(
        *("ada", "ps1", "abc", 7, "0.1", points, 2.0, (check,)),
        repairs=("A cell was moved.",),
        flags=tuple(Flag("code", text) for text in flags),
        seconds=1.25,
    )


PARTS = tuple(map(assigned, NAMES))


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["problem2", "problem1"], [["problem1"], ["problem2"]]),
        (["problem1 (1)", "problem2-Copy1"], [["problem1 (1)"], ["problem2-Copy1"]]),
        (["Copy of problem1", "PROBLEM2"], [["Copy of problem1"], ["PROBLEM2"]]),
        (["Kopie von problem2", "x"], [["x"], ["Kopie von problem2"]]),
        (
            ["copie_de_problem1", "problem2_copy 2"],
            [["copie_de_problem1"], ["problem2_copy 2"]],
        ),
        (["problem1", "problem1 (2)"], [["problem1", "problem1 (2)"], []]),
        (["problem1", "my work"], [["problem1"], ["my work"]]),
        (["my work"], [[], []]),
        (["problem1"], [["problem1"], []]),
    ],
)
def test_which_file_is_which(files: list[str], found: list[list[str]]) -> None:
    paths = [PurePath("in") / f"{name}.ipynb" for name in files]
    matched = matching.matched(NAMES, paths)
    stems = {name: [path.stem for path in each] for name, each in matched.items()}
    assert stems == dict(zip(NAMES, found, strict=True))


def test_any_file_may_be_the_only_notebook() -> None:
    paths = [PurePath("a.ipynb"), PurePath("work.ipynb")]
    assert matching.matched(["work"], paths) == {"work": paths}


class TestTogether:
    def test_cells_of_the_same_name_stay_apart(self) -> None:
        one = combine.combine_results(
            [(PARTS[0], graded(0.1)), (PARTS[1], graded(0.2))]
        )
        assert [(c.notebook, c.grade_id, c.points) for c in one.cells] == [
            ("problem1", "cell-1", 0.1),
            ("problem2", "cell-1", 0.2),
        ]
        assert (one.score, one.max_score, one.seconds) == (0.3, 4, 2.5)
        assert Result.from_json(one.to_json()) == one

    def test_what_is_said_names_its_notebook(self) -> None:
        both = [(PARTS[0], graded(1, "x")), (PARTS[1], graded(1, "odd"))]
        one = combine.combine_results(both)
        assert one.flags == (
            Flag("code", "x (problem1.ipynb)"),
            Flag("code", "odd (problem2.ipynb)"),
        )
        assert one.repairs[1] == "A cell was moved. (problem2.ipynb)"

    def test_release_changes_with_each_of_them(self) -> None:
        both = [(part, graded(1)) for part in PARTS]
        other = [both[0], (replace(PARTS[1], release="new"), graded(1))]
        assert (
            combine.combine_results(both).release
            != combine.combine_results(other).release
        )

    def test_one_notebook_is_left_as_it_is(self) -> None:
        alone = graded(1, "odd")
        assert combine.combine_results([(PARTS[0], alone)]) is alone
        assert '"notebook"' not in alone.to_json()

    def test_apart_is_the_way_back(self) -> None:
        results = [
            replace(graded(n, "odd"), release=p.release) for n, p in enumerate(PARTS)
        ]
        one = combine.combine_results(list(zip(PARTS, results, strict=True)))
        for part, result in zip(PARTS, results, strict=True):
            assert (
                replace(combine.result_of_notebook(one, part), seconds=1.25) == result
            )
        assert combine.result_of_notebook(results[0], PARTS[0]) is results[0]
