"""A submission's bytes become a notebook that holds nothing but what is graded."""

from __future__ import annotations

import json

import nbformat

from grader.notebooks.cells import notebook_text
from grader.submissions.repair.notebook import readings
from tests.support.paths import AVERAGES_SOURCE


def test_a_submission_keeps_nothing_personal() -> None:
    raw = json.loads(AVERAGES_SOURCE.read_text("utf-8"))
    raw["metadata"]["authors"] = [{"name": "Nomen Nescio"}]
    raw["cells"][1]["metadata"]["executionInfo"] = {"user": "Nomen Nescio"}
    (read,) = readings(json.dumps(raw).encode())
    nbformat.validate(read)
    assert "Nomen" not in notebook_text(read)
    assert read.metadata.grader.notes == []


def test_cells_of_format_3_are_read() -> None:
    cells = (
        b'{"cell_type": "heading", "level": 2, "source": ["A"]},'
        b'{"cell_type": "html", "source": "<b>b</b>"},'
        b'{"cell_type": "code", "input": ["c = 1\\n", "d"], "language": "python"}'
    )
    (read,) = readings(b'{"nbformat": 3, "worksheets": [{"cells": [%s]}]}' % cells)
    assert [(cell.cell_type, cell.source) for cell in read.cells] == [
        ("markdown", "## A"),
        ("markdown", "<b>b</b>"),
        ("code", "c = 1\nd"),
    ]
