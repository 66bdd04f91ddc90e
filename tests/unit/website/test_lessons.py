"""A lesson's page leaves cells out, folds some, and puts requests into boxes."""

from __future__ import annotations

from typing import Any

from website.lessons import Lesson, page
from website.outputs import for_page, shown
from website.quiz import Quiz
from website.runs import About, Run

ABOUT = About("2026-11-30", "smoke", "3.12.1", {"tensorflow": "2.21.0"})


def text(name: str, source: str, grade_id: str = "") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def code(name: str, source: str, printed: str = "", **about: Any) -> dict[str, Any]:
    stream = {"output_type": "stream", "name": "stdout", "text": printed}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": about} if about else {},
        "source": source,
        "outputs": [stream] if printed else [],
    }


def made(*cells: dict[str, Any], **options: Any) -> dict[str, dict[str, Any]]:
    """Return the cells of the page of a lesson, by id."""
    given: dict[str, Any] = {"solved": None, "lessons": ["02_x"], "questions": {}}
    given |= {"colab": ""} | options
    run = Run(list(cells), ABOUT)
    lesson = Lesson(
        "02_x", list(cells), run, download="../notebooks/02_x.ipynb", **given
    )
    return {cell["id"]: cell for cell in page(lesson)["cells"]}


def test_the_title_has_buttons_instead_of_the_badge() -> None:
    title = text(
        "title", "# Pooling\n\n[![Open in Colab](b.svg)](c)\nLocally.\n\nGoals"
    )
    plain = made(title)["title"]["source"]
    assert "badge" not in plain
    assert "Locally" not in plain
    assert "Open in Colab" not in plain
    assert 'href="../notebooks/02_x.ipynb" download' in plain
    assert plain.endswith("Goals")
    published = made(title, colab="https://example.org/x")["title"]["source"]
    assert '<a class="course-button" href="https://example.org/x">Open in' in published


def test_a_guess_gets_a_box_and_the_outputs_are_folded() -> None:
    asked = text("ask", "Words. **Predict, then run.** What is\nit?\n\nMore.")
    run = code("run", 'guess = ""  # such as 3\nprint(4)', "4\n")
    found = made(asked, run)
    box = ":::{admonition} Predict\n:class: predict\n\nWhat is\nit?\n:::"
    assert box in found["ask"]["source"]
    assert found["run"]["metadata"]["tags"] == ["hide-output"]
    assert found["run"]["source"] == "print(4)"
    assert found["run"]["outputs"][0]["text"] == "4\n"


def test_no_output_of_an_answer_or_a_test_is_shown() -> None:
    answer = code("a", "x = 1", "secret", grade_id="a", solution=True)
    test = code("t", "assert x", "secret", grade_id="t", grade=True)
    found = made(answer, test)
    assert found["a"]["outputs"] == found["t"]["outputs"] == []
    assert found["t"]["metadata"]["tags"] == ["hide-input"]


def test_lines_about_missing_answers_are_left_out() -> None:
    said = (
        "Exercise 2 is not answered: from here on, the course's own answer is used.\n"
        "Answer Exercise 3 first.\n"
    )
    found = made(code("c", "...", said), code("d", "...", f"{said}7\n"))
    assert found["c"]["outputs"] == []
    assert found["d"]["outputs"][0]["text"] == "7\n"


def test_only_named_figures_come_from_a_solution() -> None:
    figure = {
        "output_type": "display_data",
        "data": {"image/png": "x", "text/html": '<div class="cnnlab-picture"></div>'},
    }
    words = {"output_type": "stream", "name": "stdout", "text": "the kernel is 3"}
    solved = code("own-kernels", "") | {"outputs": [figure, words]}
    copy = code("own-kernels", "", "Answer Exercise 4 first.")
    (only,) = shown(copy, "02_convolutions", solved)
    assert list(only["data"]) == ["text/html"]
    assert shown(code("other", ""), "02_convolutions", solved) == []
    assert shown(copy, "03_padding_and_stride", solved) == []


def test_a_figure_is_on_the_page_once() -> None:
    still = '<img alt="a" width="9" style="x" src="data:image/png;base64,AAAA">'
    html = f'<div class="cnnlab-panels" hidden="hidden" role="img"></div>{still}<p>'
    assert for_page(html) == '<div class="cnnlab-panels" role="img"></div><p>'


def test_a_question_becomes_a_form_without_its_cells() -> None:
    prompt = text(
        "q1-prompt",
        "### Question 1\n\nWhy?\n\n- **A** a\n- **B** b\n\nSet `answer_q1`.",
        "q1-prompt",
    )
    answer = code("q1-answer", 'answer_q1 = ""', grade_id="q1", solution=True)
    test = code("q1-test", "attempted()", grade_id="q1-test", grade=True)
    asked = Quiz("q1", "A", {"A": "Right.", "B": "Not that one."})
    found = made(prompt, answer, test, questions={"q1": asked})
    assert list(found) == ["q1-prompt", "made"]
    source = found["q1-prompt"]["source"]
    assert "{container} quiz" in source
    assert "Not that one" not in source
    assert "answer_q1" not in source


def test_the_page_says_which_run_made_its_figures() -> None:
    said = made()["made"]["source"]
    assert "`smoke`" in said
    assert "2026-11-30: Python 3.12.1, TensorFlow 2.21.0" in said


def test_links_to_lessons_that_are_not_on_the_site_are_removed() -> None:
    links = text("c", "[this](02_x.ipynb), [lab](../labs/06_y.ipynb), [a](b.md)")
    assert made(links)["c"]["source"].endswith("[this](02_x.ipynb), lab, [a](b.md)")
