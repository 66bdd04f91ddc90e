"""Write a page that shows explorers live, without a kernel and without a network.

``python -m cnnlab.explorers.gallery FILE`` writes all of them into one HTML file. The
address of a state is the file's, ``#`` and the state as a text, such as
``explorers.html#shapes?rows=5``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from cnnlab import explorers
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fragment import fragment, host, in_script, place, shown
from cnnlab.explorers._join import KIT, kit_and_own, own_style

__all__ = [
    "LESSONS",
    "all_explorers",
    "gallery",
    "heading",
    "page",
    "place",
    "script",
    "style",
    "words",
]

LESSONS: Mapping[str, Sequence[str]] = {
    "Introduction": ("meter", "shuffle"),
    "Convolutions": ("window", "painter", "mixer"),
    "Padding and stride": ("shapes",),
    "Pooling": ("pooling", "shift"),
    "Implementing CNNs": ("architecture", "maps"),
    "The MNIST lab": ("monitor", "draw", "errors"),
}
"""The lessons, in their order, with the names of their explorers."""

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
[data-theme="light"] {{ color-scheme: light; }}
[data-theme="dark"] {{ color-scheme: dark; }}
body {{ margin: 0 auto; padding: 16px; max-width: 72rem;
  font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #181a1b); color: light-dark(#1b1b1b, #ececec); }}
a {{ color: light-dark(#0b57d0, #8ab4f8); }}
nav li {{ padding: 2px 0; }}
article {{ margin: 0 0 48px; }}
</style>
{style}</head>
<body>
<main>
<h1>{title}</h1>
"""
_WORDS = """<p>Each picture here can be changed: choose sizes and values, move a window
with the arrow keys or by touch, and predict a number before it is shown. The lessons
of the course show the same pictures. Everything runs in this page; nothing is sent.
Below each picture, <b>Code</b> has the Python lines that compute its numbers, and
<b>Share this view</b> a short text; put it behind this page's address and
<code>#</code> to open the view again.</p>
"""
# Fill the box that the reader would fill, so that a wrong text is explained beside it.
_ADDRESS = """
function open() {
  const text = decodeURIComponent(location.hash.slice(1));
  const [name, state] = text.split("?");
  if (state === undefined || !window.cnnlabExplorers?.has(name)) return;
  const article = document.getElementById(name);
  const box = article.querySelector(".cl-share input");
  box.closest("details").open = true;
  box.value = text;
  box.dispatchEvent(new Event("change"));
  article.scrollIntoView();
}
addEventListener("hashchange", open);
open();
"""
_STILL = "<p>This picture needs JavaScript.</p>"
_SECTION = """<article id="{name}">
<h{level}>{heading}</h{level}>
<p>{words}</p>
{live}</article>
"""
_TAIL = """</main>
</body>
</html>
"""


def all_explorers() -> list[Explorer]:
    """Return each explorer in its first state, in the order of the lessons."""
    public = [getattr(explorers, name) for name in explorers.__all__]
    found: list[type[Explorer]] = [each for each in public if isinstance(each, type)]
    kinds = {kind.name: kind for kind in found}
    order = [name for names in LESSONS.values() for name in names]
    if unlisted := set(kinds).symmetric_difference(order):
        raise ValueError(f"not both an explorer and in LESSONS: {sorted(unlisted)}")
    return [kinds[name]() for name in order]


def page(shown: Sequence[Explorer], title: str = "Explorers") -> str:
    """Return a page with these explorers, each as a notebook has it.

    Parameters
    ----------
    shown
        The explorers, in their states; at most one of a kind.
    title
        The page's title.
    """
    head = _HEAD.format(title=escape(title), style="")
    sections = [
        _section(each, 2, fragment(each.name, each.name, each.traits, _STILL))
        for each in shown
    ]
    return "".join([head, *sections, _TAIL])


def gallery() -> str:
    """Return the page with all explorers, by lesson, with a list of links.

    The code and the styles that they share stand in it once.
    """
    by_name = {explorer.name: explorer for explorer in all_explorers()}
    links, parts = [], []
    for lesson, names in LESSONS.items():
        parts.append(f"<h2>{escape(lesson)}</h2>\n")
        for name in names:
            explorer = by_name[name]
            links.append(f'<li><a href="#{name}">{heading(explorer)}</a></li>\n')
            parts.append(_section(explorer, 3, place(name, name, _STILL)))
    return "".join(
        [
            _HEAD.format(title="Explorers", style=style(by_name)),
            _WORDS,
            f"<nav><ul>\n{''.join(links)}</ul></nav>\n",
            *parts,
            script(by_name),
            _TAIL,
        ]
    )


def style(names: Iterable[str]) -> str:
    """Return the ``<style>`` element for several explorers."""
    kit = (KIT / "kit.css").read_text("utf-8")
    return f"<style>\n{''.join([kit, *map(own_style, names)])}</style>\n"


def script(explorers: Mapping[str, Explorer]) -> str:
    """Return the element with the script that draws explorers, each in its place.

    It also opens the state in the page's address. For that, the explorer must be in an
    element with its name as the id.

    Parameters
    ----------
    explorers
        The explorers by name.
    """
    kit, own = kit_and_own(explorers)
    drawn = [
        shown(f"(() => {{\n{in_script(own[name])}}})()", name, explorer.traits)
        for name, explorer in explorers.items()
    ]
    parts = [in_script(kit), "\n", host(), *drawn, _ADDRESS]
    return f'<script type="module">\n{"".join(parts)}</script>\n'


def heading(explorer: Explorer) -> str:
    """Return an explorer's title, as HTML."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(explorer).__name__)
    return escape(words.capitalize())


def words(explorer: Explorer) -> str:
    """Return the first paragraph of an explorer's docstring, as HTML."""
    return escape((type(explorer).__doc__ or "").strip().split("\n\n")[0])


def _section(explorer: Explorer, level: int, live: str) -> str:
    return _SECTION.format(
        name=explorer.name,
        level=level,
        heading=heading(explorer),
        words=words(explorer),
        live=live,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the page with all explorers into a file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file", type=Path)
    parser.parse_args(arguments).file.write_text(gallery(), "utf-8")


if __name__ == "__main__":
    main()
