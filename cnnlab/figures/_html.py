"""Show a figure in a page: in pieces that wrap, in the colours of the page.

The drawing is inline SVG, because only that takes its text colour from the page, in
any theme and at once when the theme changes. It is in the page once; each piece shows
its part of it. All pieces shrink together, to fit the page's width, until their
smallest text has `SMALL` pixels; then they wrap. A piece that is alone in its row and
still too wide shrinks until its smallest text has `LEAST` pixels; then its own box
scrolls sideways, and never the page.

Where a host removes styles and drawings (JupyterLab does so for notebooks that are not
trusted), the still image remains. It is hidden by the style that is removed.
"""

from __future__ import annotations

import base64
import hashlib
import html
import math
import re

from cnnlab.figures._sheet import Box, Piece, Sheet
from cnnlab.figures._theme import INK

LEAST, SMALL = 9.0, 10.5  # of texts, in CSS pixels
_INCH, _POINT = 96.0, 96 / 72  # in CSS pixels
_GAP = 14  # between pieces, in CSS pixels
_UNITS = 72.0  # of the drawing, per inch

_STYLE = (
    "<style>"
    ".cnnlab-panels[hidden]{display:block;container-type:inline-size}"
    ".cnnlab-picture>img{display:none}"
    ".cnnlab-row{display:flex;flex-wrap:wrap;align-items:center;"
    f"gap:8px {_GAP}px;margin:6px 0}}"
    ".cnnlab-piece{min-width:0;overflow-x:auto;overflow-y:hidden}"
    ".cnnlab-piece>svg{display:block;width:100%;height:auto}"
    ".cnnlab-words{flex:0 1 auto;font-size:13px;line-height:1.5;white-space:pre-line}"
    ".cnnlab-title{font-size:15px}"
    ".cnnlab-ink{position:absolute;width:0;height:0}"
    ".cnnlab-picture>details{font-size:12px;line-height:1.4;margin:2px 0 6px;"
    "max-width:75ch}"
    ".cnnlab-picture summary{cursor:pointer;width:max-content;opacity:.8}"
    "</style>"
)

# Matplotlib draws a text in units of 100, scaled to its size in points.
_TEXT_SCALE = re.compile(r"scale\(([\d.]+) -")
_IDS = re.compile(r' id="([^"]+)"')
_REFERENCES = re.compile(r'url\(#([^)]+)\)|href="#([^"]+)"')
_NOISE = re.compile(
    r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->|(?<=>)\s+(?=<)", re.DOTALL
)

__all__ = ["LEAST", "SMALL", "page"]


def page(sheet: Sheet, svg: str, png: bytes, alt: str, description: str) -> str:
    """Return a figure as HTML.

    Parameters
    ----------
    sheet
        The figure and its pieces.
    svg
        The whole figure, drawn without a background.
    png
        The whole figure as a still image.
    alt, description
        What it shows, in a sentence and in detail.

    Returns
    -------
    str
        HTML with a style of its own and without scripts. Equal arguments give an
        equal text.
    """
    name = f"cnnlab-{hashlib.sha256(svg.encode()).hexdigest()[:12]}"
    smallest = min(map(float, _TEXT_SCALE.findall(svg)), default=0.1) * 100 * _POINT
    widest = max(sum(_natural(piece) for piece in row) for row in sheet.rows)
    gaps = _GAP * max(len(row) - 1 for row in sheet.rows)
    share = f"(100cqw - {gaps}px)/{widest:.0f}"
    rows = "".join(
        '<div class="cnnlab-row">'
        f"{''.join(_piece(piece, name, smallest, share) for piece in row)}</div>"
        for row in sheet.rows
    )
    spoken = html.escape(alt)
    width = sheet.figure.get_figwidth() * _INCH
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return (
        f'<div class="cnnlab-picture">{_STYLE}'
        f'<div class="cnnlab-panels" hidden="hidden" role="img" aria-label="{spoken}">'
        f"{_drawing(svg, name)}{rows}</div>"
        f'<img alt="{spoken}" width="{width:.0f}" style="max-width:100%" '
        f'src="{source}">'
        "<details><summary>Description</summary>"
        f"{html.escape(description)}</details></div>"
    )


def _natural(piece: Piece) -> float:
    return piece.width * _INCH if isinstance(piece, Box) else 0.0


def _piece(piece: Piece, name: str, smallest: float, share: str) -> str:
    """Return a piece as HTML; `share` is the scale at which all would fit, in CSS."""
    if not isinstance(piece, Box):
        title = " cnnlab-title" if piece.is_title else ""
        return f'<div class="cnnlab-words{title}">{html.escape(piece.text)}</div>'
    natural = _natural(piece)
    wrap, least = (math.ceil(natural * size / smallest) for size in (SMALL, LEAST))
    most = max(round(natural), least)
    x, y, width, height = (side * _UNITS for side in piece[:4])
    part = f"{name}-axes_{piece.axes}" if piece.axes else name
    grows = f"flex-grow:{natural:.0f};" if piece.axes else ""
    return (
        f'<div class="cnnlab-piece" style="{grows}width:{most}px;width:'
        f"clamp({min(most, wrap)}px,calc({share}*{natural:.0f}),{most}px);"
        f'max-width:min(100%,{most}px)">'
        f'<svg aria-hidden="true" style="min-width:{least}px" '
        f'viewBox="{x:.1f} {y:.1f} {width:.1f} {height:.1f}">'
        f'<use href="#{part}"/></svg></div>'
    )


def _drawing(svg: str, name: str) -> str:
    """Return the drawing for use by pieces, with names that no other figure has."""
    start = svg.index(">", svg.index("<svg")) + 1
    body = _NOISE.sub("", svg[start : svg.rindex("</svg>")])
    used = {one or other for one, other in _REFERENCES.findall(body)}

    def renamed(found: re.Match[str]) -> str:
        kept = found[1] in used or found[1].startswith("axes_")
        return f' id="{name}-{found[1]}"' if kept else ""

    body = _IDS.sub(renamed, body).replace("url(#", f"url(#{name}-")
    body = body.replace('href="#', f'href="#{name}-').replace(INK, "currentColor")
    return (
        '<svg class="cnnlab-ink" aria-hidden="true"><defs>'
        f'<g id="{name}" stroke-linejoin="round">{body}</g></defs></svg>'
    )
