"""Results of an assignment's notebooks, combined into one and split again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.grading import combine
from grader.records import Assignment, Check, Flag, Result, Task


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


PARTS = tuple(map(assigned, ("problem1", "problem2")))


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

    @pytest.mark.parametrize(
        ("sandboxes", "recorded"),
        [
            (("", "confined"), "confined"),
            (("bwrap", "confined"), "confined"),
            (("none", "bwrap"), "none"),
            (("", ""), ""),
        ],
    )
    def test_the_weakest_sandbox_is_recorded(
        self, sandboxes: tuple[str, str], recorded: str
    ) -> None:
        results = [replace(graded(1), sandbox=each) for each in sandboxes]
        one = combine.combine_results(list(zip(PARTS, results, strict=True)))
        assert one.sandbox == recorded

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
