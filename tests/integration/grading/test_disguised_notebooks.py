"""Notebooks with other endings in a class folder that nobody collected with us."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.folder import Classroom
from tests.support.small_course import course, graded, notebook, submit, submitted

pytestmark = pytest.mark.long

COURSE = """
# %% one
### BEGIN SOLUTION
one = 1
### END SOLUTION
# %% one-test
assert one == 1
"""
WRONG = COURSE.replace("one = 1", "one = 2")


def test_they_are_graded_and_the_repair_is_told(tmp_path: Path) -> None:
    course(tmp_path, hw=COURSE)
    for name in ("hw.ipynb.txt", "hw.ipynb.json", "hw.txt", "hw"):
        student = name.replace(".", "-")
        (submitted(tmp_path, student) / name).write_text(notebook(COURSE))
    # The same bytes under the right name: no repair, though the grade is known.
    submit(tmp_path, "right", hw=COURSE)
    submit(tmp_path, "two", hw=COURSE)
    (submitted(tmp_path, "two") / "hw.ipynb.txt").write_text(notebook(WRONG))
    results = graded(tmp_path)
    assert {name: result.score for name, result in results.items()} == dict.fromkeys(
        ["hw-ipynb-txt", "hw-ipynb-json", "hw-txt", "hw", "right", "two"], 1
    )
    told = "hw.ipynb.txt holds a notebook; it is taken as hw.ipynb"
    assert results["hw-ipynb-txt"].repairs == (told,)
    assert results["right"].repairs == results["two"].repairs == ()


def test_each_of_several_notebooks_is_recognised(tmp_path: Path) -> None:
    course(tmp_path, one=COURSE, two=COURSE)
    place = submit(tmp_path, one=COURSE)
    (place / "two.ipynb.json").write_text(notebook(WRONG))
    assert graded(tmp_path)["ada"].score == 1


def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(notebook(COURSE))
    place = submitted(tmp_path)
    (place / "hw.ipynb.txt").symlink_to(secret)
    (place / "hw.ipynb.json").symlink_to("/dev/zero")
    assert Classroom.open(tmp_path / "class").inbox().notebooks == ()


def test_other_texts_are_not_taken(tmp_path: Path) -> None:
    place = submitted(tmp_path)
    for name, text in {
        "notes.txt": "hello",
        "data.json": '{"a": 1}',
        "hw.ipynb.txt": "<html>",
        "deep.json": '{"nbformat": 4, "cells": ' + "[" * 100_000,
    }.items():
        (place / name).write_text(text)
    assert Classroom.open(tmp_path / "class").inbox().notebooks == ()
