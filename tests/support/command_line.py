"""What tests of the command line share: types, and a course to be changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Submit = Callable[..., Path]
Said = tuple[int, str, str]
"""Exit status, standard output, standard error."""
Run = Callable[..., Said]


def in_source(course: Path, old: str, new: str) -> Path:
    """Change the source notebook of a course; return its path."""
    path = course / "solutions" / "averages.ipynb"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path
