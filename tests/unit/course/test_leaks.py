"""What a student copy must not tell, wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from grader.course import leaks, release
from grader.notebooks.cells import parse_notebook
from tests.support.paths import AVERAGES_SOURCE

TEXT = AVERAGES_SOURCE.read_text("utf-8")
SOURCE = parse_notebook(TEXT)

Edit = Callable[[dict[str, Any], dict[str, dict[str, Any]]], object]


def found(edit: Edit) -> list[str]:
    """Return the leaks of the released copy after `edit`."""
    raw = json.loads(release.student_copy(TEXT, "averages"))
    edit(raw, {cell["id"]: cell for cell in raw["cells"]})
    copy = parse_notebook(json.dumps(raw), outputs=True)
    return [*leaks.find_leaks(SOURCE, copy), *leaks.find_hidden_content(SOURCE, copy)]


def test_released_copy_has_no_leaks() -> None:
    assert found(lambda raw, cells: None) == []


def output(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            lambda _, c: c["mean-answer"].update(
                source="def mean_of(values):\n    total_of_all = math.fsum(values)"
            ),
            "cell mean: the line 'total_of_all = math.fsum(values)' of its SOLUTION",
        ),
        (
            lambda _, c: c["summary"].update(source='answer_q1 = "B"'),
            "cell q1: the line 'answer_q1 = \"B\"' of its SOLUTION",
        ),
        (
            lambda _, c: c["mean-test"].update(
                source=next(x.source for x in SOURCE.cells if x.id == "mean-test")
            ),
            "of its HIDDEN TESTS is also in",
        ),
        (
            lambda _, c: c["setup"].update(source="### BEGIN HIDDEN TESTS"),
            "a BEGIN or END marker is left",
        ),
        (
            lambda _, c: c["setup"].update(outputs=[output("4")]),
            "cell setup has an output",
        ),
        (lambda _, c: c["setup"].update(execution_count=3), "an execution count"),
        (
            lambda _, c: c["title"].update(attachments={"a.png": {"image/png": ""}}),
            "cell title has the attachment 'a.png'",
        ),
        (
            lambda _, c: c["setup"]["metadata"].update(answer="B"),
            "cell setup has 'answer' in its metadata",
        ),
        (
            lambda _, c: c["mean-answer"]["metadata"]["nbgrader"].update(right="B"),
            "cell mean has 'right' in its nbgrader metadata",
        ),
        (
            lambda _, c: c["setup"]["metadata"].update(tags=['answer_q1 = "B"']),
            "cell setup has the line 'answer_q1 = \"B\"' in its metadata",
        ),
        (
            lambda raw, _: raw["metadata"].update(celltoolbar="x"),
            "the notebook's metadata has 'celltoolbar'",
        ),
        (
            lambda raw, _: raw["metadata"]["grader"].update(limits={}),
            "metadata.grader has 'limits'",
        ),
        (
            lambda raw, _: raw["metadata"]["kernelspec"].update(
                display_name='answer_q1 = "B"'
            ),
            "the notebook's metadata holds the line",
        ),
    ],
)
def test_leak_is_found(edit: Edit, told: str) -> None:
    leaked = found(edit)
    assert leaked
    assert any(told in each for each in leaked), leaked


def test_attachment_that_the_text_shows_is_accepted() -> None:
    def edit(_: Any, cells: dict[str, dict[str, Any]]) -> None:
        cells["title"]["source"] = "![a](attachment:a.png)"
        cells["title"]["attachments"] = {"a.png": {"image/png": ""}}

    assert found(edit) == []


def test_other_metadata_is_accepted_in_an_nbgrader_course() -> None:
    raw = json.loads(release.student_copy(TEXT, "averages"))
    raw["metadata"]["celltoolbar"] = "Create Assignment"
    raw["cells"][0]["metadata"]["collapsed"] = True
    copy = parse_notebook(json.dumps(raw), outputs=True)
    assert list(leaks.find_hidden_content(SOURCE, copy, strict_metadata=False)) == []
    assert len(list(leaks.find_hidden_content(SOURCE, copy))) == 2
