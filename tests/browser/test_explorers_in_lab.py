"""An explorer in a real JupyterLab: live, known to Python, and opened again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Page

from tests.support.lab import Lab, start_lab, until

PATH = "lesson.ipynb"
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
CELLS = [
    "from cnnlab.explorers import Shapes\n\nshapes = Shapes(compare='torch')\nshapes",
    "print(shapes.text, shapes.guesses)",
]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("explorers") / "course"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=PYTHON)
    nbformat.write(notebook, folder / PATH)
    with start_lab(folder) as lab:
        yield lab


def printed(cells: list[dict[str, Any]]) -> str:
    return "".join(text for output in cells[1]["outputs"] for text in output["text"])


def test_it_is_live_known_to_python_and_live_when_opened_again(
    lab: Lab, page: Page
) -> None:
    lab.open(page, PATH)
    lab.run_all(page, PATH, 120)
    explorer = page.locator(".cl-explorer")
    explorer.wait_for()
    output = explorer.get_by_role("grid", name="Output: move the window")
    output.get_by_role("gridcell").first.click()
    # In command mode, the notebook would cut the cell.
    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    explorer.get_by_text("Output row 1, column 1:").wait_for()
    page.locator(".jp-CodeCell").nth(1).locator(".jp-Cell-inputArea").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.get_by_text("shapes?row=1&column=1&compare=torch").wait_for()
    cells = lab.save(page, PATH)
    assert printed(cells) == "shapes?row=1&column=1&compare=torch []\n"
    saved = json.loads((lab.folder / PATH).read_text("utf-8"))
    assert "widgets" not in saved["metadata"]
    data = cells[0]["outputs"][0]["data"]
    assert set(data) == {"image/png", "text/html", "text/plain"}

    # Without its kernel.
    lab.close_notebooks()
    lab.open(page, PATH)
    explorer = page.locator(".cl-explorer")
    explorer.wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0
    output = explorer.get_by_role("grid", name="Output: move the window")
    output.get_by_role("gridcell").first.click()
    page.keyboard.press("ArrowRight")
    explorer.get_by_text("Output row 0, column 1:").wait_for()


@pytest.mark.nightly
def test_notebook_7_leaves_plain_keys_to_it(lab: Lab, page: Page) -> None:
    page.goto(f"{lab.url}/notebooks/{PATH}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_text("shapes?compare=torch").wait_for(timeout=120_000)
    explorer = page.locator(".cl-explorer")
    output = explorer.get_by_role("grid", name="Output: move the window")
    output.get_by_role("gridcell").first.click()
    # In command mode, these would cut the cell and go to the next one.
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    explorer.get_by_text("Output row 1, column 0:").wait_for()
    explorer.get_by_label("same (Keras)").first.focus()
    page.keyboard.press("ArrowDown")
    assert explorer.get_by_label("p all around (PyTorch)").first.is_checked()
    assert page.locator(".jp-CodeCell").count() == len(CELLS)
    # Its shortcuts with Shift and Ctrl are still its own.
    file = lab.folder / PATH
    before = file.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    until(lambda: file.stat().st_mtime_ns != before, 60)
