"""A small notebook that passes every lint rule, and ways to break it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from grader.authoring.lint.lint import lint
from grader.course.course import Course

Raw = dict[str, Any]
COLAB = "https://colab.research.google.com/github/some/course/blob/trunk"
BUTTON = f"{COLAB}/lessons/01_sums.ipynb"
TITLE = f"""# Sums

[![Open in Colab](badge.svg)]({BUTTON}) or `make lab` for JupyterLab.

**You will be able to**

- add two numbers (Exercise 1);
- know what a sum is (Question 1);
- do both (Exercise 1, Question 1).

| Section | Minutes |
|---|---|
| 1 Adding | 5 |
"""
SETUP = """try:
    import cnnlab
except ImportError:
    %pip install -q git+https://github.com/some/course

print("CPU")"""
SUMMARY = """## In this notebook you…

- added numbers.

Next: [the same again](01_sums.ipynb)."""


def cell(kind: str, name: str, source: str, **metadata: Any) -> Raw:
    raw: Raw = {"cell_type": kind, "id": name, "metadata": metadata}
    if kind == "code":
        raw |= {"execution_count": None, "outputs": []}
    return raw | {"source": source}


def graded(name: str, **flags: Any) -> Raw:
    about = {"grade": False, "solution": False, "locked": False, "task": False}
    return about | flags | {"grade_id": name, "schema_version": 3}


def exercise(heading: str, name: str, text: str, answer: str, test: str) -> list[Raw]:
    region = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
    locked = graded(f"{name}-prompt", locked=True)
    points = graded(f"{name}-test", grade=True, locked=True, points=2)
    return [
        cell("markdown", f"{name}-prompt", f"{heading}\n\n{text}", nbgrader=locked),
        cell("code", f"{name}-answer", region, nbgrader=graded(name, solution=True)),
        cell("code", f"{name}-test", test, nbgrader=points),
    ]


def good() -> Raw:
    """Return a notebook that breaks no rule."""
    prose_ = "## 1 Adding\n\n" + "Sums are taken of numbers. " * 110
    cells = [
        cell("markdown", "title", TITLE),
        cell("code", "setup", SETUP),
        cell("code", "parameters", "size = 3", tags=["parameters"]),
        cell("markdown", "adding", prose_ + "![a plus sign](plus.svg)"),
        cell("code", "try-it", "1 + size"),
        *exercise(
            "### Exercise 1 · Add (2 points)",
            "add",
            "Write `add(a, b)`.",
            "def add(a, b):\n    return a + b",
            "assert add(1, 2) == 3",
        ),
        *exercise(
            "### Question 1 · What (2 points)",
            "q1",
            "Write it into `answer_q1`.",
            'answer_q1 = "B"',
            'assert answer_q1 == "B"',
        ),
        cell("markdown", "summary", SUMMARY),
    ]
    grader = {
        "folder": "lessons",
        "profiles": {"smoke": {"size": 1}, "full": {"size": 9}},
    }
    about = {
        "grader": grader,
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


def make_course(root: Path, raw: Raw) -> Course:
    (root / "solutions").mkdir(exist_ok=True)
    (root / "solutions/01_sums.ipynb").write_text(json.dumps(raw), encoding="utf-8")
    settings = '[tool.grader]\nrepository = "some/course"\nbranch = "trunk"\n'
    settings += 'package = "cnnlab"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    return Course.open(root)


def named(raw: Raw, name: str) -> Raw:
    return next(c for c in raw["cells"] if c["id"] == name)


# How to break a notebook ------------------------------------------------------
Break = Callable[[Raw], object]


def replace(name: str, old: str, new: str) -> Break:
    def change(raw: Raw) -> None:
        broken = named(raw, name)
        assert old in broken["source"]
        broken["source"] = broken["source"].replace(old, new)

    return change


def also(name: str, **metadata: Any) -> Break:
    return lambda raw: named(raw, name)["metadata"].update(metadata)


def about(**metadata: Any) -> Break:
    return lambda raw: raw["metadata"].update(metadata)


def output(raw: Raw) -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "4"}
    named(raw, "try-it")["outputs"] = [printed]


def profiles(**given: Any) -> Break:
    return lambda raw: raw["metadata"]["grader"].update(profiles=given)


def remove(name: str) -> Break:
    return lambda raw: raw["cells"].remove(named(raw, name))


def move(name: str, to: int) -> Break:
    def change(raw: Raw) -> None:
        moved = named(raw, name)
        raw["cells"].remove(moved)
        raw["cells"].insert(to, moved)

    return change


def renamed(name: str, to: str) -> Break:
    return lambda raw: named(raw, name).update(id=to)


def grade_id(name: str, to: str) -> Break:
    return lambda raw: named(raw, name)["metadata"]["nbgrader"].update(grade_id=to)


def more(raw: Raw) -> None:
    """Add cells of seven lines, so that most cells are too long."""
    long = "\n".join(f"x{n} = {n}" for n in range(7))
    raw["cells"][5:5] = [cell("code", f"long-{c}", long) for c in "abcdefgh"]


def one_long(raw: Raw) -> None:
    long = "\n".join(f"x{n} = {n}" for n in range(16))
    raw["cells"][5:5] = [cell("code", "long-a", long), cell("code", "long-b", long)]


def long_answer(raw: Raw) -> None:
    """Make a cell long only where it is solved."""
    body = "\n".join(f"    a += {n}" for n in range(20))
    replace("add-answer", "    return", f"{body}\n    return")(raw)


# Bad notebooks ------------------------------------------------------------------
class Bad(NamedTuple):
    """A way to break a notebook, and what the lint must say about it."""

    rule: str
    cell: str  # the id of the cell that must be named, or a part of it
    says: str
    change: Break


def check(bad: Bad, folder: Path) -> None:
    """Break a good notebook, and assert that its rule reports it."""
    raw = copy.deepcopy(good())
    bad.change(raw)
    findings = [f for f in lint(make_course(folder, raw)) if f.rule == bad.rule]
    assert findings, "nothing was found"
    hits = [finding for finding in findings if bad.says in finding.what]
    assert hits, findings
    assert bad.cell in hits[0].cell
    assert hits[0].mend
    assert str(hits[0]).startswith("solutions/01_sums.ipynb")
