"""Run All on a blank student copy, in a real JupyterLab: it runs to the last cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from grader.course.course import Course
from tests.support.lab import Lab, start_lab
from tests.support.paths import ROOT

COPIES = {
    path.stem: path.relative_to(ROOT)
    for path in sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
}
RUN_SECONDS = 200
pytestmark = [
    pytest.mark.nightly,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("browser") / "course"
    course = Course.open(ROOT)
    for name, path in COPIES.items():
        notebook = json.loads((ROOT / path).read_text("utf-8"))
        shorten(notebook, course.assignment(name).parameters)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(notebook), "utf-8")
    with start_lab(folder) as lab:
        yield lab


@pytest.fixture(autouse=True)
def _no_kernel_is_left(lab: Lab) -> Iterator[None]:
    yield
    lab.close_notebooks()


def shorten(notebook: dict[str, Any], parameters: dict[str, Any]) -> None:
    """Give a notebook the parameters of the short runs."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            lines = [f"{name} = {value!r}" for name, value in parameters.items()]
            cell["source"] = "\n".join(["".join(cell["source"]), *lines])


def errors(cells: list[dict[str, Any]]) -> Iterator[str]:
    for cell in cells:
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                yield f"{''.join(cell['source'])}\n-> {output['evalue']}"


def printed_by(cell: dict[str, Any]) -> str:
    return "".join("".join(output.get("text", "")) for output in cell["outputs"])


@pytest.mark.parametrize("name", COPIES)
def test_a_blank_copy_runs_to_its_last_cell(lab: Lab, page: Page, name: str) -> None:
    path = str(COPIES[name])
    lab.open(page, path)
    cells = lab.run_all(page, path, RUN_SECONDS)
    assert list(errors(cells)) == []
    tests = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade")]
    last = cells[-1]
    assert last["execution_count"] == len(cells)
    assert f"0 of {len(tests)} answered" in printed_by(last)
    assert all("not answered yet" in printed_by(test) for test in tests)
    assert "Ellipsis" not in json.dumps([cell["outputs"] for cell in cells])


def test_students_see_no_instructors_tools(lab: Lab, page: Page) -> None:
    lab.open(page, str(COPIES["01_introduction"]))
    menus = page.get_by_role("menubar").first.inner_text()
    assert "Kernel" in menus
    assert "Nbgrader" not in menus
    assert page.get_by_text("Validate", exact=True).count() == 0
    assert page.get_by_title("Create Assignment").count() == 0
