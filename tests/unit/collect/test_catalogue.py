"""Match files to notebooks, in a course of several assignments and notebooks."""

from __future__ import annotations

import pytest

from grader.collect.catalogue import Catalogue, NotebookKey, NotebookMatch

COURSE = Catalogue(
    {
        NotebookKey("ps1", "problem1"): frozenset("abcd"),
        NotebookKey("ps1", "problem2"): frozenset("efgh"),
        NotebookKey("ps2", "problem1"): frozenset("ijkl"),
        NotebookKey("02_convolutions", "02_convolutions"): frozenset("mnop"),
        NotebookKey("lab-1", "lab-1"): frozenset("qr"),
        NotebookKey("lab", "lab"): frozenset("st"),
        NotebookKey("deep_copy", "deep_copy"): frozenset("uv"),
        NotebookKey("deep", "deep"): frozenset("wx"),
    }
)


def place(
    name: str, folders: str = "", cells: str = "", assignment: str | None = None
) -> NotebookMatch:
    return COURSE.match_notebook(
        name, filter(None, folders.split("/")), lambda: frozenset(cells), assignment
    )


@pytest.mark.parametrize(
    ("name", "folders", "cells", "wanted"),
    [
        ("problem2.ipynb", "", "", ("ps1", "problem2")),
        ("Problem2 (1).ipynb", "", "", ("ps1", "problem2")),
        ("problem1.ipynb", "ada/ps2", "", ("ps2", "problem1")),
        ("problem1.ipynb", "ps1 (1)/ada", "", ("ps1", "problem1")),
        ("problem1.ipynb", "", "ijk", ("ps2", "problem1")),
        ("x.ipynb", "ada/ps1", "eg", ("ps1", "problem2")),
        ("02-convolutions.ipynb", "", "", ("02_convolutions",) * 2),
        ("02_convolutions_ada.ipynb", "", "", ("02_convolutions",) * 2),
        ("Copy of 02 Convolutions.ipynb", "", "", ("02_convolutions",) * 2),
        ("x.ipynb", "02-convolutions-ada", "", ("02_convolutions",) * 2),
        ("lab-1.ipynb", "", "", ("lab-1", "lab-1")),
        ("lab (1).ipynb", "", "", ("lab", "lab")),
        ("lab-2.ipynb", "", "", ("lab", "lab")),
        ("lab-Copy1.ipynb", "", "", ("lab", "lab")),
        ("deep_copy.ipynb", "", "", ("deep_copy", "deep_copy")),
        ("Untitled.ipynb", "", "mnopxyz", ("02_convolutions",) * 2),
    ],
)
def test_match_notebook(
    name: str, folders: str, cells: str, wanted: tuple[str, str]
) -> None:
    found = place(name, folders, cells)
    assert (found.assignment, found.notebook, found.sure) == (*wanted, True)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Untitled.ipynb", ""),
        ("Untitled.ipynb", "axyz"),
        ("Untitled.ipynb", "abij"),
        ("problem1.ipynb", ""),
        ("problem1.ipynb", "mnop"),
    ],
)
def test_unknown_notebook(name: str, cells: str) -> None:
    found = place(name, "", cells)
    assert not found.assignment
    assert (
        "cannot tell the assignment; there are 02_convolutions, deep, deep_copy"
        in found.why
    )


def test_caller_names_the_assignment() -> None:
    assert place("problem1.ipynb", assignment="ps2") == NotebookMatch("ps2", "problem1")
    assert place("x.ipynb", "", "ef", "ps1") == NotebookMatch("ps1", "problem2")
    assert "cannot tell the notebook of ps1" in place("x.ipynb", assignment="ps1").why
    unsure = place("x.ipynb", "", "mnop", "lab")
    assert (unsure.assignment, unsure.sure) == ("lab", False)
    assert unsure.why == "its cells are those of 02_convolutions"


@pytest.mark.parametrize(
    ("name", "folders", "assignment", "wanted"),
    [
        ("lab.pdf", "", None, "lab"),
        ("x.pdf", "ps1", None, "ps1"),
        ("x.pdf", "", None, ""),
        ("x.pdf", "", "ps2", "ps2"),
    ],
)
def test_the_assignment_of_a_file_that_is_no_notebook(
    name: str, folders: str, assignment: str | None, wanted: str
) -> None:
    parts = filter(None, folders.split("/"))
    assert COURSE.assignment_of_other_file(name, parts, assignment) == wanted
