"""The index from what many believe to the paragraph and the explorer that answer it.

The entries are in ``misconceptions.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from website.places import HERE
from website.words import label

_HEAD = """# What many believe

Each line is what students, and some books, say about convolutional networks. Below it
is what is so, the paragraph of a lesson that shows it, and a picture to try it on.
"""


@dataclass(frozen=True, slots=True)
class Misconception:
    """One entry of the index.

    Attributes
    ----------
    said : str
        What many believe.
    truth : str
        What is so, in a sentence or two.
    lesson, cell : str
        The notebook, and the id of its cell with the paragraph.
    explorer, state : str
        The explorer's name, and its state without the name; empty for its first one.
    """

    said: str
    truth: str
    lesson: str
    cell: str
    explorer: str
    state: str

    @property
    def view(self) -> str:
        """The explorer's state as a text, as it stands behind the gallery's address."""
        return f"{self.explorer}?{self.state}"


def entries() -> tuple[Misconception, ...]:
    """Return all entries, in their order."""
    file = HERE / "misconceptions.toml"
    listed = tomllib.loads(file.read_text("utf-8"))["entry"]
    return tuple(Misconception(**each) for each in listed)


def page(
    listed: Iterable[Misconception],
    lessons: Mapping[str, tuple[str, str]],
    pictures: Mapping[str, str],
) -> str:
    """Return the page of the index.

    Parameters
    ----------
    listed
        The entries.
    lessons
        The page and the title of each lesson; entries of other lessons are left out.
    pictures
        The title of each explorer, by name.
    """
    parts = [_HEAD]
    for each in listed:
        if each.lesson not in lessons:
            continue
        page, title = lessons[each.lesson]
        paragraph = _link(f"{page}#{label(each.cell)}", title)
        picture = _link(f"gallery.html#{each.view}", pictures[each.explorer])
        parts.append(
            f"## {each.said}\n\n{each.truth}\n\nRead: {paragraph}. Try: {picture}."
        )
    return "\n\n".join(parts) + "\n"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


__all__ = ["Misconception", "entries", "page"]
