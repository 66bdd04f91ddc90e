"""Uploaded files are read with care: regular files of bounded size, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.submissions.read import read_submission
from grader.submissions.repair.salvage import MAX_BYTES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "lab.ipynb"
    made.write_bytes(b"\x00not believed")
    return made


def test_a_file_is_read_as_it_is(path: Path) -> None:
    found = read_submission("ada", "lab", path)
    assert (found.student, found.assignment) == ("ada", "lab")
    assert found.content == b"\x00not believed"
    assert found.submitted is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31 12:00:00.123456 UTC\n", "2026-01-31T12:00:00.123456+00:00"),
        ("2026-01-31 12:00:00", "2026-01-31T12:00:00+00:00"),
        ("2026-01-31T12:00:00+02:00", "2026-01-31T12:00:00+02:00"),
        ("yesterday", None),
        ("\udcff", None),
        ("2026" * 500, None),
    ],
)
def test_the_time_is_that_of_the_stamp_beside_it(
    path: Path, text: str, expected: str | None
) -> None:
    stamp = path.with_name("timestamp.txt")
    stamp.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_submission("ada", "lab", path).submitted == expected


def test_a_stamp_that_is_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("2026-01-31 12:00:00")
    path.with_name("timestamp.txt").symlink_to(tmp_path / "secret")
    found = read_submission("ada", "lab", path)
    assert found.submitted is None


def test_a_link_is_refused(path: Path) -> None:
    link = path.with_name("link.ipynb")
    link.symlink_to(path)
    with pytest.raises(SubmissionError, match="cannot be read: it is a symbolic link"):
        read_submission("ada", "lab", link)


def test_a_pipe_is_refused_at_once(path: Path) -> None:
    pipe = path.with_name("pipe.ipynb")
    os.mkfifo(pipe)
    with pytest.raises(SubmissionError, match="not a regular file"):
        read_submission("ada", "lab", pipe)


def test_a_folder_and_nothing_are_refused(path: Path) -> None:
    with pytest.raises(SubmissionError, match="not a regular file"):
        read_submission("ada", "lab", path.parent)
    with pytest.raises(SubmissionError, match="cannot be read: No such file"):
        read_submission("ada", "lab", path.with_name("absent.ipynb"))


def test_a_file_beyond_the_limit_is_refused(path: Path) -> None:
    big = path.with_name("big.ipynb")
    with big.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    told = f"too large: {MAX_BYTES + 1:,} bytes"
    with pytest.raises(SubmissionError, match=told):
        read_submission("ada", "lab", big)
