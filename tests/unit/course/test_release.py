"""Student copies: complete, the same every time, and with no answer in them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from grader.course import leaks, release
from grader.errors import CourseError
from tests.support.paths import AVERAGES_SOURCE

TEXT = AVERAGES_SOURCE.read_text("utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "solutions").mkdir()
    shutil.copy(AVERAGES_SOURCE, tmp_path / "solutions")
    return tmp_path


def edited(edit: Callable[[dict[str, dict[str, Any]]], object]) -> str:
    raw = json.loads(TEXT)
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
    edit({cell["id"]: cell for cell in raw["cells"]})
    return json.dumps(raw)


def copy_of(text: str) -> dict[str, Any]:
    made = nbformat.reads(release.student_copy(text, "averages"), as_version=4)
    return {cell.id: cell for cell in made.cells}


def test_copy_has_no_answer_and_no_hidden_test() -> None:
    text = release.student_copy(TEXT, "averages")
    for secret in ("total_of_all", "in_order", "/ 6", "fortunes", "st.mean", "a bus"):
        assert secret in TEXT
        assert secret not in text
    assert "BEGIN" not in text
    assert "cell_seconds" not in text


def test_a_copy_is_a_valid_notebook_for_nbgrader() -> None:
    made = nbformat.reads(release.student_copy(TEXT, "averages"), as_version=4)
    nbformat.validate(made)
    MetadataValidator().validate_nb(made)
    assert made.nbformat_minor == 5
    source = nbformat.reads(TEXT, as_version=4)
    assert [c.id for c in made.cells] == [c.id for c in source.cells]
    assert made.metadata.grader == {
        "assignment": "averages",
        "release": release.release_hash(TEXT),
    }


def test_copy_is_reproducible() -> None:
    assert release.student_copy(TEXT, "a") == release.student_copy(TEXT, "a")


def test_cells_have_stubs_locks_and_checksums() -> None:
    cells = copy_of(TEXT)
    assert cells["mean-answer"].source.endswith(
        'numbers."""\n    ...  # TODO: your answer here'
    )
    assert cells["essay-answer"].source == "YOUR ANSWER HERE"
    assert cells["mean-test"].source == (
        'assert isinstance(mean_of([1, 2]), float), "mean_of should return a float"'
    )
    assert cells["mean-test"].metadata.editable is False
    assert "editable" not in cells["mean-answer"].metadata
    assert len(cells["mean-answer"].metadata.nbgrader.checksum) == 32
    assert cells["parameters"].metadata.tags == ["parameters"]


def test_outputs_and_other_metadata_are_removed() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        cells["setup"]["metadata"] |= {"grader": {"note": "secret"}, "mine": 1}
        cells["setup"]["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": "secret"}
        ]

    cells = copy_of(edited(edit))
    assert cells["setup"].outputs == []
    assert cells["setup"].metadata == {}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda c: c["summary"].update(source="so\n\nanswer_q1 = 'B'\n"),
            None,
        ),
        (
            lambda c: c["summary"].update(source='so\n\n  answer_q1 = "B"\n'),
            "cell q1: the line 'answer_q1 = \"B\"' of its SOLUTION is also in",
        ),
        (
            lambda c: c["mean-shown"].update(source=c["mean-answer"]["source"][86:]),
            "BEGIN SOLUTION is in a cell",
        ),
        (
            lambda c: c["mean-shown"].update(
                source="if 1:\n    total_of_all = math.fsum(values)\n"
                "    return total_of_all / len(values)"
            ),
            "cell mean: the line 'total_of_all = .*' of its SOLUTION is also in",
        ),
        (
            lambda c: c["summary"].update(
                source='assert answer_q1 == "B", "think of a millionaire who enters '
                'a bus"'
            ),
            "cell q1-test: .* of its HIDDEN TESTS is also in",
        ),
        (
            lambda c: c["title"].update(
                source="# BEGIN MARK SCHEME\nx\n# END MARK SCHEME"
            ),
            "nbgrader cannot release this notebook",
        ),
    ],
)
def test_answer_that_is_repeated_elsewhere_is_refused(
    edit: Any, message: str | None
) -> None:
    if message is None:
        assert release.student_copy(edited(edit), "averages")
        return
    with pytest.raises(CourseError, match=message):
        release.student_copy(edited(edit), "averages")


def test_answer_that_nbgrader_did_not_remove_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def left_in(copy: Any, *_: Any, **__: Any) -> Any:
        for cell in copy.cells:
            lines = cell.source.split("\n")
            cell.source = "\n".join(line for line in lines if "###" not in line)
        return copy

    monkeypatch.setattr(release, "_preprocessed", left_in)
    monkeypatch.setattr(leaks, "_copied_line", lambda *_: None)
    with pytest.raises(CourseError, match="cell mean: the line 'total_of_all = "):
        release.student_copy(TEXT, "averages")


def test_line_that_is_also_outside_the_solution_is_accepted() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        cells["scale-answer"]["source"] = (
            "scaled = []\n### BEGIN SOLUTION\nscaled = []\nscaled = [1]\n"
            "### END SOLUTION"
        )

    assert "TODO" in copy_of(edited(edit))["scale-answer"].source


def test_a_stub_that_is_not_python_is_refused() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        cells["mean-answer"]["source"] = (
            "def mean_of(values):\n### BEGIN SOLUTION\n    return 1.0\n### END SOLUTION"
        )

    with pytest.raises(
        CourseError, match="cell mean: without the solution, it is not valid"
    ):
        release.student_copy(edited(edit), "averages")


def test_nbgraders_settings_nearby_are_not_read(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = "c = get_config()\nc.ClearSolutions.code_stub = {'python': 'other'}\n"
    (course / "nbgrader_config.py").write_text(config)
    monkeypatch.chdir(course)
    assert "other" not in copy_of(TEXT)["mean-answer"].source
