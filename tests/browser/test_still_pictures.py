"""A notebook that papermill runs and nbconvert shows has pictures, and no scripts."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from playwright.sync_api import Page

from tests.support.explorers import KINDS

SETUP = "from cnnlab import explorers"
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
PICTURES = """
images => images.map((image) => ({ alt: image.alt, wide: image.naturalWidth }))
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    folder = tmp_path_factory.mktemp("still")
    sources = [SETUP, *(f"explorers.{kind.__name__}()" for kind in KINDS.values())]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=PYTHON)
    nbformat.write(notebook, folder / "asked.ipynb")
    done: NotebookNode = papermill.execute_notebook(
        folder / "asked.ipynb", folder / "executed.ipynb", progress_bar=False
    )
    return done


def test_its_outputs_need_no_script_and_no_widget(executed: NotebookNode) -> None:
    assert "widgets" not in executed.metadata
    for name, cell in zip(KINDS, executed.cells[1:], strict=True):
        (output,) = cell.outputs
        assert set(output.data) == {"text/html", "image/png", "text/plain"}, name
        assert "<script" not in output.data["text/html"], name


@pytest.mark.nightly
def test_the_page_shows_each_picture_with_its_alt_text(
    executed: NotebookNode, page: Page, tmp_path: Path
) -> None:
    html, _ = HTMLExporter(exclude_input=True).from_notebook_node(executed)
    file = tmp_path / "executed.html"
    file.write_text(html, "utf-8")
    page.route("http*://**/*", lambda route: route.abort())
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    shown = page.eval_on_selector_all(".jp-OutputArea-output img", PICTURES)
    assert len(shown) == len(KINDS)
    for cell, picture in zip(executed.cells[1:], shown, strict=True):
        assert picture["wide"] > 100
        assert len(picture["alt"]) > 20
        assert picture["alt"] in cell.outputs[0].data["text/plain"].replace("\n", " ")
