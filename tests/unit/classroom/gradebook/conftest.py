"""A class folder's gradebook, by our address and in nbgrader's own hands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url


@pytest.fixture
def url(room: Classroom) -> str:
    return sqlite_url(room.gradebook)


@pytest.fixture
def theirs(url: str) -> Iterator[Any]:
    """Open nbgrader's own gradebook on ours."""
    from nbgrader.api import Gradebook as Theirs

    with Gradebook(url):
        pass
    with Theirs(url) as book:
        yield book
