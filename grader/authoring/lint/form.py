"""Rules on a notebook's file: format, ids, outputs, metadata, links, alt text. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from bs4 import BeautifulSoup

from grader.authoring.lint import prose
from grader.authoring.lint.address import COLAB
from grader.authoring.lint.finding import Page, Remark, Rule
from grader.authoring.run import figures

_READABLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BY_CHANCE = re.compile(r"[0-9a-f]{8,}|[0-9a-f]+(-[0-9a-f]{4,}){2,}|cell-?\d+")
_NOTEBOOK_METADATA = {"grader", "kernelspec", "language_info"}
_CELL_METADATA = {"deletable", "editable", "jupyter", "nbgrader", "tags"}
_SAYS_NOTHING = {"", "figure", "graphic", "image", "img", "photo", "picture"}


def file_format(page: Page) -> Iterator[Remark]:
    """Use notebook format 4.5, the first in which cells have ids."""
    version = page.raw.get("nbformat"), page.raw.get("nbformat_minor")
    if version != (4, 5):
        number = ".".join(map(str, version))
        yield Remark(
            None, f"notebook format {number}, not 4.5", "save it in JupyterLab"
        )


def cell_ids(page: Page) -> Iterator[Remark]:
    """Give each cell an id of its own that says what it is: other files refer to it."""
    ids = [cell.get("id") for cell in page.raw["cells"]]
    counts = Counter(map(str, ids))
    for number, given in enumerate(ids, start=1):
        name = str(given or "")
        if not _READABLE.fullmatch(name) or _BY_CHANCE.fullmatch(name):
            what = f"the id {given!r} says nothing to a reader"
            yield Remark(
                number, what, "name the cell in small letters, such as by-hand"
            )
        elif counts[name] > 1:
            yield Remark(number, f"the id {name!r} is on two cells", "rename one")


def outputs(page: Page) -> Iterator[Remark]:
    """Keep no outputs in the file: they age, and differ with each run."""
    run = [
        number
        for number, cell in enumerate(page.raw["cells"], start=1)
        if cell.get("outputs") or cell.get("execution_count") is not None
    ]
    if run:  # said once: whoever has run the notebook has run most of its cells
        below = f", and in {len(run) - 1} cells below" if len(run) > 1 else ""
        what = f"an output or a counter of runs is kept{below}"
        yield Remark(run[0], what, "clear all outputs and save")


def metadata(page: Page) -> Iterator[Remark]:
    """Keep nothing in the metadata that a tool left there, above all personal data."""
    about = page.raw.get("metadata", {})
    clean = "delete it from the metadata"
    for key in sorted(set(about) - _NOTEBOOK_METADATA):
        yield Remark(None, f"metadata.{key} does not belong to the course", clean)
    for number, cell in enumerate(page.raw["cells"], start=1):
        for key in sorted(set(cell.get("metadata", {})) - _CELL_METADATA):
            yield Remark(number, f"metadata.{key} does not belong to the course", clean)
    kernel = about.get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield Remark(
            None, f"the kernel is {kernel!r}, not 'python3'", "choose Python 3"
        )
    if about.get("language_info") != {"name": "python"}:
        what = "metadata.language_info names the machine it was saved on"
        yield Remark(None, what, 'let it be {"name": "python"}')


def alt_text(page: Page) -> Iterator[Remark]:
    """Describe every picture in Markdown in words."""
    for number, cell in page.of_type("markdown"):
        words = [alt for _, alt in prose.images(cell.source)]
        html = BeautifulSoup(prose.markup(cell.source), "html.parser")
        words += [str(tag.get("alt", "")) for tag in html.find_all("img")]
        words += [figures.label(tag) for tag in html.find_all("svg")]
        for alt in words:
            if alt.strip().lower() in _SAYS_NOTHING:
                what = f"a picture whose alt text is {alt!r}"
                yield Remark(number, what, "say in words what it shows")


def links(page: Page) -> Iterator[Remark]:
    """Link to this notebook, this repository, and notebooks that exist."""
    colab = page.address.colab(page.target)
    if colab not in prose.links(page.opening):
        yield Remark(
            1, "no button that opens this notebook in Colab", f"link to {colab}"
        )
    if "make lab" not in page.opening and "JupyterLab" not in page.opening:
        yield Remark(
            1, "the opening does not mention JupyterLab", "say how to open it there"
        )
    for number, cell in page.of_type("markdown"):
        for url in prose.links(cell.source):
            if url.startswith(COLAB) and url != colab:
                yield Remark(number, f"{url} is not this notebook", f"link to {colab}")
            elif _leads_nowhere(url, page):
                folder = PurePosixPath(page.target).parent
                what = f"no notebook at {url}, seen from {folder}/"
                mend = f"link to one of {', '.join(sorted(page.targets))}"
                yield Remark(number, what, mend)


def _leads_nowhere(url: str, page: Page) -> bool:
    path, _, _ = url.partition("#")
    if "://" in url or not path.endswith(".ipynb"):
        return False
    target = PurePosixPath(page.target).parent / path
    return normpath(target) not in page.targets


RULES: dict[str, Rule] = {
    "format": file_format,
    "ids": cell_ids,
    "outputs": outputs,
    "metadata": metadata,
    "alt-text": alt_text,
    "links": links,
}

__all__ = ["RULES"]
