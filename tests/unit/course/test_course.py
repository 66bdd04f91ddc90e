"""A course folder is read, ours or nbgrader's, or refused in words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.course.course import Course
from grader.course.imported import imports
from grader.course.nbgrader.autotest import write_out
from grader.errors import CourseError
from grader.notebooks import magics
from grader.notebooks.cells import parse_notebook
from tests.support.paths import AVERAGES_SOURCE


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A course with two assignments."""
    (tmp_path / "solutions").mkdir()
    for name in ("02_b", "01_a"):
        shutil.copy(AVERAGES_SOURCE, tmp_path / "solutions" / f"{name}.ipynb")
    return tmp_path


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A course in nbgrader's layout."""
    (tmp_path / "source/ps1").mkdir(parents=True)
    shutil.copy(AVERAGES_SOURCE, tmp_path / "source/ps1/problem.ipynb")
    return tmp_path


def settings(path: Path, **grader: Any) -> None:
    raw = json.loads(path.read_text("utf-8"))
    raw["metadata"]["grader"] = grader
    path.write_text(json.dumps(raw))


def test_an_assignment_of_ours(ours: Path) -> None:
    course = Course.open(ours)
    assert course.assignment_names() == ("01_a", "02_b")
    found = course.assignment("01_a")
    text = AVERAGES_SOURCE.read_text("utf-8")
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


def test_limits_and_environment_are_nbgraders(theirs: Path) -> None:
    found = Course.open(theirs).assignment("ps1")
    assert found.environment == {"NBGRADER_EXECUTION": "autograde"}
    # The notebook sets 20 s itself.
    times = {"cell_seconds": 20.0, "call_seconds": 20.0, "total_seconds": 300.0}
    assert found.limits == times
    path = theirs / "source/ps1/problem.ipynb"
    settings(path, limits={"call_seconds": 5}, environment={"A": "b"})
    (theirs / "nbgrader_config.py").write_text("c.Execute.timeout = 45")
    found = Course.open(theirs).assignment("ps1")
    assert found.environment == {"NBGRADER_EXECUTION": "autograde", "A": "b"}
    times = {"cell_seconds": 45.0, "call_seconds": 5.0, "total_seconds": 450.0}
    assert found.limits == times


def test_our_course_is_not_told_that_nbgrader_runs_it(ours: Path) -> None:
    assert Course.open(ours).assignment("01_a").environment == {}


def test_nbgraders_own_release_is_used(theirs: Path) -> None:
    (theirs / "release/ps1").mkdir(parents=True)
    copy = theirs / "release/ps1/problem.ipynb"
    copy.write_text('{"cells": []}', encoding="utf-8")
    assert Course.open(theirs).assignment("ps1").released == '{"cells": []}'
    copy.write_text("<html>", encoding="utf-8")
    with pytest.raises(CourseError, match=r"problem\.ipynb: not a notebook"):
        Course.open(theirs).assignment("ps1")


def test_several_notebooks_in_one_assignment_are_refused(theirs: Path) -> None:
    shutil.copy(AVERAGES_SOURCE, theirs / "source/ps1/more.ipynb")
    with pytest.raises(CourseError, match=r"2 notebooks \(more.ipynb, problem.ipynb\)"):
        Course.open(theirs).assignment("ps1")


# --- nbgrader's courses: what their configuration adds ------------------------------


def configure(course: Path, *lines: str) -> None:
    (course / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *lines]))


def note(path: Path, source: str, **metadata: Any) -> None:
    cell: dict[str, Any] = {"cell_type": "code", "metadata": metadata, "source": source}
    cell |= {"outputs": [], "execution_count": None}
    raw = {"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": [cell]}
    path.write_text(json.dumps(raw))


def test_header_and_footer_are_added(theirs: Path) -> None:
    note(theirs / "source/top.ipynb", 'NAME = ""')
    note(theirs / "source/end.ipynb", "print('the end')")
    configure(
        theirs,
        'c.IncludeHeaderFooter.header = "source/top.ipynb"',
        'c.IncludeHeaderFooter.footer = "source/end.ipynb"',
    )
    found = Course.open(theirs).assignment("ps1")
    for text in (found.source, found.released):
        cells = parse_notebook(text).cells
        assert (cells[0].source, cells[-1].source) == ('NAME = ""', "print('the end')")
        assert len({cell.id for cell in cells}) == len(cells)
    (theirs / "source/end.ipynb").unlink()
    with pytest.raises(CourseError, match=r"end.ipynb: .*cannot be read \(No such"):
        Course.open(theirs).assignment("ps1")


