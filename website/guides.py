"""The pages of docs/, with links that work on the site. Pure.

Links between pages stay as they are. A link to another file of the repository leads to
GitHub. Until the course is published, only the words of such a link are kept.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from grader.authoring.lint.address import Address

PAGES = (".md",)
PICTURES = (".svg", ".png")
# Files of docs/ that have another page on the site.
_ELSEWHERE = {"docs/explorers.html": "../gallery.md"}
_LINK = re.compile(r"(?<!\!)\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)")
ABOUT = "docs/README.md"
"""The page about all guides."""
_FENCE = re.compile(r"(^```.*?^```)", re.DOTALL | re.MULTILINE)
_INDEX = "index.md"
# These pages come first; others follow by name.
_FIRST = ("first-lesson.md", "first-class.md")
_SECTIONS = {
    "tutorials": "Tutorials",
    "how-to": "How to",
    "reference": "Reference",
    "explanation": "Explanation",
    "decisions": "Decisions",
}


def rewritten(text: str, path: str, address: Address) -> str:
    """Return the text of a page with links that work on the site.

    Parameters
    ----------
    text
        Markdown.
    path
        The page in the repository, such as ``docs/how-to/cluster.md``.
    address
        Where the course is published.
    """
    parts = _FENCE.split(text)
    parts[::2] = [
        _LINK.sub(lambda found: _link(found, path, address), part)
        for part in parts[::2]
    ]
    return "".join(parts)


def _link(found: re.Match[str], path: str, address: Address) -> str:
    words, target = found[1], found[2]
    file, hash_sign, anchor = target.partition("#")
    if "://" in target or not file:
        return found[0]
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    if place in _ELSEWHERE:
        up = "../" * (path.count("/") - 1)
        return f"[{words}]({up}{_ELSEWHERE[place]})"
    if place == ABOUT:
        return f"[{words}]({file.replace('README.md', _INDEX)})"
    if place.startswith("docs/") and place.endswith(PAGES):
        return f"[{words}]({file}{hash_sign}{anchor})"
    if address.is_published:
        return f"[{words}]({address.home}/blob/{address.branch}/{place})"
    return words


def indexes(pages: Iterable[str], about: str = "# Guides") -> dict[str, str]:
    """Return the pages that list guides: one for all, and one for each folder.

    Parameters
    ----------
    pages
        The guides' paths below docs/.
    about
        The text of the page about all of them, above its list.

    Returns
    -------
    dict
        The text of each page, by its path below docs/.
    """
    by_folder: dict[str, list[str]] = {"": []}
    for page in pages:
        by_folder.setdefault(posixpath.dirname(page), []).append(
            posixpath.basename(page)
        )
    folders = sorted(filter(None, by_folder), key=_place_of_folder)
    found = {
        f"{folder}/{_INDEX}": _listing(f"# {_title(folder)}", by_folder[folder])
        for folder in folders
        if _INDEX not in by_folder[folder]
    }
    below = [f"{folder}/{_INDEX}" for folder in folders]
    return found | {_INDEX: _listing(about.rstrip(), by_folder[""], below)}


def _listing(about: str, pages: Iterable[str], below: Iterable[str] = ()) -> str:
    ordered = [*sorted(pages, key=_place_of_page), *below]
    lines = "\n".join(_names(ordered))
    return f"{about}\n\n```{{toctree}}\n:maxdepth: 2\n\n{lines}\n```\n"


def _title(folder: str) -> str:
    return _SECTIONS.get(folder, folder.replace("-", " ").capitalize())


def _names(pages: Iterable[str]) -> Iterator[str]:
    for page in pages:
        yield str(PurePosixPath(page).with_suffix(""))


def _place_of_folder(folder: str) -> tuple[int, str]:
    order = list(_SECTIONS)
    return (order.index(folder) if folder in order else len(order), folder)


def _place_of_page(page: str) -> tuple[int, str]:
    return (_FIRST.index(page) if page in _FIRST else len(_FIRST), page)


__all__ = ["ABOUT", "PAGES", "PICTURES", "indexes", "rewritten"]
