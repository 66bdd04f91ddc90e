"""Make the pages about a run: each notebook as HTML, and an index with all figures.

The pages load nothing from outside their folder and have no scripts: formulas are
MathML, which browsers show without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from jinja2 import Template

from grader.authoring.run.figures import Picture
from grader.authoring.run.outcome import Outcome
from grader.notebooks.cells import NotebookNode
from grader.reports import html

# nbconvert's own page, without what it would load from other hosts.
_TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""
# LaTeX environments that the converter does not know, and for each one that it knows
# and that looks the same.
_ENVIRONMENTS = {"aligned": "align*", "gathered": "matrix"}
# What it makes of the "&" of another environment that it does not know.
_STRAY = "<mi>&</mi>"


@dataclass(frozen=True, slots=True)
class Entry:
    """One notebook on the index.

    Attributes
    ----------
    outcome : Outcome
        How its run went.
    pictures : sequence of (Picture, str)
        Its pictures, with their paths in the output folder.
    """

    outcome: Outcome
    pictures: Sequence[tuple[Picture, str]]


def notebook_page(notebook: NotebookNode, title: str) -> str:
    """Return an executed notebook as an HTML page that needs no network.

    Parameters
    ----------
    notebook
        The notebook with its outputs.
    title
        The page's title.
    """
    from nbconvert.exporters.html import HTMLExporter  # slow import

    exporter = HTMLExporter(raw_template=_TEMPLATE)
    exporter.register_filter("markdown2html", _markdown)
    about = {"metadata": {"name": title}}
    body, _ = exporter.from_notebook_node(notebook, resources=about)
    return str(body)


def _markdown(source: str) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        """Show formulas as MathML, and pictures from other hosts as their words."""

        def block_math(self, body: str) -> str:
            return formula(body, "block")

        def inline_math(self, body: str) -> str:
            return formula(body, "inline")

        def image(self, text: str, url: str, title: str | None = None) -> str:
            if url.partition(":")[0] in ("http", "https"):
                return escape(text)
            return str(super().image(text, url, title))

    return str(MarkdownWithMath(renderer=Renderer(escape=False)).render(source))


def formula(latex: str, display: str) -> str:
    """Return a formula as MathML, or as LaTeX if it cannot be converted.

    Parameters
    ----------
    latex
        The formula without delimiters.
    display
        ``"block"`` or ``"inline"``.

    Returns
    -------
    str
        HTML.
    """
    from latex2mathml.converter import convert

    known = latex.strip()
    for name, same in _ENVIRONMENTS.items():
        known = known.replace(f"{{{name}}}", f"{{{same}}}")
    try:
        drawn = str(convert(known, display=display))
    except Exception:  # noqa: BLE001 - LaTeX that the converter does not know
        drawn = _STRAY
    if _STRAY in drawn:
        return f"<code>{escape(latex)}</code>"
    for side in ("right", "left"):  # Chromium knows no `columnalign`
        attribute = f'columnalign="{side}"'
        style = f"text-align: -webkit-{side}; padding-{side}: 0"
        drawn = drawn.replace(attribute, f'{attribute} style="{style}"')
    return drawn


def index(entries: Iterable[Entry], about: Mapping[str, Any]) -> str:
    """Return the index page of a run.

    Parameters
    ----------
    entries
        The notebooks, in the order they are to be shown.
    about
        Name and value of each fact about the whole run.
    """
    return _template().render(entries=list(entries), about=about)


@cache
def _template() -> Template:
    return html.environment("run.css").get_template("run.html.j2")


__all__ = ["Entry", "formula", "index", "notebook_page"]