def test_renamed_markers(theirs: Path) -> None:
    path = theirs / "source/ps1/problem.ipynb"
    text = path.read_text("utf-8").replace("### BEGIN SOLUTION", "# <answer>")
    path.write_text(text.replace("### END SOLUTION", "# </answer>"))
    configure(
        theirs,
        'c.ClearSolutions.begin_solution_delimeter = "<answer>"',
        'c.ClearSolutions.end_solution_delimeter = "</answer>"',
        'c.ClearSolutions.code_stub = {"python": "pass  # yours"}',
    )
    found = Course.open(theirs).assignment("ps1")
    assert "total_of_all" in found.source
    assert "total_of_all" not in found.released
    assert "pass  # yours" in found.released


def test_renamed_folders(theirs: Path) -> None:
    (theirs / "source").rename(theirs / "master")
    (theirs / "master/.ipynb_checkpoints").mkdir()
    note(theirs / "master/.ipynb_checkpoints/x.ipynb", "1")
    configure(theirs, 'c.CourseDirectory.source_directory = "master"')
    assert Course.open(theirs).assignment_names() == ("ps1",)


def test_another_language_is_left_to_a_person(theirs: Path) -> None:
    path = theirs / "source/ps1/problem.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    raw["metadata"] = {"kernelspec": kernel}
    path.write_text(json.dumps(raw))
    found = Course.open(theirs).assignment("ps1")
    assert not found.runs
    tests = {task.grade_id for task in found.tasks if task.kind == "test"}
    assert found.by_hand.keys() == tests
    (reason,) = set(found.by_hand.values())
    assert "language is 'R', and only Python can be graded" in reason
    assert (found.imports, found.warnings) == ((), ())


@pytest.mark.parametrize("metadata", [None, {"kernelspec": None}, {"kernelspec": {}}])
def test_broken_metadata_is_left_out(theirs: Path, metadata: Any) -> None:
    path = theirs / "source/ps1/problem.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    raw["metadata"] = metadata
    path.write_text(json.dumps(raw))
    found = Course.open(theirs).assignment("ps1")
    assert found.runs
    assert "kernelspec" not in parse_notebook(found.source).metadata


def test_broken_metadata_of_ours_is_refused(ours: Path) -> None:
    path = ours / "solutions/01_a.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    raw["metadata"]["kernelspec"] = None
    path.write_text(json.dumps(raw))
    with pytest.raises(CourseError, match="not a valid notebook"):
        Course.open(ours).assignment("01_a")


def test_a_test_in_a_raw_cell_is_left_to_a_person(theirs: Path) -> None:
    path = theirs / "source/ps1/problem.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    for cell in raw["cells"]:
        if cell["id"] == "mean-test":
            cell |= {"cell_type": "raw", "source": "Look at it."}
            del cell["outputs"], cell["execution_count"]
    path.write_text(json.dumps(raw))
    found = Course.open(theirs).assignment("ps1")
    assert found.by_hand == {
        "mean-test": "a test in a raw cell cannot be run; make it a code cell"
    }


def test_rules_for_authors_are_warnings_in_nbgraders_courses(theirs: Path) -> None:
    path = theirs / "source/ps1/problem.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    cell = next(c for c in raw["cells"] if "BEGIN SOLUTION" in "".join(c["source"]))
    name = cell["metadata"]["nbgrader"]["grade_id"]
    cell["source"] = "if True:\n### BEGIN SOLUTION\n    mean_of = sum\n### END SOLUTION"
    path.write_text(json.dumps(raw))
    stub, *others = Course.open(theirs).assignment("ps1").warnings
    assert stub.startswith(f"ps1, cell {name}: without the solution, it is not valid")
    assert others == []
    shutil.copy(path, theirs / "ps1.ipynb")
    (theirs / "source").rename(theirs / "old")
    (theirs / "solutions").mkdir()
    (theirs / "ps1.ipynb").rename(theirs / "solutions/ps1.ipynb")
    with pytest.raises(CourseError, match=f"ps1, cell {name}: without the sol"):
        Course.open(theirs).assignment("ps1")


def test_one_bad_notebook_leaves_the_others(theirs: Path) -> None:
    (theirs / "source/ps1/bad.ipynb").write_bytes(b"\xff{")
    ((found,), (reason,)) = Course.open(theirs).read("ps1")
    assert found.notebook == "problem"
    assert "bad.ipynb: cannot be read as UTF-8 text" in reason


TEMPLATES = '''
python3:
    dispatch: "type({{snippet}})"
    normalize: "str({{snippet}})"
    check: 'assert {{snippet}} == """{{value}}""", """{{message}}"""'
    templates: {default: [{test: "{{snippet}}", fail: "{{snippet}} is off"}]}
'''


