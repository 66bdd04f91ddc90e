"""What holds in every lesson, beyond the rules of `grader lint`."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import takewhile
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
    """It begins one of the code cells below, before the next text."""
    missing = []
    for at, cell in enumerate(cells(path)):
        below = takewhile(lambda cell: cell.is_code, cells(path)[at + 1 :])
        if PREDICT in cell.source and not any(map(asks_to_guess, below)):
            missing.append(cell.identifier)
    assert missing == []


def test_each_place_for_a_guess_belongs_to_a_prediction(path: Path) -> None:
    text, alone = "", []
    for cell in cells(path):
        if not cell.is_code:
            text = cell.source
        elif re.search(r"^guess\b", cell.source, re.MULTILINE):
            if PREDICT not in text or not asks_to_guess(cell):
                alone.append(cell.identifier)
            text = ""
    assert alone == []


def asks_to_guess(cell: Cell) -> bool:
    return cell.source.startswith('guess = ""  # ')


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
    """Say whether the visible part only makes inputs outside of `if attempted`."""
    visible = ast.parse(cell.source.partition("### BEGIN HIDDEN TESTS")[0]).body
    makes = (ast.Assign, ast.AugAssign, ast.Import, ast.ImportFrom, ast.FunctionDef)
    tests = [node for node in visible if not isinstance(node, makes)]
    return bool(tests) and all(
        isinstance(node, ast.If) and ast.unparse(node.test).startswith("attempted(")
        for node in tests
    )


def test_hidden_tests_stand_outside_of_what_a_blank_answer_skips(path: Path) -> None:
    for cell in cells(path):
        if cell.is_test:
            assert re.search(r"^### BEGIN HIDDEN TESTS$", cell.source, re.MULTILINE)
