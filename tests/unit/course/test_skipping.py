"""What grading leaves out: only what the instructor allows and nothing reads."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course import skipping
from grader.course.course import Course
from grader.course.skipping import NOT_RUN, TAG
from grader.errors import CourseError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits
from grader.grading.grade import grade
from grader.notebooks.cells import (
    Cell,
    NotebookNode,
    cells_of,
    new_cell,
    parse_notebook,
)
from grader.records import Assignment, Graded, Submission
from tests.support.paths import MINI, ROOT


def cells(*parts: str) -> list[NotebookNode]:
    """Make cells of "role: source"; those of the role "shown" have the tag."""
    made = []
    for number, part in enumerate(parts):
        role, _, source = part.partition(": ")
        cell = new_cell("code", source, f"{role}-{number}")
        cell.metadata["grader"] = NotebookNode(
            role="setup" if role == "shown" else role
        )
        if role == "shown":
            cell.metadata["tags"] = [TAG]
        made.append(cell)
    return made


def left_out(*parts: str) -> list[int]:
    """Return the indexes of the cells that are not run."""
    made = cells(*parts)
    found = skipping.skipped(list(map(Cell.of, made)))
    return [at for at, cell in enumerate(made) if cell.id in found]


NEEDED = {
    "a test reads it": ("shown: a = 1", "test: assert a"),
    "an answer reads it": ("shown: a = 1", "answer: b = a"),
    "a student's own cell reads it": ("shown: a = 1", "extra: print(a)"),
    "another cell reads it": ("shown: a = 1", "setup: print(a)"),
    "a function reads it": ("shown: a = 1", "answer: def f():\n    return a"),
    "a function above reads it": ("answer: def f():\n    return a", "shown: a = 1"),
    "a method reads it": ("answer: class C:\n    def m(s): return a", "shown: a = 1"),
    "a lambda reads it": ("answer: f = lambda: a", "shown: a = 1"),
    "a comprehension reads it": ("shown: a = 1", "answer: b = [a for _ in '12']"),
    "a default reads it": ("shown: a = 1", "answer: def f(x=a):\n    return x"),
    "an f-string reads it": ("shown: a = 1", "answer: b = f'{a:.2f}'"),
    "it is added to": ("shown: a = 1", "answer: a += 1"),
    "it is deleted": ("shown: a = 1", "extra: del a"),
    "it is read before it is bound": ("shown: a = 1", "answer: b = a\na = 2"),
    "it may be bound before": ("shown: a = 1", "answer: if b:\n    a = 2\nc = a"),
    "a loop reads it first": ("shown: a = 1", "answer: for i in x:\n    a = a + i"),
    "a comprehension has its own": ("shown: a = 1", "answer: b = [a for a in c]\na"),
    "a magic reads it": ("shown: a = 1", "extra: %timeit a"),
    "a magic is given it": ("shown: a = 1", "setup: %pip install {a}"),
    "a cell magic reads it": ("shown: a = 1", "extra: %%bash\necho $a"),
    "code that won't parse": ("shown: a = 1", "extra: print(a"),
    "code that Python refuses": ("shown: a = 1", "extra: return a"),
    "all names are imported": ("shown: from math import *", "answer: b = 1"),
    "a function binds it": ("shown: def f():\n global a\n a = 1\nf()", "answer: a"),
    "a case binds it": ("shown: match 1:\n    case a: pass", "answer: b = a"),
    "a magic binds it": ("shown: a = !ls", "answer: b = a"),
    "a function is called": ("shown: def f():\n    pass", "answer: f()"),
}


@pytest.mark.parametrize("parts", NEEDED.values(), ids=NEEDED)
def test_cell_whose_names_are_read_is_run(parts: tuple[str, ...]) -> None:
    assert left_out(*parts) == []


FREE = {
    "nobody reads it": ("shown: a = 1", "answer: b = 1"),
    "nothing is bound": ("shown: print(1)", "answer: b = 1"),
    "it is bound anew": ("shown: a = 1", "answer: a = 2\nb = a"),
    "it is imported anew": ("shown: np = 1", "answer: import np\nnp.ones(2)"),
    "it is a parameter": ("shown: a = 1", "answer: def f(a):\n    return a"),
    "it is local": ("shown: a = 1", "answer: def f():\n    a = 2\n    return a"),
    "it is an attribute": ("shown: a = 1", "answer: b = x.a"),
    "it is a package": ("shown: a = 1", "setup: %pip install a"),
    "it is a keyword": ("shown: a = 1", "answer: b = f(a=2)"),
    "it was read before": ("answer: a = 2\nb = a", "shown: a = 1"),
    "it is in a text": ("shown: a = 1", "answer: b = 'a'  # a"),
    "a test's loop binds it": ("shown: a = 1", "test: for i in x:\n    a = i\n    a"),
    "who reads it is left out": ("shown: a = 1", "shown: b = a", "answer: c = 1"),
}


@pytest.mark.parametrize("parts", FREE.values(), ids=FREE)
def test_cell_whose_names_are_not_read_is_skipped(parts: tuple[str, ...]) -> None:
    shown = [at for at, part in enumerate(parts) if part.startswith("shown")]
    assert left_out(*parts) == shown


def test_cells_that_a_needed_cell_needs_are_run() -> None:
    parts = ("shown: a = 1", "shown: b = a", "shown: c = 2", "answer: d = b")
    assert left_out(*parts) == [2]


def test_without_the_tag_all_cells_are_run() -> None:
    assert left_out("setup: a = 1", "answer: b = 1") == []


@pytest.mark.parametrize(
    "code",
    [
        "globals()['a']",
        "eval('a')",
        "import sys\nsys.modules['__main__'].a",
        "import __main__ as m\nm.a",
        "from inspect import stack",
        "get_ipython().user_ns['a']",
        "frame.query('x < @a')",
        "f.__globals__['a']",
    ],
)
def test_code_that_can_find_names_prevents_skipping(code: str) -> None:
    assert left_out("shown: a = 1", f"answer: {code}") == []
    assert left_out(f"extra: {code}", "shown: a = 1") == []
    # The instructor knows what the tag is for.
    assert left_out("shown: a = 1", f"test: {code}") == [0]


def test_tag_on_a_students_cell_is_ignored() -> None:
    made = cells("shown: a = 1", "answer: b = 1", "extra: c = 1")
    for cell in made:
        cell.metadata["tags"] = [TAG]
    assert skipping.skipped(list(map(Cell.of, made))) == {made[0].id}


@pytest.mark.parametrize("size", [200, 20_000])
def test_long_cells_are_read_quickly(size: int) -> None:
    long = "answer: " + "x = 1\n" * (size // 6) + "print(a)"
    assert left_out("shown: a = 1", long) == []
    assert left_out("shown: b = 1", long) == [0]


# --- in a course ---


@pytest.fixture(scope="module")
def mini() -> Assignment:
    """Return the assignment `mini` with a cell before `mean` that can be skipped."""
    found = Course.open(MINI).assignment("mini")
    return dataclasses.replace(
        found, source=_with(found.source), released=_with(found.released)
    )


def _with(text: str) -> str:
    book = json.loads(text)
    at = next(n for n, c in enumerate(book["cells"]) if c["id"] == "mean")
    shown = new_cell("code", "shown = 6\nprint('here')", "shown")
    shown.metadata["tags"] = [TAG]
    book["cells"].insert(at, dict(shown))
    return json.dumps(book)


@pytest.fixture(scope="module")
def jailer(fork_server: ForkServer) -> Iterator[Jailer]:
    opened = Jailer(fork_server, ["numpy"], Limits(memory_mb=512))
    yield opened
    opened.close()


def graded(mini: Assignment, jailer: Jailer, mean: str) -> Graded:
    book = json.loads(mini.released)
    for cell in book["cells"]:
        if cell["id"] == "mean":
            cell["source"] = mean
    content = json.dumps(book).encode()
    return grade(mini, Submission("ada", "mini", content), jailer, 5)


def shown_of(found: Graded) -> str:
    outputs: Any = parse_notebook(found.notebook, outputs=True).cells
    cell = next(cell for cell in outputs if cell.id == "shown")
    return "".join("".join(output["text"]) for output in cell.outputs)


def points(found: Graded) -> float:
    return next(c.points for c in found.result.cells if c.grade_id == "mean-test")


def test_notebook_says_which_cell_was_not_run(mini: Assignment, jailer: Jailer) -> None:
    found = graded(mini, jailer, "def mean(x):\n    return sum(x) / len(x)")
    assert (points(found), shown_of(found)) == (2, NOT_RUN + "\n")


def test_cell_is_run_if_the_student_needs_it(mini: Assignment, jailer: Jailer) -> None:
    found = graded(mini, jailer, "def mean(x):\n    return sum(x) / len(x) + 6 - shown")
    assert (points(found), shown_of(found)) == (2, "here\n")


def test_answers_and_tests_cannot_have_the_tag(tmp_path: Path) -> None:
    source = MINI / "solutions" / "mini.ipynb"
    book = json.loads(source.read_text("utf-8"))
    cell = next(c for c in book["cells"] if c["id"] == "mean")
    cell["metadata"]["tags"] = [TAG]
    place = tmp_path / "solutions" / "mini.ipynb"
    place.parent.mkdir()
    place.write_text(json.dumps(book), "utf-8")
    with pytest.raises(CourseError, match=f"mean.*answer has the tag '{TAG}'"):
        Course.open(tmp_path).assignment("mini", checked=False)


def test_lab_skips_training_that_no_test_needs() -> None:
    source = parse_notebook((ROOT / "solutions/06_mnist_lab.ipynb").read_text("utf-8"))
    found = cells_of(source)
    allowed = {cell.identifier for cell in found if skipping.may_skip(cell)}
    assert "train" in allowed
    assert skipping.skipped(found) == allowed
