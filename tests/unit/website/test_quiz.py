"""Questions on the page give the replies of the tests, and hide them until asked."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.support.paths import ROOT
from website import quiz
from website.cells import source

SOURCES = sorted((ROOT / "solutions").glob("*.ipynb"))


def cells_of(name: str) -> list[dict[str, Any]]:
    (path,) = (path for path in SOURCES if path.stem == name)
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return cells


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_question_has_a_reply_to_each_letter(path: Any) -> None:
    found = quiz.quizzes(cells_of(path.stem))
    assert len(found) >= 2
    for each in found.values():
        assert list(each.replies) == ["A", "B", "C", "D"]
        wrong = [text for letter, text in each.replies.items() if letter != each.right]
        assert all(text.strip() for text in wrong)
        assert quiz.RIGHT not in wrong


def test_the_reply_is_what_grading_says() -> None:
    asked = quiz.quizzes(cells_of("03_padding_and_stride"))["q1"]
    assert asked.right == "D"
    said = "Right numbers, but channels in come first. See lesson 02."
    assert asked.replies["C"] == said


def test_a_question_that_accepts_two_letters_is_refused() -> None:
    def cell(name: str, source: str) -> dict[str, Any]:
        return {"metadata": {"nbgrader": {"grade_id": name}}, "source": source}

    test = "### BEGIN HIDDEN TESTS\nassert answer_q1 in 'AB'\n### END HIDDEN TESTS"
    prompt = "### Question\n\n- **A** a\n- **B** b\n- **C** c"
    cells = [cell("q1-prompt", prompt), cell("q1", ""), cell("q1-test", test)]
    with pytest.raises(ValueError, match="accept exactly one"):
        quiz.quizzes(cells)


def test_the_page_does_not_show_the_right_letter() -> None:
    asked = quiz.quizzes(cells_of("03_padding_and_stride"))["q1"]
    mixed = quiz.hidden(asked, "03_padding_and_stride")
    assert len({len(text) for text in mixed.values()}) == 1
    shown = b"".join(base64.b64decode(text) for text in mixed.values())
    assert b"Right" not in shown
    assert b"lesson" not in shown
    # The same reply elsewhere looks different.
    assert mixed != quiz.hidden(asked, "04_pooling")


def test_the_line_about_the_notebook_is_left_out() -> None:
    prompts = [
        source(cell)
        for path in SOURCES
        for cell in cells_of(path.stem)
        if cell["id"].startswith("q") and cell["id"].endswith("-prompt")
    ]
    assert len(prompts) > 20
    for prompt in prompts:
        left = quiz.without_where(prompt)
        assert "answer_q" not in left
        assert "- **D** " in left
        assert left.startswith("### Question")
