"""Find words, headings, links and tables in Markdown, read as Jupyter does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

Token = dict[str, Any]
# Code, formulas, tables and the words of pictures are not prose.
_NOT_PROSE = {"block_code", "codespan", "block_math", "inline_math", "table", "image"}
_WORD = re.compile(r"[^\W\d_]")


@cache
def _parser() -> Any:
    from nbconvert.filters.markdown_mistune import MarkdownWithMath  # slow import

    # Without a renderer mistune returns tokens; nbconvert's types do not allow it.
    return MarkdownWithMath(renderer=None)  # type: ignore[arg-type]


def tokens(source: str) -> list[Token]:
    """Return the Markdown's blocks, nested as mistune nests them."""
    blocks: list[Token] = _parser().parse(source)[0]
    return blocks


def every(blocks: list[Token], *kinds: str) -> Iterator[Token]:
    """Yield all tokens of these kinds, at any depth, in order."""
    for token in blocks:
        if token["type"] in kinds:
            yield token
        yield from every(token.get("children") or [], *kinds)


def text(token: Token) -> str:
    """Return the text of a token as a reader sees it, in one line."""
    kinds = ("text", "codespan", "inline_math", "softbreak", "linebreak")
    raws = (part.get("raw", " ") for part in every([token], *kinds))
    return " ".join("".join(raws).split())


def words(source: str) -> int:
    """Count the words of prose; tables, formulas and code are left out.

    Examples
    --------
    >>> words("Two words, `code` and $x + y$ – more.")
    4
    """
    return sum(map(_words, tokens(source)))


def _words(token: Token) -> int:
    if token["type"] in _NOT_PROSE:
        return 0
    raw = token["raw"] if token["type"] == "text" else ""
    count = sum(bool(_WORD.search(word)) for word in raw.split())
    return count + sum(map(_words, token.get("children") or []))


def headings(source: str) -> list[tuple[int, str]]:
    """Return level and text of each heading."""
    heads = every(tokens(source), "heading")
    return [(token["attrs"]["level"], text(token)) for token in heads]


def links(source: str) -> list[str]:
    """Return the addresses of the links."""
    return [token["attrs"]["url"] for token in every(tokens(source), "link")]


def images(source: str) -> list[tuple[str, str]]:
    """Return address and alt text of each image in Markdown's own notation."""
    pictures = every(tokens(source), "image")
    return [(token["attrs"]["url"], text(token)) for token in pictures]


def markup(source: str) -> str:
    """Return the HTML in the Markdown, without code."""
    parts = every(tokens(source), "block_html", "inline_html", "text")
    return "".join(token["raw"] for token in parts)


def items(source: str) -> list[str]:
    """Return the items of the first list."""
    first = next(every(tokens(source), "list"), None)
    children = first["children"] if first else []
    return [text(child) for child in children]


def table(source: str, column: str) -> list[dict[str, str]]:
    """Return the rows of the first table that has a column of a given name.

    Parameters
    ----------
    source
        Markdown.
    column
        Heading of the column.

    Returns
    -------
    list of dict
        The text of each cell by its column's heading, for each row; empty if there
        is no such table.
    """
    for token in every(tokens(source), "table"):
        first, *others = token["children"]
        head = [text(cell) for cell in every([first], "table_cell")]
        if column in head:
            rows = every(others, "table_row")
            return [
                dict(zip(head, map(text, row["children"]), strict=False))
                for row in rows
            ]
    return []


__all__ = ["headings", "images", "items", "links", "markup", "table", "text", "words"]
