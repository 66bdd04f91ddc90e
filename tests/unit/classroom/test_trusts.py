"""What was found about tests is kept, and a damaged file costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.trusts import FILE, CellTrust, TrustFile

CELLS = {"a-test": ("examiner", ""), "b-test": ("both", "line 2 compares identity")}


@pytest.fixture
def kept(tmp_path: Path) -> TrustFile:
    file = TrustFile(tmp_path)
    file.keep("hw", "key", {"a-test": ""}, CELLS)  # type: ignore[arg-type]
    return file


def test_what_is_kept_is_found_under_the_same_key(kept: TrustFile) -> None:
    assert kept.proofs("hw", "key") == {"a-test": ""}
    assert kept.proofs("hw", "other key") is None
    assert kept.proofs("other", "key") is None


def test_the_trust_of_each_test_is_told(kept: TrustFile) -> None:
    assert kept.cells() == (
        CellTrust("hw", "a-test", "examiner", ""),
        CellTrust("hw", "b-test", "both", "line 2 compares identity"),
    )


def test_assignments_do_not_disturb_each_other(kept: TrustFile) -> None:
    kept.keep("hw2", "key", {}, {})
    assert kept.proofs("hw", "key") == {"a-test": ""}


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "3", "{", '{"hw": 3}', '{"hw": {"key": "key"}}'),
        '{"hw": {"key": "key", "proofs": {"a": 1}, "cells": {}}}',
        '{"hw": {"key": "key", "proofs": {}, "cells": {"a": ["sure", ""]}}}',
    ],
)
def test_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(text)
    file = TrustFile(tmp_path)
    assert file.proofs("hw", "key") is None
    assert file.cells() == ()
    file.keep("hw", "key", {}, {})
    assert file.proofs("hw", "key") == {}
