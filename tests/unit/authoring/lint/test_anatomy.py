"""Each rule on structure and length reports a notebook that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.lint.anatomy import RULES
from tests.support.linting import (
    Bad,
    also,
    check,
    long_answer,
    more,
    move,
    one_long,
    profiles,
    remove,
    replace,
)

CASES: dict[str, Bad] = {
    "no title": Bad("title", "title", "does not begin", replace("title", "# S", "S")),
    "title not first": Bad(
        "title",
        "title",
        "does not begin",
        replace("title", "# Sums", "## Sums"),
    ),
    "two titles": Bad(
        "title", "adding", "second title", replace("adding", "## 1", "# 1")
    ),
    "heading jumps": Bad(
        "title",
        "adding",
        "jumps from level 1 to level 3",
        replace("adding", "## 1", "### 1"),
    ),
    "no objectives": Bad(
        "objectives",
        "title",
        "0 objectives",
        replace("title", "able to", "free to"),
    ),
    "too few objectives": Bad(
        "objectives",
        "title",
        "2 objectives",
        replace("title", "- do both (Exercise 1, Question 1).\n", ""),
    ),
    "objective of nothing": Bad(
        "objectives",
        "title",
        "names no exercise",
        replace("title", " (Question 1)", ""),
    ),
    "objective of another": Bad(
        "objectives",
        "title",
        "Exercise 2, which is missing",
        replace("title", "numbers (Exercise 1)", "numbers (Exercises 1 and 2)"),
    ),
    "no times": Bad("times", "title", "lists []", replace("title", "Minutes", "Long")),
    "times of others": Bad(
        "times",
        "title",
        "'1 Subtracting'",
        replace("title", "1 Adding", "1 Subtracting"),
    ),
    "a time in words": Bad(
        "times",
        "title",
        "lists",
        replace("title", "| 5 |", "| few |"),
    ),
    "no numbers": Bad("times", "", "no numbered", replace("adding", "## 1 A", "## A")),
    "no setup": Bad("setup", "parameters", "lacks 'import cnnlab'", remove("setup")),
    "says nothing of what runs": Bad(
        "setup",
        "setup",
        "lacks 'print('",
        replace("setup", "print", "str"),
    ),
    "no way to get the package": Bad(
        "setup",
        "setup",
        "does not import cnnlab",
        replace("setup", "except ImportError", "except OSError"),
    ),
    "installs a fork": Bad(
        "setup",
        "setup",
        "does not import cnnlab",
        replace("setup", "some/course", "other/course"),
    ),
    "installs by a name": Bad(
        "setup",
        "setup",
        "does not import cnnlab",
        replace("setup", "git+https://github.com/some/course", "cnnlab"),
    ),
    "installs more": Bad(
        "setup",
        "setup",
        "installs something other",
        replace("setup", "print", "!pip3 install -q cnnlab\nprint"),
    ),
    "another cell installs": Bad(
        "setup",
        "try-it",
        "installs something other",
        replace("try-it", "1 +", "%pip install x\n1 +"),
    ),
    "no parameters": Bad("parameters", "", "0 cells", also("parameters", tags=[])),
    "two cells of parameters": Bad(
        "parameters",
        "",
        "2 cells",
        also("try-it", tags=["parameters"]),
    ),
    "parameters late": Bad(
        "parameters",
        "parameters",
        "do not follow",
        move("parameters", 4),
    ),
    "no smoke profile": Bad("parameters", "", "'smoke'", profiles(full={})),
    "no full profile": Bad("parameters", "", "'full'", profiles(smoke={})),
    "profile of unknown": Bad(
        "parameters",
        "",
        "sets sise",
        profiles(smoke={"sise": 1}, full={}),
    ),
    "no summary": Bad("summary", "q1-test", "at the end", remove("summary")),
    "no link on": Bad(
        "summary",
        "summary",
        "0 links",
        replace("summary", "[the same again](01_sums.ipynb)", "rest"),
    ),
    "two links on": Bad(
        "summary",
        "summary",
        "2 links",
        replace("summary", "Next:", "Next: [or](01_sums.ipynb)"),
    ),
    "most cells long": Bad("code-length", "", "student copy: median 7 lines", more),
    "some cells very long": Bad("code-length", "", "student copy: median 1", one_long),
    "long when solved": Bad("code-length", "", "solution: median", long_answer),
    "wide code": Bad(
        "columns",
        "try-it",
        "line 1 has 81 columns",
        replace("try-it", "1 + size", "1" * 81),
    ),
    "few words": Bad("words", "", "words of prose", replace("adding", "Sums are", "")),
    "many words": Bad(
        "words", "", "words of prose", replace("adding", "Sums", "s " * 800)
    ),
}


@pytest.mark.parametrize("bad", CASES.values(), ids=CASES)
def test_a_bad_one_is_found(tmp_path: Path, bad: Bad) -> None:
    check(bad, tmp_path)


def test_every_rule_has_a_bad_notebook() -> None:
    assert {bad.rule for bad in CASES.values()} == set(RULES)
