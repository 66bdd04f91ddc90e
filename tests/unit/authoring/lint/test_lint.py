"""Each lint rule passes a good notebook, and is seen to fail a bad one."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.lint import prose
from grader.authoring.lint.anatomy import lines
from grader.authoring.lint.lint import RULES, lint
from grader.course.course import Course
from grader.errors import CourseError
from tests.support.paths import GRADER

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
    made: Raw = {"cell_type": kind, "id": name, "metadata": metadata}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made | {"source": source}


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
    """A notebook that no rule has anything to say about."""
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
    settings = '[tool.cnnlab]\nrepository = "some/course"\nbranch = "trunk"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    return Course.open(root)


def named(raw: Raw, name: str) -> Raw:
    return next(c for c in raw["cells"] if c["id"] == name)


# How to break a notebook ------------------------------------------------------
Break = Callable[[Raw], object]


def replace(name: str, old: str, new: str) -> Break:
    def change(raw: Raw) -> None:
        found = named(raw, name)
        assert old in found["source"]
        found["source"] = found["source"].replace(old, new)

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
        found = named(raw, name)
        raw["cells"].remove(found)
        raw["cells"].insert(to, found)

    return change


def renamed(name: str, to: str) -> Break:
    return lambda raw: named(raw, name).update(id=to)


def grade_id(name: str, to: str) -> Break:
    return lambda raw: named(raw, name)["metadata"]["nbgrader"].update(grade_id=to)


def more(raw: Raw) -> None:
    """Cells of seven lines, so that most of them are too long."""
    long = "\n".join(f"x{n} = {n}" for n in range(7))
    raw["cells"][5:5] = [cell("code", f"long-{c}", long) for c in "abcdefgh"]


def one_long(raw: Raw) -> None:
    long = "\n".join(f"x{n} = {n}" for n in range(16))
    raw["cells"][5:5] = [cell("code", "long-a", long), cell("code", "long-b", long)]


def long_answer(raw: Raw) -> None:
    """Cells that are long only where they are solved."""
    body = "\n".join(f"    a += {n}" for n in range(20))
    replace("add-answer", "    return", f"{body}\n    return")(raw)


# (rule, cell it must name, words it must say, how to break the notebook)
CASES: dict[str, tuple[str, str, str, Break]] = {
    "no title": ("title", "title", "does not begin", replace("title", "# S", "S")),
    "title not first": (
        "title",
        "title",
        "does not begin",
        replace("title", "# Sums", "## Sums"),
    ),
    "two titles": ("title", "adding", "second title", replace("adding", "## 1", "# 1")),
    "heading jumps": (
        "title",
        "adding",
        "jumps from level 1 to level 3",
        replace("adding", "## 1", "### 1"),
    ),
    "no objectives": (
        "objectives",
        "title",
        "0 objectives",
        replace("title", "able to", "free to"),
    ),
    "too few objectives": (
        "objectives",
        "title",
        "2 objectives",
        replace("title", "- do both (Exercise 1, Question 1).\n", ""),
    ),
    "objective of nothing": (
        "objectives",
        "title",
        "names no exercise",
        replace("title", " (Question 1)", ""),
    ),
    "objective of another": (
        "objectives",
        "title",
        "Exercise 2, which is missing",
        replace("title", "numbers (Exercise 1)", "numbers (Exercises 1 and 2)"),
    ),
    "no times": ("times", "title", "lists []", replace("title", "Minutes", "Long")),
    "times of others": (
        "times",
        "title",
        "'1 Subtracting'",
        replace("title", "1 Adding", "1 Subtracting"),
    ),
    "a time in words": (
        "times",
        "title",
        "lists",
        replace("title", "| 5 |", "| few |"),
    ),
    "no numbers": ("times", "", "no numbered", replace("adding", "## 1 A", "## A")),
    "no setup": ("setup", "parameters", "lacks 'import cnnlab'", remove("setup")),
    "says nothing of what runs": (
        "setup",
        "setup",
        "lacks 'print('",
        replace("setup", "print", "str"),
    ),
    "no way to get the package": (
        "setup",
        "setup",
        "does not get cnnlab",
        replace("setup", "except ImportError", "except OSError"),
    ),
    "installs a fork": (
        "setup",
        "setup",
        "does not get cnnlab",
        replace("setup", "some/course", "other/course"),
    ),
    "installs by a name": (
        "setup",
        "setup",
        "does not get cnnlab",
        replace("setup", "git+https://github.com/some/course", "cnnlab"),
    ),
    "installs more": (
        "setup",
        "setup",
        "installs something else",
        replace("setup", "print", "!pip3 install -q cnnlab\nprint"),
    ),
    "another cell installs": (
        "setup",
        "try-it",
        "installs something else",
        replace("try-it", "1 +", "%pip install x\n1 +"),
    ),
    "no parameters": ("parameters", "", "0 cells", also("parameters", tags=[])),
    "two cells of parameters": (
        "parameters",
        "",
        "2 cells",
        also("try-it", tags=["parameters"]),
    ),
    "parameters late": (
        "parameters",
        "parameters",
        "do not follow",
        move("parameters", 4),
    ),
    "no smoke profile": ("parameters", "", "'smoke'", profiles(full={})),
    "no full profile": ("parameters", "", "'full'", profiles(smoke={})),
    "profile of unknown": (
        "parameters",
        "",
        "sets sise",
        profiles(smoke={"sise": 1}, full={}),
    ),
    "no summary": ("summary", "q1-test", "at the end", remove("summary")),
    "no link on": (
        "summary",
        "summary",
        "0 links",
        replace("summary", "[the same again](01_sums.ipynb)", "rest"),
    ),
    "two links on": (
        "summary",
        "summary",
        "2 links",
        replace("summary", "Next:", "Next: [or](01_sums.ipynb)"),
    ),
    "other points": (
        "exercises",
        "add-prompt",
        "says 3 points, its tests give 2",
        replace("add-prompt", "2 points", "3 points"),
    ),
    "no points": (
        "exercises",
        "q1-prompt",
        "names no points",
        replace("q1-prompt", " (2 points)", ""),
    ),
    "wrong number": (
        "exercises",
        "add-prompt",
        "Exercise 2 comes where Exercise 1",
        replace("add-prompt", "Exercise 1", "Exercise 2"),
    ),
    "nameless prompt": (
        "exercises",
        "add-prompt",
        "names none of add",
        replace("add-prompt", "`add(a, b)`", "it"),
    ),
    "test moved": (
        "tests",
        "add-test",
        "'add-test' does not",
        move("add-test", 11),
    ),
    "test of another name": (
        "tests",
        "add-test",
        "'other-test' does not follow",
        grade_id("add-test", "other-test"),
    ),
    "answer without test": ("tests", "q1-answer", "without", remove("q1-test")),
    "most cells long": ("code-length", "", "student copy: median 7 lines", more),
    "some cells very long": ("code-length", "", "student copy: median 1", one_long),
    "long when solved": ("code-length", "", "solution: median", long_answer),
    "wide code": (
        "columns",
        "try-it",
        "line 1 has 81 columns",
        replace("try-it", "1 + size", "1" * 81),
    ),
    "few words": ("words", "", "words of prose", replace("adding", "Sums are", "")),
    "many words": ("words", "", "words of prose", replace("adding", "Sums", "s " * 10)),
    "format 4.4": ("format", "", "4.4", lambda raw: raw.update(nbformat_minor=4)),
    "id by chance": ("ids", "9f8e7d6c", "'9f8e7d6c'", renamed("try-it", "9f8e7d6c")),
    "id of a UUID": (
        "ids",
        "a1b2c3d4",
        "says nothing",
        renamed("try-it", "a1b2c3d4-1234-abcd-9876-0123456789ab"),
    ),
    "id of Colab": ("ids", "", "'xY_z'", renamed("try-it", "xY_z")),
    "counted id": ("ids", "cell-5", "'cell-5'", renamed("try-it", "cell-5")),
    "no id": ("ids", "", "None", lambda raw: named(raw, "try-it").pop("id")),
    "id twice": ("ids", "setup", "stands on two", renamed("try-it", "setup")),
    "an output": ("outputs", "try-it", "output", output),
    "a counter": (
        "outputs",
        "try-it",
        "counter",
        lambda raw: named(raw, "try-it").update(execution_count=3),
    ),
    "who ran it": (
        "metadata",
        "try-it",
        "metadata.executionInfo",
        also("try-it", executionInfo={"user": {"displayName": "A. Person"}}),
    ),
    "Colab's": ("metadata", "", "metadata.colab", about(colab={"provenance": []})),
    "widgets": ("metadata", "", "metadata.widgets", about(widgets={})),
    "another kernel": (
        "metadata",
        "",
        "'mine', not 'python3'",
        about(kernelspec={"name": "mine", "display_name": "Mine"}),
    ),
    "machine's language": (
        "metadata",
        "",
        "language_info",
        about(language_info={"name": "python", "version": "3.11.7"}),
    ),
    "mute picture": ("alt-text", "adding", "''", replace("adding", "a plus sign", "")),
    "empty words": (
        "alt-text",
        "adding",
        "'image'",
        replace("adding", "a plus sign", "image"),
    ),
    "mute HTML": (
        "alt-text",
        "summary",
        "''",
        replace("summary", "- added", '<img src="x.png">\n\n- added'),
    ),
    "mute drawing": (
        "alt-text",
        "summary",
        "''",
        replace("summary", "- added", "<svg><rect/></svg>\n\n- added"),
    ),
    "button to another": (
        "links",
        "title",
        "02_products.ipynb is not this notebook",
        replace("title", "01_sums", "02_products"),
    ),
    "button to a branch": (
        "links",
        "title",
        "no button",
        replace("title", "/trunk/", "/main/"),
    ),
    "button to a folder": (
        "links",
        "title",
        "no button",
        replace("title", "/lessons/", "/labs/"),
    ),
    "button to a fork": (
        "links",
        "title",
        "no button",
        replace("title", "some/course", "other/course"),
    ),
    "no Jupyter": (
        "links",
        "title",
        "JupyterLab",
        replace("title", "`make lab`", ""),
    ),
    "leads nowhere": (
        "links",
        "summary",
        "no notebook at 02_products.ipynb",
        replace("summary", "01_sums", "02_products"),
    ),
}


def test_a_good_notebook_passes(tmp_path: Path) -> None:
    assert [str(finding) for finding in lint(make_course(tmp_path, good()))] == []


@pytest.mark.parametrize(("rule", "place", "says", "change"), CASES.values(), ids=CASES)
def test_a_bad_one_is_found(
    tmp_path: Path, rule: str, place: str, says: str, change: Break
) -> None:
    raw = copy.deepcopy(good())
    change(raw)
    found = [f for f in lint(make_course(tmp_path, raw)) if f.rule == rule]
    assert found, "nothing was found"
    hit = [f for f in found if says in f.what]
    assert hit, found
    assert place in hit[0].cell
    assert hit[0].mend
    assert str(hit[0]).startswith("solutions/01_sums.ipynb")


def test_every_rule_has_a_bad_notebook() -> None:
    assert {rule for rule, *_ in CASES.values()} == set(RULES)


def test_without_an_address_nothing_can_be_checked(tmp_path: Path) -> None:
    course = make_course(tmp_path, good())
    (tmp_path / "pyproject.toml").write_text("[tool]\n")
    with pytest.raises(CourseError, match="repository = 'OWNER/NAME'"):
        lint(course)


@pytest.mark.slow
def test_the_command_lists_findings_and_exits_with_1(tmp_path: Path) -> None:
    raw = good()
    replace("try-it", "1 + size", "1" * 81)(raw)
    course = make_course(tmp_path, raw)
    file = tmp_path / "found.json"
    asked: list[str | Path] = [GRADER, "lint", "--course", course.root, "--json", file]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = "solutions/01_sums.ipynb, cell 5 (try-it): line 1 has 81 columns"
    assert done.stdout.startswith(said)
    (finding,) = json.loads(file.read_text())["findings"]
    assert finding["rule"] == "columns"
    make_course(tmp_path, good())
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0


# What is counted --------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("# One title", 2),
        ("- an item\n- **bold** item", 4),
        ("> a quote – with a dash", 5),
        ("call `some code` now", 2),
        ("$a + b$ and\n\n$$\nc = d e\n$$", 1),
        ("```\nnot one word\n```", 0),
        ("| a | b |\n|---|---|\n| c | d |", 0),
        ("[a link](https://x.invalid/y) ![no words](p.png)", 2),
        ("3 of 5 · 7", 1),
    ],
)
def test_words_of_prose(source: str, count: int) -> None:
    assert prose.words(source) == count


def test_lines_of_code() -> None:
    assert lines("# why\n\na = 1  # one\n\n    ### BEGIN SOLUTION\n  b = 2\n") == [
        "a = 1  # one",
        "b = 2",
    ]
