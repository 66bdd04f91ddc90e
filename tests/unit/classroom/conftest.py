"""An empty class folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.folder import Classroom


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return Classroom.open(tmp_path / "class")
