"""Find the pictures in a notebook's outputs, and their alt text. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from grader.authoring.run.errors import numbered
from grader.authoring.run.outcome import Stop

SUFFIXES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
_SVG = "image/svg+xml"
_NAMESPACE = "http://www.w3.org/2000/svg"
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
# An HTML parser would change attributes such as viewBox to small letters.
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture that a cell shows.

    Attributes
    ----------
    number : int
        Number of the cell, from 1.
    cell : str
        Its id.
    mime : str
        Type of `content`.
    content : bytes
        The picture; empty if it is not in the notebook.
    alt : str
        The words that describe it; empty if there are none.
    elsewhere : str
        Address that the picture is loaded from, if it is not in the notebook.
    """

    number: int
    cell: str
    mime: str
    content: bytes
    alt: str
    elsewhere: str = ""

    @property
    def suffix(self) -> str:
        return SUFFIXES.get(self.mime, "bin")


def pictures(cells: Iterable[dict[str, Any]]) -> Iterator[Picture]:
    """Yield the pictures in the outputs of cells, given as in the notebook's JSON."""
    for number, cell in numbered(cells):
        for output in cell.get("outputs", ()):
            yield from _in_output(number, cell["id"], output)


def faults(shown: Iterable[Picture]) -> Iterator[Stop]:
    """Yield a failure for each picture without alt text, or not in the notebook."""
    for picture in shown:
        if not picture.alt:
            error = "a picture without alt text: say in words what it shows"
            yield Stop(picture.number, picture.cell, error)
        if picture.elsewhere:
            error = f"a picture is loaded from {picture.elsewhere}: embed it"
            yield Stop(picture.number, picture.cell, error)


def _in_output(number: int, cell: str, output: dict[str, Any]) -> Iterator[Picture]:
    """Yield the pictures of one output, which may hold a picture in several types."""
    data, about = output.get("data", {}), output.get("metadata", {})
    drawn = list(_in_html(number, cell, text(data.get("text/html", ""))))
    yield from drawn
    for mime in () if drawn else SUFFIXES:
        if mime in data:
            raw = text(data[mime])
            content = raw.encode() if mime == _SVG else _decoded(raw)
            alt = str(about.get(mime, {}).get("alt", "")) or (
                label(BeautifulSoup(raw, "html.parser")) if mime == _SVG else ""
            )
            yield Picture(number, cell, mime, content, alt.strip())
            return


def _in_html(number: int, cell: str, html: str) -> Iterator[Picture]:
    if "<img" not in html and "<svg" not in html:
        return
    drawings = iter(_DRAWING.findall(html))
    for tag in BeautifulSoup(html, "html.parser").select("img, svg:not(svg svg)"):
        if tag.name == "svg":
            content = _as_file(next(drawings, ""))
            if not tag.get("aria-hidden"):
                yield Picture(number, cell, _SVG, content, label(tag))
        else:
            mime, content, elsewhere = _from_address(str(tag.get("src", "")))
            alt = str(tag.get("alt", "")).strip()
            yield Picture(number, cell, mime, content, alt, elsewhere)


def _as_file(drawing: str) -> bytes:
    """Return a drawing within HTML as the content of a file."""
    if "xmlns=" not in drawing.partition(">")[0]:
        drawing = drawing.replace("<svg", f'<svg xmlns="{_NAMESPACE}"', 1)
    return drawing.encode()


def label(tag: Tag) -> str:
    """Return the words that describe a drawing: its aria-label, or its title."""
    drawing = tag if tag.name == "svg" else tag.find("svg")
    if drawing is None:
        return ""
    title = drawing.find("title", recursive=False)
    spoken = drawing.get("aria-label") or (title.get_text() if title else "")
    return str(spoken).strip()


def _from_address(address: str) -> tuple[str, bytes, str]:
    """Return type and content of a data: address, or else the address itself."""
    head, comma, body = address.partition(",")
    if not (comma and head.startswith("data:")):
        return "", b"", address or "nowhere"
    mime, *flags = head.removeprefix("data:").split(";")
    plain = _ESCAPED.sub(lambda code: bytes.fromhex(code[1].decode()), body.encode())
    return mime, _decoded(plain) if "base64" in flags else plain, ""


def _decoded(given: str | bytes) -> bytes:
    try:
        return base64.b64decode(given)
    except (binascii.Error, ValueError):
        return b""


def text(value: Any) -> str:
    """Return a text from a notebook's JSON: a string, or a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


__all__ = ["SUFFIXES", "Picture", "faults", "label", "pictures", "text"]
