"""Which file of a submission is which notebook of the assignment."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from grader.course import matching

NAMES = ("problem1", "problem2")


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
def test_each_notebook_gets_the_files_of_its_name(
    files: list[str], found: list[list[str]]
) -> None:
    paths = [PurePath("in") / f"{name}.ipynb" for name in files]
    matched = matching.matched(NAMES, paths)
    stems = {name: [path.stem for path in each] for name, each in matched.items()}
    assert stems == dict(zip(NAMES, found, strict=True))


def test_all_files_belong_to_the_only_notebook() -> None:
    paths = [PurePath("a.ipynb"), PurePath("work.ipynb")]
    assert matching.matched(["work"], paths) == {"work": paths}
