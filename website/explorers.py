"""Make the gallery's page with all explorers, and put explorers on other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnnlab.explorers import gallery
from cnnlab.explorers._explorer import Explorer
from website.outputs import for_page

_WORDS = """# Interactive pictures

Each picture here can be changed: choose sizes and values, move a window with the arrow
keys or by touch, and predict a number before it is shown. Everything runs in this page;
nothing is sent. Below each picture, **Code** shows the Python lines that compute its
numbers, and **Share this view** shows a short text. To open the same view again, add
`#` and this text to the address of this page.
"""

_ASKED = re.compile(r"^% explorer: (\w+)$", re.MULTILINE)


def page(lessons: Sequence[str]) -> str:
    """Return the gallery's page, as Markdown.

    Parameters
    ----------
    lessons
        The address of each lesson's page, in the order of the course; empty for a
        lesson that is not on the site.
    """
    by_name = {each.name: each for each in gallery.all_explorers()}
    parts = [_WORDS]
    for (title, names), lesson in zip(gallery.LESSONS.items(), lessons, strict=True):
        parts.append(f"## {title}")
        parts += [f"[To the lesson]({lesson})"] if lesson else []
        for name in names:
            title, about = gallery.heading(by_name[name]), gallery.words(by_name[name])
            parts += [f"### {title}\n\n{about}", _raw(_place(by_name[name]))]
    parts.append(_raw(gallery.style(by_name) + gallery.script(by_name)))
    return "\n\n".join(parts) + "\n"


def with_explorers(text: str) -> str:
    """Return a page's Markdown with an explorer for each line ``% explorer: NAME``."""
    by_name = {each.name: each for each in gallery.all_explorers()}
    asked = {name: by_name[name] for name in _ASKED.findall(text)}
    if not asked:
        return text
    text = _ASKED.sub(lambda found: _raw(_place(asked[found[1]])), text)
    return f"{text}\n\n{_raw(gallery.style(asked) + gallery.script(asked))}\n"


def _place(explorer: Explorer) -> str:
    """Return the HTML in which an explorer is drawn, with its static picture."""
    drawn = for_page(explorer.figure().html())
    still = gallery.place(explorer.name, explorer.name, drawn)
    title = gallery.heading(explorer)
    return f'<article id="{explorer.name}" aria-label="{title}">\n{still}</article>'


def titles() -> dict[str, str]:
    """Return the title of each explorer, by name."""
    return {each.name: gallery.heading(each) for each in gallery.all_explorers()}


def _raw(html: str) -> str:
    """Return Markdown that passes HTML on unchanged."""
    return f"`````{{raw}} html\n{html}\n`````"


__all__ = ["page", "titles", "with_explorers"]
