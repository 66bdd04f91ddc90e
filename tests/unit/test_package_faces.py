"""The docstring of each package lists its modules, and fits one screen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

GRADER_FOLDER = ROOT / "grader"
# These offer names instead: functions of the API, the commands.
WITH_NAMES = {GRADER_FOLDER, GRADER_FOLDER / "api", GRADER_FOLDER / "cli"}
FACES = [
    path
    for path in sorted(GRADER_FOLDER.rglob("__init__.py"))
    if path.parent not in WITH_NAMES
]
FACES += [ROOT / "website/__init__.py"]


def listed_in(text: str) -> list[str]:
    """Return the modules that a docstring lists: with dashes, or in a table."""
    dashes = [line for line in text.splitlines() if line.startswith("- ``")]
    names = [re.findall(r"``(\w+)``(?=[:,])", line) for line in dashes]
    tables = re.findall(r"^=+ =+\n(.*?)\n=+ =+$", text, re.MULTILINE | re.DOTALL)
    rows = [re.findall(r"^(\w+) ", table, re.MULTILINE) for table in tables]
    return [name for line in (*names, *rows) for name in line]


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.parent.name)
def test_a_face_names_every_module_once(face: Path) -> None:
    text = ast.get_docstring(ast.parse(face.read_text("utf-8"))) or ""
    named = listed_in(text)
    there = {path.stem for path in face.parent.glob("*.py")} - {"__init__"}
    there |= {path.parent.name for path in face.parent.glob("*/__init__.py")}
    name = face.relative_to(ROOT)
    lacking = sorted(there.difference(named))
    assert not lacking, f"list {', '.join(lacking)} in the docstring of {name}"
    assert sorted(named) == sorted(there), f"the docstring of {name} lists others"
    assert len(text.splitlines()) <= 24


@pytest.mark.parametrize(
    "face",
    [face for face in FACES if "execution" in face.parts],
    ids=lambda face: face.parent.name,
)
def test_a_face_of_execution_imports_nothing(face: Path) -> None:
    (only,) = ast.parse(face.read_text("utf-8")).body
    assert isinstance(only, ast.Expr)