def autotest(course: Path, line: str) -> Path:
    """Replace a test by an autotest."""
    (course / "autotests.yml").write_text(TEMPLATES)
    path = course / "source/ps1/problem.ipynb"
    raw = json.loads(path.read_text("utf-8"))
    for cell in raw["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "mean-test":
            cell["source"] = line
    path.write_text(json.dumps(raw))
    return path


@pytest.mark.slow
def test_autotests_are_written_out(theirs: Path) -> None:
    autotest(theirs, "### AUTOTEST mean_of([1, 2, 6])")
    found = Course.open(theirs).assignment("ps1")
    (test,) = [t.source for t in found.tasks if t.grade_id == "mean-test"]
    assert test.strip() == (
        'assert str(mean_of([1, 2, 6])) == """3.0""", """mean_of([1, 2, 6]) is off"""'
    )
    assert "AUTOTEST" not in found.released
    assert found == Course.open(theirs).assignment("ps1")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("### AUTOTEST mean_of(none)", "problem.ipynb: its autotests .*NameError"),
        ("### HASHED AUTOTEST mean_of([1])", "its autotests .*the hash property"),
    ],
)
@pytest.mark.slow
def test_unusable_autotests(theirs: Path, line: str, message: str) -> None:
    autotest(theirs, line)
    found = Course.open(theirs).assignment("ps1")
    assert found.by_hand.keys() == {"mean-test"}
    assert re.search(message, found.by_hand["mean-test"])


def test_autotests_that_hang_are_killed(theirs: Path) -> None:
    path = autotest(theirs, "### AUTOTEST [1 for _ in iter(int, 1)]")
    with pytest.raises(CourseError, match=r"ran for more than 0\.5 s"):
        write_out(path.read_text("utf-8"), path, theirs, {}, seconds=0.5)


@pytest.mark.slow
def test_kernel_of_an_autotest_ends(theirs: Path) -> None:
    line = "### AUTOTEST open('pid', 'w').write(str(__import__('os').getpid()))"
    autotest(theirs, line)
    Course.open(theirs).assignment("ps1")
    pid = int((theirs / "source/ps1/pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_unknown_assignment_is_refused_with_a_list(ours: Path) -> None:
    with pytest.raises(CourseError, match="no assignment '03_c'; there are 01_a, 02_b"):
        Course.open(ours).assignment("03_c")


@pytest.mark.parametrize("name", ["../solutions/01_a", "", "01_a.ipynb"])
def test_name_must_not_be_a_path(ours: Path, name: str) -> None:
    with pytest.raises(CourseError, match="no assignment"):
        Course.open(ours).assignment(name)


def test_a_folder_without_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"No course found in .*--course"):
        Course.open(tmp_path)
    with pytest.raises(CourseError, match="No course found in"):
        Course.open(tmp_path / "absent")


@pytest.mark.parametrize(
    ("grader", "message"),
    [
        ({"profiles": []}, r"metadata.grader.profiles is \[\]; it must be a mapping"),
        ({"profiles": {"smoke": {"a b": 1}}}, "'a b' cannot be used; names must be"),
        ({"profiles": {"smoke": {"a": [1]}}}, "'a' cannot be used; values must be num"),
        ({"limits": {"cell_seconds": 0}}, "cell_seconds is 0; .* above 0; .* is 30"),
        ({"limits": {"cell_seconds": True}}, "cell_seconds is True; it must be a num"),
        ({"limits": {"memory_mb": "2048"}}, "memory_mb is '2048'; .* at least 128"),
        ({"limits": {"memory_mb": 127}}, "memory_mb is 127; .* at least 128; .* 2048"),
        ({"limits": {"processes": 3}}, "processes is 3; .* at least 16"),
    ],
)
def test_illegal_settings_are_refused(
    ours: Path, grader: dict[str, Any], message: str
) -> None:
    settings(ours / "solutions/01_a.ipynb", **grader)
    with pytest.raises(CourseError, match=message):
        Course.open(ours).assignment("01_a")


def test_settings_are_optional(ours: Path) -> None:
    settings(ours / "solutions/01_a.ipynb")
    found = Course.open(ours).assignment("01_a")
    assert (found.parameters, found.limits) == ({}, {})


def code(*sources: str) -> Any:
    cells = [{"cell_type": "code", "metadata": {}, "source": s} for s in sources]
    return parse_notebook(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))


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


def test_module_imported_from_its_package_is_included() -> None:
    already = set(sys.modules)
    found = imports(code("from xml import dom, nothing\nfrom wsgiref import handlers"))
    assert found == ("xml", "xml.dom", "wsgiref", "wsgiref.handlers")
    assert not {"wsgiref", "wsgiref.handlers"} & (set(sys.modules) - already)


def test_imports_of_tests_are_left_out() -> None:
    found = code("import math", "import bz2")
    found.cells[1].metadata["nbgrader"] = {"grade": True, "solution": False}
    assert imports(found) == ("math",)


def test_magics_leave_the_lines_in_place() -> None:
    source = "a = 1 % 2\nb = a % c\n  %time x\n!x\n'a' != b\nx = %sql y"
    assert magics.without(source) == (
        "a = 1 % 2\nb = a % c\n  pass\npass\n'a' != b\npass"
    )
