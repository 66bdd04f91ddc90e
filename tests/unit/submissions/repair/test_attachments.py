"""Pictures that were pasted into text: kept where they are shown, and only these."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter

from grader.notebooks.cells import notebook_text
from grader.records import Assignment
from grader.submissions.merge import Merged, merge
from grader.submissions.repair.attachments import LOST, MAX_CHARS, readable, shown

PNG = {"image/png": LOST["image/png"].replace("A", "B")}
JPEG = {"image/jpeg": "/9j/4AAQ"}


# --- what is kept -----------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        3,
        [],
        {"a.png": 3},
        {"a.png": {"image/png": 3}},
        {"a.png": {"image/png": ""}},
        {"a.png": {"image/png": '"><script>'}},
        {"a.png": {"text/html": "aGk="}},
        {"a.svg": {"image/svg+xml": "aGk="}},
        {"": PNG},
        {"n" * 300: PNG},
        {"a.png": {"image/png": "A" * (MAX_CHARS + 4)}},
    ],
)
def test_what_is_no_picture_is_left_out(value: Any) -> None:
    assert readable(value) == {}


def test_a_picture_may_come_in_lines_and_in_several_kinds() -> None:
    bundle = {"image/jpeg": "/9j/4AAQ", "image/png": ["aG\n", "k=\n"]}
    assert readable({"a": bundle, "b": 1}) == {"a": {"image/png": "aGk="}}


@pytest.mark.parametrize(
    "text",
    [
        "![a plot](attachment:a.png)",
        'before ![a](<attachment:a.png> "title") after',
        '<img alt="a" src="attachment:a.png" width=3>',
        "![a][1]\n\n[1]: attachment:a.png",
    ],
)
def test_a_shown_picture_is_found(text: str) -> None:
    assert shown(text, [{}, {"a.png": PNG, "b.png": JPEG}]) == {"a.png": PNG}


def test_of_two_places_the_first_counts() -> None:
    found = shown("![](attachment:a.png)", [{"a.png": PNG}, {"a.png": JPEG}])
    assert found == {"a.png": PNG}


def test_a_name_may_be_written_as_in_an_address() -> None:
    found = shown("![](attachment:my%20plot.png)", [{"my plot.png": PNG}])
    assert found == {"my%20plot.png": PNG}


def test_one_that_is_nowhere_is_a_blank_one() -> None:
    assert shown("![](attachment:a.png)", []) == {"a.png": LOST}
    assert shown("as I wrote in attachment:a.png", []) == {}


# --- in a submission -----------------------------------------------------------------


@pytest.fixture
def merge_essay(averages: Assignment) -> Callable[..., Merged]:
    """Return a function that merges an essay with attachments."""

    def submit(
        essay: str, attachments: Any, change: Callable[[Any], None] = lambda _: None
    ) -> Merged:
        notebook = json.loads(averages.released)
        cell = essay_of(notebook["cells"])
        cell |= {"source": essay, "attachments": attachments}
        change(notebook["cells"])
        return merge(averages, json.dumps(notebook).encode())

    return submit


def essay_of(cells: list[Any]) -> Any:
    label = {"grade_id": "essay"}
    return next(c for c in cells if label.items() <= label_of(c).items())


def label_of(cell: Any) -> dict[str, Any]:
    return dict(cell["metadata"].get("nbgrader", {}))


def page(merged: Merged) -> str:
    notebook = nbformat.reads(notebook_text(merged.notebook), 4)
    body, _ = HTMLExporter().from_notebook_node(notebook)
    return str(body)


@pytest.mark.slow
def test_a_pasted_picture_comes_to_the_one_who_grades_by_hand(
    merge_essay: Callable[..., Merged],
) -> None:
    merged = merge_essay("Look: ![a](attachment:a.png)", {"a.png": PNG, "b.png": JPEG})
    assert essay_of(merged.notebook.cells)["attachments"] == {"a.png": PNG}
    assert merged.repairs == ()
    assert f"data:image/png;base64,{PNG['image/png']}" in page(merged)


@pytest.mark.slow
def test_a_picture_that_was_lost_stops_nobody_and_is_told(
    merge_essay: Callable[..., Merged],
) -> None:
    merged = merge_essay("Look: ![a](attachment:a.png)", {})
    assert merged.repairs == (
        "The picture a.png in Exercise 4 · In words is not in your file; "
        "paste it again.",
    )
    assert LOST["image/png"] in page(merged)


def test_the_picture_of_a_text_of_the_students_own_is_kept(
    merge_essay: Callable[..., Merged],
) -> None:
    def add(cells: Any) -> None:
        cells.append(
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": "![mine](attachment:a.png)",
                "attachments": {"a.png": JPEG},
            }
        )

    merged = merge_essay("In words ![a](attachment:a.png)", {"a.png": PNG}, add)
    assert merged.notebook.cells[-1]["attachments"] == {"a.png": JPEG}
    assert essay_of(merged.notebook.cells)["attachments"] == {"a.png": PNG}


def test_a_code_answer_has_none(merge_essay: Callable[..., Merged]) -> None:
    def put(cells: Any) -> None:
        for cell in cells:
            cell["attachments"] = {"a.png": PNG}

    merged = merge_essay("In words.", {}, put)
    with_some = [c for c in merged.notebook.cells if "attachments" in c]
    assert with_some == []
