"""Notebooks whose names do not say that they are notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.notebooks.file_names import notebook_name
from grader.submissions.disguised import holds_notebook
from tests.support.arrivals import NB, Class

NAMES = [
    "averages.ipynb.txt",
    "averages.ipynb.json",
    "averages.ipynb.download",
    "AVERAGES.IPYNB.TXT",
    "averages.ipynb (1).json",
    "averages.json",
    "averages.txt",
    "averages",
]


@pytest.mark.parametrize("name", NAMES)
def test_taken_and_reported(room: Class, right: bytes, name: str) -> None:
    room.collect({f"ada/{name}": right})
    assert room.tree() == {f"ada/{NB}": right}
    assert room.rows[0].repairs == (
        f"{name} holds a notebook; it is taken as averages.ipynb",
    )


@pytest.mark.parametrize("name", NAMES)
def test_real_notebook_counts_more(
    room: Class, right: bytes, wrong: bytes, name: str
) -> None:
    room.collect({"ada/averages.ipynb": right, f"ada/x/{name}": wrong})
    assert room.tree()[f"ada/{NB}"] == right
    assert wrong in [*room.tree().values(), *room.tree("earlier").values()]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1, 2]",
        b'{"cells": 3, "nbformat": 4}',
        b'{"a": 1}',
        b'{"nbformat": 4, "cells": []}',
        b'<html>"cells" "nbformat"',
        b"{" * 100_000,
        b'{"nbformat": 4, "cells": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_notebook(room: Class, content: bytes) -> None:
    room.collect({"ada/averages.ipynb.txt": content})
    assert room.statuses() == {"ada": "refused"}


def test_data_beside_a_notebook_stays_data(
    room: Class, right: bytes, wrong: bytes
) -> None:
    room.collect({"ada/averages.ipynb": right, "ada/data.json": wrong})
    assert room.tree() == {f"ada/{NB}": right, "ada/averages/data.json": wrong}


@pytest.mark.parametrize("name", ["a.py", "a.pdf", "a.csv", "a.html"])
def test_other_endings_are_not_read(tmp_path: Path, right: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(right)
    assert not holds_notebook(name, tmp_path / name)


def test_long_names_take_no_long_time() -> None:
    assert notebook_name(".ipynb" * 5_000 + ".txt").endswith(".ipynb")
    assert notebook_name("x" * 10_000 + ".ipynb." + "a" * 10_000).endswith(".ipynb")
