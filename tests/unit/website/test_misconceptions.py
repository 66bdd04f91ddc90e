"""Each misconception leads to a paragraph and to an explorer that exist."""

from __future__ import annotations

import json

import pytest

from tests.support.explorers import KINDS
from tests.support.paths import ROOT
from website import misconceptions
from website.misconceptions import Misconception

ENTRIES = misconceptions.entries()


def test_the_usual_ones_are_there() -> None:
    said = " ".join(each.said.lower() for each in ENTRIES)
    for words in ("same", "fraction", "one kernel for all channels", "overfitting"):
        assert words in said
    assert len(ENTRIES) >= 15


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.said)
def test_an_entry_leads_somewhere(entry: Misconception) -> None:
    folder = "labs" if "lab" in entry.lesson else "lessons"
    copy = json.loads((ROOT / folder / f"{entry.lesson}.ipynb").read_text("utf-8"))
    kinds = {cell["id"]: cell["cell_type"] for cell in copy["cells"]}
    assert kinds[entry.cell] == "markdown"
    explorer = KINDS[entry.explorer](entry.view if entry.state else "")
    explorer.figure()


def test_entries_of_lessons_that_are_not_on_the_site_are_left_out() -> None:
    lessons = {"04_pooling": ("lessons/04_pooling.html", "Pooling & more")}
    page = misconceptions.page(ENTRIES, lessons, dict.fromkeys(KINDS, "Picture"))
    assert page.count("Read: ") == sum(e.lesson == "04_pooling" for e in ENTRIES) > 0
    assert (
        '<a href="lessons/04_pooling.html#cell-average">Pooling &amp; more</a>' in page
    )
