"""A Sphinx extension for readers without JavaScript, or with a screen reader.

Formulas become MathML, which browsers show without a script. Empty cells in the heads
of tables get words that only screen readers read out.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from grader.authoring.run.html import formula

_LOGGER = logging.getLogger(__name__)
# `formula` returns a string that begins like this if it cannot convert a formula.
_FAILED = "<code>"
# Brackets of a matrix, which otherwise grow with the largest matrix of their row.
_MATRIX = re.compile(
    r"<mo>&#x000(?:28|5B|7C);</mo><mtable>(?:(?!<mtable>).)*?</mtable>"
    r"<mo>&#x000(?:29|5D|7C);</mo>"
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer ``mathml``, and the function that names empty cells."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    app.connect("doctree-read", _name_columns)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _name_columns(_app: Sphinx, document: nodes.document) -> None:
    for head in document.findall(nodes.thead):
        for cell in head.findall(nodes.entry):
            if not cell.astext().strip():
                words = nodes.inline("", "item", classes=["visually-hidden"])
                cell += nodes.paragraph("", "", words)


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(_converted(node, "inline"))
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    drawn = _converted(node, "block")
    translator.body.append(f'<div class="course-formula" tabindex="0">{drawn}</div>\n')
    raise nodes.SkipNode


def _converted(node: nodes.Element, display: str) -> str:
    drawn = formula(node.astext(), display)
    if drawn.startswith(_FAILED):
        _LOGGER.warning(
            "this formula cannot be shown: %s", node.astext(), location=node
        )
    return _MATRIX.sub(lambda matrix: f"<mrow>{matrix[0]}</mrow>", drawn)


__all__ = ["setup"]
