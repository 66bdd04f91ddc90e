"""The page with all explorers, which docs/ holds as a file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cnnlab.explorers import gallery
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "explorers.html"


def test_the_page_in_docs_is_the_one_that_the_command_writes(tmp_path: Path) -> None:
    command = "python -m cnnlab.explorers.gallery docs/explorers.html"
    assert PAGE.read_text("utf-8") == gallery.gallery(), f"stale; run {command}"
    file = tmp_path / "page.html"
    subprocess.run(
        [sys.executable, "-m", "cnnlab.explorers.gallery", str(file)], check=True
    )
    assert file.read_bytes() == PAGE.read_bytes()


def test_it_has_each_explorer_once_and_a_link_to_it() -> None:
    text = gallery.gallery()
    names = [name for names in gallery.LESSONS.values() for name in names]
    assert re.findall(r'<article id="(\w+)">', text) == names
    assert re.findall(r'<a href="#(\w+)">', text) == names


def test_an_explorer_without_a_lesson_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = {**gallery.LESSONS, "Pooling": ("odd", "shift")}
    monkeypatch.setattr(gallery, "LESSONS", lessons)
    with pytest.raises(ValueError, match=r"\['odd', 'pooling'\]"):
        gallery.all_explorers()
