"""A class folder and two hand-ins, for every way in which they arrive."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records import Assignment
from tests.support.arrivals import AVERAGES, Class, answered


@pytest.fixture(scope="session")
def right(averages: Assignment) -> bytes:
    return answered(averages, AVERAGES)


@pytest.fixture(scope="session")
def wrong(averages: Assignment) -> bytes:
    return answered(averages, AVERAGES | {"mean": "def mean(x): pass"})


@pytest.fixture
def room(tmp_path: Path) -> Class:
    return Class(tmp_path)
