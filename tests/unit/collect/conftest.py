"""A class folder, two submissions, and a reader of archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.collect import archives
from grader.collect.archives import RefusedFile
from grader.collect.unpack_limits import UnpackLimits
from grader.records import Assignment
from tests.support.archives import BOB, TIGHT, Nested, Read, Reading
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


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    (tmp_path / "stage").mkdir()
    return tmp_path / "stage"


@pytest.fixture
def read(tmp_path: Path, stage: Path) -> Reading:
    def reading(
        source: bytes | Path, limits: UnpackLimits = TIGHT, name: str = "d.zip"
    ) -> Read:
        if isinstance(source, bytes):
            (tmp_path / name).write_bytes(source)
            source = tmp_path / name
        for left in stage.iterdir():
            left.unlink()
        return Read(archives.read(source, stage, limits))

    return reading


@pytest.fixture
def nested(read: Reading, tmp_path: Path) -> Nested:
    """Read a bomb beside Bob's work; return why it was refused."""

    def reading(bomb: bytes, name: str = "bomb.zip") -> str:
        source = tmp_path / "source"
        for path, content in {f"eve/{name}": bomb, **BOB}.items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(content)
        result = read(source)
        assert result.files == BOB
        (refused,) = [e for e in result.entries if isinstance(e, RefusedFile)]
        assert refused.parts == ("eve", name)
        assert refused.content
        assert refused.content.read_bytes() == bomb
        return refused.why

    return reading
