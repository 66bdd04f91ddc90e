"""What is no JSON any more, or has conflict markers, is read as far as it goes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.submissions.repair import broken_json, conflicts, encodings

NOTEBOOK = {
    "nbformat": 4,
    "cells": [
        {"cell_type": "code", "source": ["a\n", 'b "c"\n'], "n": 12, "id": None},
        {"cell_type": "markdown", "source": "\\é\u2713"},
    ],
}
TEXT = json.dumps(NOTEBOOK)


def leaves(value: Any) -> list[Any]:
    """What a value holds, in order, with the names on the way."""
    if isinstance(value, dict):
        return [each for k, v in value.items() for each in (k, *leaves(v))]
    if isinstance(value, list):
        return [each for v in value for each in leaves(v)]
    return [value]


@pytest.mark.parametrize("end", range(1, len(TEXT) + 1))
def test_a_text_is_closed_wherever_it_ends(end: int) -> None:
    found = leaves(broken_json.closed(TEXT[:end]))
    whole = leaves(NOTEBOOK)
    assert found[:-1] == whole[: len(found)][:-1]
    # The last one may be cut off itself.
    assert not found or str(whole[len(found) - 1]).startswith(
        str(found[-1]).rstrip("\\")
    )


def test_cells_are_read_where_the_text_around_them_is_broken() -> None:
    broken = TEXT.replace('"nbformat": 4,', '"nbformat" 4,')
    assert broken_json.cells(broken) == NOTEBOOK["cells"]
    assert broken_json.cells("{" * 1000 + '"id": ' * 1000) == []


def test_versions_of_many_conflicts_are_two() -> None:
    one = b"<<<<<<< a\n1\n||||||| base\n0\n=======\n2\n>>>>>>> b\n"
    assert list(conflicts.versions(one * 5)) == [b"1\n" * 5, b"2\n" * 5]
    assert len(list(conflicts.versions(one * 2))) == 4
    assert list(conflicts.versions(b"a\n=======\nb")) == [b"a\nb"]
    assert not conflicts.marked(b"a <<<<<<< b\n========\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be", "utf-8-sig"])
def test_encodings_are_told_apart(encoding: str) -> None:
    content = encodings.as_utf_8(TEXT.encode(encoding))
    assert encodings.decode(content, []) == TEXT


def test_one_bad_byte_does_not_make_all_of_it_windows() -> None:
    notes: list[str] = []
    assert encodings.decode("für ✓".encode() + b"\xff", notes) == "für ✓\ufffd"
    assert "they were replaced" in notes[0]
    assert encodings.decode("für".encode("cp1252"), notes) == "für"
    assert "Windows-1252" in notes[1]
