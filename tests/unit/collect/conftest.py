"""A class folder and two submissions, for every way in which they arrive."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records import Assignment
from tests.support.arrivals import Class
from tests.support.averages import WORKED, answered


@pytest.fixture(scope="session")
def right(averages: Assignment) -> bytes:
    return answered(averages, WORKED).encode()


@pytest.fixture(scope="session")
def wrong(averages: Assignment) -> bytes:
    wrong = WORKED | {"mean": "def mean(x): pass"}
    return answered(averages, wrong).encode()


@pytest.fixture
def room(tmp_path: Path) -> Class:
    return Class(tmp_path)
