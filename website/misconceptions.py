"""The page about common misconceptions, with the paragraph that corrects each.

The entries are in ``misconceptions.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from website.places import HERE
from website.words import label

_HEAD = """# Common misconceptions

Each heading is a mistake that students, and some books, make about convolutional
networks. Below it are the correction, the paragraph of a lesson that explains it, and a
picture to try it on.
"""


@dataclass(frozen=True, slots=True)
class Misconception:
    """One entry of the index.

    Attributes
    ----------
    said : str
        The misconception.
    truth : str
        The correction, in a sentence or two.
    lesson, cell : str
        The notebook, and the id of its cell with the paragraph.
    explorer, state : str
        The explorer's name, and its state without the name; empty for the first state.
    """

    said: str
    truth: str
    lesson: str
    cell: str
    explorer: str
    state: str

    @property
    def view(self) -> str:
        """The part of the gallery's address that opens the explorer in this state."""
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
    """Return the page, as Markdown.

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
