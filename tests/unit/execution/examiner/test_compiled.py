"""A test cell that was compiled before ends as its text does."""

from __future__ import annotations

import pytest

from grader.execution.examiner.compiled import packed
from grader.execution.examiner.process import run_cell


@pytest.mark.parametrize(
    "source",
    ["x = 2", "1 / 2", "assert 1 > 2, 'one is less'", "1 / 0", "0.5 +", "", "\0"],
)
def test_a_compiled_cell_ends_as_its_text_does(source: str) -> None:
    code = packed(source, "<cell>")
    assert bool(code) == (source not in ("0.5 +", "\0"))
    assert run_cell(source, "<cell>", {}, code) == run_cell(source, "<cell>", {})
