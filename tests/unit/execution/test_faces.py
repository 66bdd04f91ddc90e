"""Each package of execution tells its modules, and fits one screen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader import execution

ROOT = Path(str(execution.__file__)).parent
FACES = sorted(ROOT.rglob("__init__.py"))


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.parent.name)
def test_a_face_names_every_module_once_and_imports_nothing(face: Path) -> None:
    (only,) = ast.parse(face.read_text("utf-8")).body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    text = str(only.value.value)
    listed = re.findall(r"``(\w+)``(?=[:,])", text)
    there = {path.stem for path in face.parent.glob("*.py")} - {"__init__"}
    there |= {path.parent.name for path in face.parent.glob("*/__init__.py")}
    assert sorted(listed) == sorted(there)
    assert len(text.splitlines()) <= 24
