"""What was asked, and in which section: read from the student copy alone."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.course import release
from grader.notebooks.cells import parse_notebook, tasks_of
from grader.notebooks.questions import titled_tasks_of
from grader.records import Assignment, Check, Result
from grader.reports import feedback
from grader.reports.prompts import (
    Prompt,
    as_html,
    prompts,
    with_code,
)

OPTIONS = "Which?\n\n- **A** `3 < 4` rows\n- **B** none\n\nWrite it into `answer_q1`."
WHY = "B tempts: it sounds careful"
SOLUTION = 'answer_q1 = ""\n### BEGIN SOLUTION\nanswer_q1 = "A"\n### END SOLUTION'
HIDDEN = f"### BEGIN HIDDEN TESTS\nassert 0, '{WHY}'\n### END HIDDEN TESTS"
WHEN = datetime(2025, 3, 4, 16, 5, tzinfo=UTC)


def cell(name: str, text: str, kind: str = "markdown", **label: Any) -> dict[str, Any]:
    nbgrader = {"grade": False, "solution": False, "locked": False} | label
    found: dict[str, Any] = {"cell_type": kind, "id": name, "source": text}
    labels = {"nbgrader": nbgrader | {"grade_id": name, "schema_version": 3}}
    found["metadata"] = labels if label else {}
    code: dict[str, Any] = {"outputs": [], "execution_count": None}
    return found | (code if kind == "code" else {})


def answer(name: str) -> dict[str, Any]:
    source = f"### BEGIN SOLUTION\n{name} = 1\n### END SOLUTION"
    return cell(name, source, "code", solution=True)


def source() -> str:
    test: dict[str, Any] = {"grade": True, "locked": True}
    pair = "### Exercise 1 · Two (2 points)\n\nWrite `f` and `g`."
    cells = [
        cell("top", "# Kernels"),
        cell("s1", "## 1 One step\n\nText."),
        cell("s2", "Text.\n\n## 2 A whole image\n\n### By hand"),
        cell("p1", f"### Question 1 · Which (1 point)\n\n{OPTIONS}", locked=True),
        cell("q1", SOLUTION, "code", solution=True),
        cell("q1-test", f"assert answer_q1\n{HIDDEN}", "code", points=1, **test),
        cell("p2", pair, locked=True),
        answer("f"),
        answer("g"),
        cell("f-test", "assert f", "code", points=2, **test),
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )


@pytest.fixture(scope="module")
def lab() -> Assignment:
    text = source()
    return Assignment(
        name="lab",
        notebook="lab",
        source=text,
        released=release.student_copy(text, "lab"),
        release=release.release_hash(text),
        tasks=tasks_of(parse_notebook(text)),
    )


def page(
    lab: Assignment, status: Any = "failed", answers: dict[str, str] | None = None
) -> str:
    checks = (
        Check("q1-test", float(status == "passed"), 1.0, status, "examiner", WHY, 0.1),
        Check("f-test", 0.0, 2.0, "failed", "examiner", "not 1", 0.1),
    )
    result = Result("ada", "lab", lab.release, 7, "0.1.0", 0.0, 3.0, checks)
    return feedback.page(lab, result, graded=WHEN, answers=answers)


def asked(html: str, number: int) -> str:
    """Return the part of the page that is about one question."""
    return html.split("Question by question")[1].split("<h3")[number]


def test_what_is_asked_under_each_heading(lab: Assignment) -> None:
    assert prompts(lab) == {
        "Question 1 · Which (1 point)": Prompt(OPTIONS, "2 A whole image", ("q1",)),
        "Exercise 1 · Two (2 points)": Prompt(
            "Write `f` and `g`.", "2 A whole image", ("f", "g")
        ),
    }


def test_questions_with_texts_of_their_own_under_one_heading() -> None:
    test: dict[str, Any] = {"grade": True, "locked": True}
    cells = [
        cell("top", "# Motion\n\nEdit only the answers."),
        cell("one", "**1.** Write `f`, as in [the book](https://x.example)."),
        answer("f"),
        cell("hint", "Now check it:"),
        cell("f-test", "assert f", "code", points=1, **test),
        answer("more"),
        cell("more-test", "assert more", "code", points=1, **test),
        cell("two", f"**2.** Why {'very ' * 20}fast? (3 points)"),
        cell("why", "", "markdown", grade=True, solution=True, points=3),
        cell("plan", "Plan.\n### BEGIN MARK SCHEME\n# x\n### END MARK SCHEME",
             "markdown", task=True, locked=True, points=1),
    ]  # fmt: skip
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(notebook)
    motion = Assignment(
        name="motion",
        notebook="motion",
        source=text,
        released=release.student_copy(text, "motion"),
        release=release.release_hash(text),
        tasks=titled_tasks_of(parse_notebook(text)),
    )
    first = "1. Write f, as in the book."
    titles = {task.grade_id: task.title for task in motion.tasks}
    assert titles["f"] == titles["f-test"] == first
    assert titles["more"] == titles["more-test"] == "Motion"
    assert titles["why"].startswith("2. Why very very")
    assert titles["why"].endswith(" …")
    assert titles["plan"] == "Plan."
    assert prompts(motion)[first].text == cells[1]["source"]
    assert {task.title for task in tasks_of(parse_notebook(text))} == {"Motion"}


def test_only_bold_words_and_code_become_html() -> None:
    assert as_html("**A** `x < 1` <b>no</b> *no*") == (
        "<b>A</b> <code>x &lt; 1</code> &lt;b&gt;no&lt;/b&gt; *no*"
    )


def test_a_paragraph_is_one_line_and_lists_and_tables_are_not() -> None:
    kept = "\n\nA list:\n- a\n1. b\n\n| x |\n| 1 |"
    assert as_html(f"Two\nlines.{kept}") == f"Two lines.{kept}"
    code = "```\na\nb\n```"
    assert as_html(code) == code


def test_code_in_a_message(lab: Assignment) -> None:
    assert with_code("`<b>` **x**") == "<code>&lt;b&gt;</code> **x**"


def test_a_wrong_answer_stands_beside_its_question(lab: Assignment) -> None:
    html = page(lab, answers={"q1": 'answer_q1 = "B"', "f": "f = 3", "g": ""})
    question, exercise = asked(html, 1), asked(html, 2)
    for text in (WHY, "Read again: <b>2 A whole image</b>", "answer_q1 = &#34;B&#34;"):
        assert text in question
    assert "<b>A</b> <code>3 &lt; 4</code> rows" in question
    assert "<details>" not in question
    folded = exercise.split("<details>")[1].split("</details>")[0]
    assert "f = 3" in folded
    assert "Write <code>f</code> and <code>g</code>." in folded
    assert folded.count("<pre") == 1


def test_of_a_right_answer_everything_is_folded(lab: Assignment) -> None:
    question = asked(page(lab, "passed", {"q1": 'answer_q1 = "A"'}), 1)
    shown, folded = question.split("<details>")
    assert "answer_q1" not in shown
    assert "Read again" not in question
    assert "answer_q1 = &#34;A&#34;" in folded


@pytest.mark.parametrize(
    ("status", "answers"), [("failed", None), ("missing", {"q1": "# TODO"})]
)
def test_no_answer_is_shown_where_there_is_none(
    lab: Assignment, status: Any, answers: Any
) -> None:
    question = asked(page(lab, status, answers), 1)
    assert "Your answer" not in question
    assert "What was asked" in question


def test_the_answer_is_never_read_as_html(lab: Assignment) -> None:
    html = page(lab, answers={"q1": "</pre><script>alert(1)</script> **b** `c`"})
    assert "<script" not in html
    assert "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt; **b** `c`" in html
    other = dataclasses.replace(lab, released=lab.released.replace("rows", "<img src>"))
    assert "&lt;img src&gt;" in page(other)


def test_nothing_of_the_source_is_shown(lab: Assignment) -> None:
    html = page(lab, answers={"q1": "x"})
    for secret in ("HIDDEN", "SOLUTION", "assert", "f = 1"):
        assert secret not in html


def test_a_table_is_a_table() -> None:
    text = "Make two:\n\n| | What |\n|---|:-:|\n| `a` | **x** < 1 |\n|| b |\n\nDone."
    assert as_html(text) == (
        "Make two:\n\n<table><tr><td></td><th>What</th></tr>"
        "<tr><td><code>a</code></td><td><b>x</b> &lt; 1</td></tr>"
        "<tr><td></td><td>b</td></tr></table>\n\nDone."
    )


@pytest.mark.parametrize(
    "text", ["| no | table |", "|x| + |y|\n|x|", "```\n|a|\n|-|\n```"]
)
def test_other_lines_with_bars_are_no_table(text: str) -> None:
    assert as_html(text) == text
