"""Test ``import grader``: its public names, what it imports, and that it is quick."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import grader
from grader import api, errors, records

FUNCTIONS = [
    *("collect", "export", "grade", "grade_notebook", "lint", "release", "verify"),
    "write_feedback",
]
PUBLIC = """
    Answer ArchiveError Assignment BoundFile CallError CallTimeout CannotAsk Check
    ClassError Classroom ClusterError Course CourseError ExaminerError Flag Graded
    GraderError JailError KernelDied MissingExtraError Outcome Result SandboxError
    Submission SubmissionError Task UsageError WireError __version__ collect export
    grade grade_notebook lint release verify write_feedback
""".split()
# Either costs more than `import grader` may, or knows what a jail must not.
NOT_LOADED = {
    *("jinja2", "nbformat", "nbgrader", "numpy", "rich", "sqlalchemy", "typer", "zmq"),
    *("grader.api", "grader.classroom", "grader.collect", "grader.course"),
}


def in_a_new_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_public_names() -> None:
    assert grader.__all__ == PUBLIC == sorted(PUBLIC)


def test_all_errors_and_records_are_public() -> None:
    for module in (errors, records):
        classes = {
            name
            for name, each in vars(module).items()
            if inspect.isclass(each) and each.__module__.startswith(module.__name__)
        }
        assert classes <= set(PUBLIC)


def test_each_name_is_there_and_nothing_else() -> None:
    assert [name for name in PUBLIC if not hasattr(grader, name)] == []
    assert set(PUBLIC) <= set(dir(grader))
    with pytest.raises(AttributeError, match="no attribute 'garde'"):
        _ = grader.garde  # type: ignore[attr-defined]


def test_import_loads_nothing_else() -> None:
    code = "import grader, json, sys; print(json.dumps(sorted(sys.modules)))"
    loaded = set(json.loads(in_a_new_process(code)))
    assert "grader" in loaded
    assert loaded & NOT_LOADED == set()


def test_import_is_quick() -> None:
    """Under 0.1 s of the processor's time: the clock counts what else runs here."""
    code = "import time; t = time.process_time(); import grader; "
    code += "print(time.process_time() - t)"
    assert min(float(in_a_new_process(code)) for _ in range(3)) < 0.1


def test_types_are_told_to_checkers() -> None:
    assert (Path(grader.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_returns_and_raises(name: str) -> None:
    function = getattr(api, name)
    said = inspect.getdoc(function) or ""
    sections = ("Parameters", "Returns", "Raises", "Examples")
    assert [each for each in sections if f"{each}\n{'-' * len(each)}" not in said] == []
    names = [
        each.name
        for each in inspect.signature(function).parameters.values()
        if each.kind is not each.VAR_KEYWORD
    ]
    assert [each for each in names if each not in said] == []


BEFORE_OR_AFTER = {
    "function first": "import grader; f = grader.collect; import grader.collect.filing",
    "package first": "import grader.collect.filing; import grader; f = grader.collect",
    "name from face": "from grader import collect as f; import grader.collect.collect",
}


@pytest.mark.parametrize("code", BEFORE_OR_AFTER.values(), ids=BEFORE_OR_AFTER)
def test_collect_is_a_function_and_a_package(code: str) -> None:
    code += "; import grader.collect.filing as m; print(callable(f)"
    code += ", f is grader.collect, grader.collect.filing is m)"
    assert in_a_new_process(code).split() == ["True", "True", "True"]
