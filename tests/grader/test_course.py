"""A course folder is read, ours or nbgrader's, or refused in words."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from grader import magics
from grader.course import Course, imports
from grader.errors import CourseError
from grader.notebook import parse

BASE = Path(__file__).parents[1] / "mangled/course/solutions/averages.ipynb"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A course with two assignments."""
    (tmp_path / "solutions").mkdir()
    for name in ("02_b", "01_a"):
        shutil.copy(BASE, tmp_path / "solutions" / f"{name}.ipynb")
    return tmp_path


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A course as nbgrader lays it out."""
    (tmp_path / "source/ps1").mkdir(parents=True)
    shutil.copy(BASE, tmp_path / "source/ps1/problem.ipynb")
    return tmp_path


def settings(path: Path, **grader: Any) -> None:
    raw = json.loads(path.read_text("utf-8"))
    raw["metadata"]["grader"] = grader
    path.write_text(json.dumps(raw))


def test_an_assignment_of_ours(ours: Path) -> None:
    course = Course.open(ours)
    assert course.assignment_names() == ("01_a", "02_b")
    found = course.assignment("01_a")
    text = BASE.read_text("utf-8")
    assert (found.name, found.notebook, found.source) == ("01_a", "01_a", text)
    assert found.release == hashlib.sha256(text.encode()).hexdigest()
    assert found.max_score == 10
    assert found.imports == ("math", "statistics", "collections.abc")
    assert (found.parameters, found.limits) == ({"size": 10}, {"cell_seconds": 20.0})
    assert "total_of_all" not in found.released
    assert "TODO: your answer here" in found.released


def test_an_assignment_of_nbgraders(theirs: Path) -> None:
    course = Course.open(theirs)
    assert course.assignment_names() == ("ps1",)
    found = course.assignment("ps1")
    assert (found.name, found.notebook) == ("ps1", "problem")
    assert "raise NotImplementedError()" in found.released


def test_nbgraders_own_release_is_what_students_had(theirs: Path) -> None:
    (theirs / "release/ps1").mkdir(parents=True)
    (theirs / "release/ps1/problem.ipynb").write_text("as it was", encoding="utf-8")
    assert Course.open(theirs).assignment("ps1").released == "as it was"


def test_several_notebooks_in_one_assignment_are_refused(theirs: Path) -> None:
    shutil.copy(BASE, theirs / "source/ps1/more.ipynb")
    with pytest.raises(CourseError, match=r"2 notebooks \(more.ipynb, problem.ipynb\)"):
        Course.open(theirs).assignment("ps1")


def test_an_unknown_assignment_is_refused_with_the_known(ours: Path) -> None:
    with pytest.raises(CourseError, match="no assignment '03_c'; there are 01_a, 02_b"):
        Course.open(ours).assignment("03_c")


@pytest.mark.parametrize("name", ["../solutions/01_a", "", "01_a.ipynb"])
def test_a_name_is_no_path(ours: Path, name: str) -> None:
    with pytest.raises(CourseError, match="no assignment"):
        Course.open(ours).assignment(name)


def test_a_folder_without_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no course here; .*--course"):
        Course.open(tmp_path)
    with pytest.raises(CourseError, match="no course here"):
        Course.open(tmp_path / "absent")


@pytest.mark.parametrize(
    ("grader", "message"),
    [
        ({"profiles": []}, r"metadata.grader.profiles is \[\]; it must be a mapping"),
        ({"profiles": {"smoke": {"a b": 1}}}, "'a b' cannot be used; names must be"),
        ({"profiles": {"smoke": {"a": [1]}}}, "'a' cannot be used; values must be num"),
        ({"limits": {"cell_seconds": 0}}, "'cell_seconds' cannot be used; .*above 0"),
        ({"limits": {"cell_seconds": True}}, "'cell_seconds' cannot be used"),
    ],
)
def test_odd_settings_are_refused(
    ours: Path, grader: dict[str, Any], message: str
) -> None:
    settings(ours / "solutions/01_a.ipynb", **grader)
    with pytest.raises(CourseError, match=message):
        Course.open(ours).assignment("01_a")


def test_settings_may_be_left_out(ours: Path) -> None:
    settings(ours / "solutions/01_a.ipynb")
    found = Course.open(ours).assignment("01_a")
    assert (found.parameters, found.limits) == ({}, {})


def code(*sources: str) -> Any:
    cells = [{"cell_type": "code", "metadata": {}, "source": s} for s in sources]
    return parse(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))


def test_imports_are_found_among_magics_in_order_of_first_use() -> None:
    found = code(
        "%matplotlib inline\ntry:\n    import json.decoder as j\n"
        "except ImportError:\n    %pip install json",
        "!ls\nfiles = !ls\nimport zlib, math\nlist?\nfrom os import path",
        "%%bash\nimport bz2",
        "%%time\ndef f():\n    import csv\nimport gzip\nfrom math import pi",
        "from . import there\nimport no_such_module_anywhere\nfrom __main__ import x",
        "import (",
    )
    assert imports(found) == ("json.decoder", "zlib", "math", "os", "csv", "gzip")


def test_a_module_that_is_taken_from_its_package_counts_too() -> None:
    already = set(sys.modules)
    found = imports(code("from xml import dom, nothing\nfrom wsgiref import handlers"))
    assert found == ("xml", "xml.dom", "wsgiref", "wsgiref.handlers")
    assert not {"wsgiref", "wsgiref.handlers"} & (set(sys.modules) - already)


def test_what_only_tests_import_is_left_out() -> None:
    found = code("import math", "import bz2")
    found.cells[1].metadata["nbgrader"] = {"grade": True, "solution": False}
    assert imports(found) == ("math",)


def test_magics_leave_the_lines_in_place() -> None:
    source = "a = 1 % 2\nb = a % c\n  %time x\n!x\n'a' != b\nx = %sql y"
    assert magics.without(source) == (
        "a = 1 % 2\nb = a % c\n  pass\npass\n'a' != b\npass"
    )
