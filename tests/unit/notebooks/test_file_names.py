"""Names of copies: what is a mark, and what is the name itself."""

from __future__ import annotations

import pytest

from grader.notebooks.file_names import stem_of, without_copy_marks


@pytest.mark.parametrize(
    ("stem", "name", "number"),
    [
        ("lab", "lab", 0),
        ("Copy of lab", "lab", 0),
        ("copy_of_lab", "lab", 0),
        ("Kopie von Kopie von lab (3)", "lab", 3),
        ("Copia de lab", "lab", 0),
        ("lab (1)", "lab", 1),
        ("lab(12)", "lab", 12),
        ("lab_(2)", "lab", 2),
        ("lab - Copy", "lab", 0),
        ("lab - Copy (4)", "lab", 4),
        ("lab copy 2", "lab", 2),
        ("lab-Copy1", "lab", 1),
        ("lab_kopie", "lab", 0),
        ("lab (2) (1)", "lab", 2),
        ("  lab ", "lab", 0),
        ("copywriting", "copywriting", 0),
        ("photocopy", "photocopy", 0),
        ("problem1", "problem1", 0),
        ("problem_(x)", "problem_(x)", 0),
    ],
)
@pytest.mark.parametrize("canvas", [False, True])
def test_marks_of_copies(stem: str, name: str, number: int, canvas: bool) -> None:
    assert without_copy_marks(stem, canvas=canvas) == (name, number)


@pytest.mark.parametrize(
    ("canvas", "found"), [(True, ("lab", 3)), (False, ("lab-3", 0))]
)
def test_resubmissions_are_marked_by_canvas_only(
    canvas: bool, found: tuple[str, int]
) -> None:
    assert without_copy_marks("lab-3", canvas=canvas) == found


@pytest.mark.parametrize("stem", ["(1)", "-copy", "-1", ""])
def test_name_of_marks_alone_stays(stem: str) -> None:
    assert without_copy_marks(stem)[0] == stem


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["_", "-", " ", "(1)", "-copy", "Copy of ", "-1"])
def test_long_name_takes_no_time(piece: str) -> None:
    without_copy_marks("x" + piece * 20_000)
    without_copy_marks(piece * 20_000 + "x")


@pytest.mark.parametrize("name", ["lab.ipynb", "lab (1).tar.gz", "Copy of lab.zip"])
def test_the_stem_has_no_suffixes_and_marks_of_copies(name: str) -> None:
    assert stem_of(name) == "lab"
