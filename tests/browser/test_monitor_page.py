"""The training monitor: on a page, and live in a real JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import TrainingMonitor
from tests.support.explorers import open_explorer, settle, state_of
from tests.support.lab import Lab, start_lab, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

NOTEBOOK = "training.ipynb"
# Waits for a file before each epoch but the first.
TRAINING = """import pathlib, time
from cnnlab.explorers import TrainingMonitor
monitor = TrainingMonitor(title="slow")
monitor.set_params({"epochs": 3})
monitor.on_train_begin()
for epoch, loss in enumerate([2.0, 1.0, 1.5]):
    while epoch and not pathlib.Path(f"go{epoch}").exists():
        time.sleep(0.05)
    monitor.on_epoch_end(epoch, {"loss": 1 / (1 + epoch), "val_loss": loss})
monitor.on_train_end()
print("done")"""


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, TrainingMonitor())
    return page


def live(page: Page) -> Locator:
    return page.locator(".cl-live")


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="epochs shown")


def points(page: Page, kind: str) -> int:
    """Return how many points a curve of the loss has."""
    settle(page)
    return page.locator(".cl-chart").first.locator(f".cl-curve{kind} text").count()


def test_keys_go_back_and_forth_in_time(shown: Page) -> None:
    expect(live(shown)).to_contain_text("Since epoch 5 the training loss has fallen")
    assert points(shown, ".cl-val") == 20
    slider(shown).focus()
    shown.keyboard.press("Home")
    expect(live(shown)).to_have_text("One epoch is too early to say.")
    for _ in range(4):
        shown.keyboard.press("ArrowRight")
    expect(live(shown)).to_have_text(
        "Both losses fall: the model learns, and more epochs may help."
    )
    assert points(shown, ".cl-val") == 5
    expect(shown.get_by_text("early stopping with patience 2: has not")).to_be_visible()
    shown.keyboard.press("End")
    expect(shown.get_by_text("patience 2: stops after epoch 7")).to_be_visible()
    shown.get_by_role("spinbutton", name="patience").focus()
    shown.keyboard.press("ArrowUp")
    expect(shown.get_by_text("patience 3: stops after epoch 8")).to_be_visible()
    assert state_of(shown, "monitor") == {"epoch": 1000, "patience": 3}


def test_a_chart_is_dragged_through_the_epochs(shown: Page) -> None:
    chart = shown.get_by_role("img", name="accuracy")
    box = chart.bounding_box()
    assert box is not None
    shown.mouse.move(box["x"] + 44 + 3 * 344 / 19, box["y"] + 90)
    shown.mouse.down()
    expect(shown.get_by_text("epochs shown: 4 of 20")).to_be_visible()
    shown.mouse.move(box["x"] + 44 + 9 * 344 / 19, box["y"] + 90, steps=3)
    shown.mouse.up()
    expect(shown.get_by_text("epochs shown: 10 of 20")).to_be_visible()
    assert state_of(shown, "monitor")["epoch"] == 10


def test_a_chart_is_tapped_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, TrainingMonitor())
    page.get_by_role("img", name="loss").tap(position={"x": 40, "y": 80})
    expect(page.get_by_text("epochs shown: 1 of 20")).to_be_visible()
    height = slider(page).evaluate("node => node.getBoundingClientRect().height")
    assert height >= 44
    context.close()


def test_validation_is_hidden_until_a_guess(page: Page, tmp_path: Path) -> None:
    history = TrainingMonitor().history
    open_explorer(page, tmp_path, TrainingMonitor.of(history, title="mine", epoch=3))
    assert points(page, ".cl-val") == 0
    assert points(page, "") == 20
    expect(page.get_by_text("best: 5")).to_have_count(0)
    expect(page.get_by_text("lowest validation loss")).to_have_count(0)
    page.get_by_role("textbox", name="epoch").fill("8")
    page.keyboard.press("Enter")
    result = page.locator(".cl-result")
    expect(result).to_contain_text("You predicted 8. It is 5. Since epoch 5 the")
    assert points(page, ".cl-val") == 3


def test_curves_grow_when_data_comes(shown: Page) -> None:
    for count in (0, 1, 2):
        history = {"loss": [2.0, None][:count], "val_loss": [1.5, 1.25][:count]}
        data = {"title": "new", "history": history, "planned": 5, "ended": False}
        shown.evaluate(
            """data => {
              const { model } = window.cnnlabExplorers.get("monitor");
              model.set("data", data);
              model.save_changes();
            }""",
            data,
        )
        expect(
            shown.get_by_text(f"new – training, epoch {count + 1} of 5")
        ).to_be_visible()
        assert points(shown, ".cl-val") == count
    expect(live(shown)).to_contain_text("The training loss is not a number")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("monitor") / "course"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(TRAINING)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, folder / NOTEBOOK)
    with start_lab(folder) as lab:
        yield lab


@pytest.mark.nightly
def test_curves_grow_in_jupyterlab_while_the_cell_runs(lab: Lab, page: Page) -> None:
    lab.open(page, NOTEBOOK)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    for epoch in (1, 2):
        page.get_by_text(f"slow – training, epoch {epoch + 1} of 3").wait_for()
        assert points(page, ".cl-val") == epoch
        (lab.folder / f"go{epoch}").touch()
    page.get_by_text("done", exact=True).wait_for()
    expect(live(page)).to_contain_text("Since epoch 2 the training loss has fallen")
    until(lambda: set(lab.kernels()) == {"idle"}, 30)
    (cell,) = lab.save(page, NOTEBOOK)
    saved = json.dumps(cell["outputs"])
    assert "[2.0, 1.0, 1.5]" in saved
    assert page.locator(".cl-explorer").count() == 1
