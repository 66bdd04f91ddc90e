"""Explorers in the output of a cell in Google Colab: linked to Python, and readable."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cnnlab.explorers import Shapes, TrainingMonitor
from cnnlab.explorers._explorer import Explorer
from tests.support.colab import Colab, stand_in
from tests.support.lab import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def colab(monkeypatch: pytest.MonkeyPatch) -> Colab:
    return stand_in(monkeypatch)


def html(explorer: Explorer) -> str:
    return str(explorer._repr_mimebundle_()[0]["text/html"])


def test_python_knows_each_key_pressed_on_the_page(page: Page, colab: Colab) -> None:
    shapes = Shapes(compare="torch")
    colab.open_output(page, html(shapes))
    output = page.get_by_role("grid", name="Output: move the window")
    output.get_by_role("gridcell").first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    until(lambda: shapes.text == "shapes?row=1&column=1&compare=torch", 20)


def test_a_page_of_an_earlier_day_stays_alone(page: Page, colab: Colab) -> None:
    shapes = Shapes()
    html_then = html(shapes)
    page.add_init_script(
        'addEventListener("DOMContentLoaded", () => {'
        "google.colab.kernel.accessAllowed = false; })"
    )
    colab.open_output(page, html_then)
    page.get_by_label("rows", exact=True).first.press("ArrowUp")
    page.wait_for_function(
        "[...window.cnnlabExplorers.values()][0].model.get('state').rows === 8"
    )
    page.wait_for_timeout(300)
    assert shapes.text == "shapes"


def test_curves_grow_while_the_cell_runs(page: Page, colab: Colab) -> None:
    monitor = TrainingMonitor(title="toy")
    monitor.on_train_begin()
    colab.open_output(page, html(monitor))
    for epoch, loss in enumerate((0.9, 0.5, 0.4)):
        monitor.on_epoch_end(epoch, {"loss": loss})
        page.evaluate(colab.scripts[-1])
        page.get_by_text(f"epoch {epoch + 1}: fit loss {loss}").wait_for()


def test_it_can_be_read_in_colabs_dark_theme(page: Page, colab: Colab) -> None:
    page.emulate_media(color_scheme="light")
    colab.open_output(page, html(Shapes()))
    look = "getComputedStyle(document.querySelector('.cl-explorer'))"
    assert page.evaluate(f"{look}.colorScheme") == "dark"
    assert page.evaluate(f"{look}.backgroundColor") == "rgb(56, 56, 56)"
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response
    assert found["violations"] == []
