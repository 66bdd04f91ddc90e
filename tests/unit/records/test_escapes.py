"""Only what cannot be printed is spelt out."""

from __future__ import annotations

import pytest

from grader.records import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Müller 李", "Zoë Müller 李"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\udcff", r"\udcff"),
        ("\x9b31m", r"\x9b31m"),
    ],
)
def test_printable_spells_out_only_what_cannot_be_printed(
    text: str, shown: str
) -> None:
    assert printable(text) == shown
