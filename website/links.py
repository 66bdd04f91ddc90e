"""Find what is broken in the finished pages: links, and loads from other hosts.

Links to other hosts are not followed. Nothing but a link may lead to one: pictures,
scripts, styles and fonts are the site's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# For each element, the attribute with the address of a file that a browser loads.
_LOADED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}
# Links of these kinds name other pages; browsers do not load them.
_NOT_LOADED = {"canonical", "alternate", "next", "prev"}
_IN_STYLE = re.compile(
    r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)|@import\s+['\"]?(https?:[^;'\"]+)"
)
_WITHIN = {"", "file"}
# The theme keeps templates there, which are not pages.
_STATIC = "_static"
_DATA = {"data", "blob", "javascript", "mailto"}


@dataclass
class _Page:
    """The ids of a page, its links, and the files that it loads."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.page.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        address = given.get(_LOADED.get(tag, ""), "")
        if address and given.get("rel", "") not in _NOT_LOADED:
            self.page.loads.append(address)


def faults(folder: Path) -> Iterator[str]:
    """Yield a line for each fault of the site in a folder.

    Parameters
    ----------
    folder
        The finished site.
    """
    files = sorted(
        set(folder.rglob("*.html")) - set(folder.glob(f"{_STATIC}/**/*.html"))
    )
    pages = {path: _read(path) for path in files}
    for path, page in pages.items():
        where = path.relative_to(folder)
        for link in page.links:
            if reason := _broken(link, path, folder, pages):
                yield f"{where}: link {link!r}: {reason}"
        for address in page.loads:
            if urlsplit(address).scheme not in _WITHIN | _DATA or address[:2] == "//":
                yield f"{where}: loads {address!r} from another host"
            elif reason := _broken(address, path, folder, pages):
                yield f"{where}: loads {address!r}: {reason}"
    for path in sorted(folder.rglob("*.css")):
        for one, other in _IN_STYLE.findall(path.read_text("utf-8")):
            where = path.relative_to(folder)
            yield f"{where}: loads {one or other!r} from another host"


def _broken(link: str, path: Path, folder: Path, pages: dict[Path, _Page]) -> str:
    """Return what is wrong with a link; empty if nothing is."""
    parts = urlsplit(link)
    if parts.scheme not in _WITHIN or parts.netloc:
        return ""
    file = unquote(parts.path)
    target = (path.parent / file).resolve() if file else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "no such file"
    if not target.is_relative_to(folder.resolve()):
        return "leads out of the site"
    # An explorer's state may follow its id.
    anchor = unquote(parts.fragment).partition("?")[0]
    if anchor and target in pages and anchor not in pages[target].ids:
        return f"{target.name} has nothing named {anchor!r}"
    return ""


def _read(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.page


__all__ = ["faults"]
