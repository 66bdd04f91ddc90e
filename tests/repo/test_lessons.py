"""What holds in every lesson, beyond the rules of `grader lint`."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from grader.notebooks.cells import Cell, cells_of, parse_notebook
from tests.support.paths import ROOT

SOURCES = sorted(ROOT.glob("solutions/*.ipynb"))
PREDICT = "**Predict, then run"
HIDDEN = re.compile(
    r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS", re.DOTALL | re.MULTILINE
)

pytestmark = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)


def cells(path: Path) -> Sequence[Cell]:
    return cells_of(parse_notebook(path.read_text("utf-8")))


def test_each_prediction_has_a_place_for_the_guess(path: Path) -> None:
    missing = [
        above.identifier
        for above, below in pairwise(cells(path))
        if PREDICT in above.source and not below.source.startswith('guess = ""  # ')
    ]
    assert missing == []


def test_each_place_for_a_guess_belongs_to_a_prediction(path: Path) -> None:
    alone = [
        below.identifier
        for above, below in pairwise(cells(path))
        if re.search(r"^guess = ", below.source, re.MULTILINE)
        and PREDICT not in above.source
    ]
    assert alone == []


def test_hidden_tests_never_show_what_came_back(path: Path) -> None:
    """Their inputs are hidden, and `expect` would show them."""
    for cell in cells(path):
        for hidden in HIDDEN.findall(cell.source):
            calls = {n.id for n in ast.walk(ast.parse(hidden)) if type(n) is ast.Name}
            assert not {name for name in calls if name.startswith("expect")}


def test_each_test_asks_first_whether_there_is_an_answer(path: Path) -> None:
    late = [cell.identifier for cell in cells(path) if cell.is_test and not asks(cell)]
    assert late == []


def asks(cell: Cell) -> bool:
    """Say whether the visible part only makes inputs before it asks `attempted`."""
    visible = ast.parse(cell.source.partition("### BEGIN HIDDEN TESTS")[0]).body
    makes = (ast.Assign, ast.Import, ast.ImportFrom, ast.FunctionDef)
    tests = [node for node in visible if not isinstance(node, makes)]
    return [
        ast.unparse(n.test).partition("(")[0] for n in tests if type(n) is ast.If
    ] == ["attempted"] and len(tests) == 1


def test_hidden_tests_stand_outside_of_what_a_blank_answer_skips(path: Path) -> None:
    for cell in cells(path):
        if cell.is_test:
            assert re.search(r"^### BEGIN HIDDEN TESTS$", cell.source, re.MULTILINE)
