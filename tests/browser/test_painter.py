"""The kernel painter on a page: painted by keys, mouse and touch; the window moved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import KernelPainter
from cnnlab.numerics import corr2d
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
PIXEL = """([row, column]) => {
  const canvas = document.querySelector("[aria-label^='Feature map']");
  return [...canvas.getContext("2d").getImageData(column, row, 1, 1).data];
}"""
# What it takes from a changed state to drawn pixels, and, so that a busy machine slows
# both, to make and lay out 5,000 cells: medians.
TIMES = """async (states) => {
  const { model } = window.cnnlabExplorers.get("painter");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const [times, references] = [[], []];
  for (const state of states) {
    await frame();
    let start = 0;
    requestAnimationFrame(() => (start = performance.now()));
    model.set("state", { ...model.get("state"), ...state });
    model.save_changes();
    await frame();
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    start = performance.now();
    const box = document.createElement("div");
    for (let n = 0; n < 5000; n++) box.append(document.createElement("p"));
    document.body.append(box);
    box.getBoundingClientRect();
    references.push(performance.now() - start);
    box.remove();
  }
  const median = (found) => found.sort((a, b) => a - b)[Math.floor(found.length / 2)];
  return [median(times), median(references)];
}"""


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, KernelPainter())
    return page


def state(page: Page) -> dict[str, Any]:
    return state_of(page, "painter")


def cell(page: Page, row: int, column: int) -> Locator:
    """Return a cell of the kernel."""
    kernel = page.get_by_role("grid", name="Kernel:")
    return kernel.locator(f"[data-row='{row}'][data-column='{column}']")


def place(
    canvas: Locator, row: float, column: float, cells: int
) -> tuple[float, float]:
    box = canvas.bounding_box()
    assert box is not None
    side = box["width"] / cells
    return box["x"] + (column + 0.5) * side, box["y"] + (row + 0.5) * side


def photo(page: Page) -> Locator:
    return page.get_by_role("application", name="Picture")


def feature_map(page: Page) -> Locator:
    return page.get_by_role("application", name="Feature map")


def test_a_kernel_is_painted_by_keys(shown: Page) -> None:
    cell(shown, 0, 0).focus()
    for key in ("ArrowRight", "5", "ArrowDown", "-", "ArrowLeft", "Enter"):
        shown.keyboard.press(key)
    expect(cell(shown, 1, 0)).to_have_text("1")
    assert state(shown)["kernel"] == "custom"
    assert state(shown)["cells"] == "-1,5,1,1,-1,1,-1,0,1"
    expect(shown.get_by_text("row 1, column 0: 1", exact=True)).to_be_visible()
    expect(shown.get_by_text("The weights add up to 6: flat areas get")).to_be_visible()
    expect(cell(shown, 1, 0)).to_be_focused()
    same = KernelPainter(**state(shown))
    got = corr2d(same.image(), same.weights())
    text = f"Feature map 94 × 94: from {got.min():.0f} to {got.max():.0f}"
    expect(shown.get_by_text(text.replace("-", "−"))).to_be_visible()


def test_a_drag_paints_all_cells_below_it(shown: Page) -> None:
    brush = shown.get_by_label("paint with", exact=True)
    brush.fill("-4")
    brush.press("Enter")
    start, end = cell(shown, 0, 0).bounding_box(), cell(shown, 0, 2).bounding_box()
    assert start is not None
    assert end is not None
    shown.mouse.move(start["x"] + 9, start["y"] + 9)
    shown.mouse.down()
    shown.mouse.move(end["x"] + 9, end["y"] + 9, steps=8)
    shown.mouse.up()
    expect(cell(shown, 0, 2)).to_have_text("−4")
    assert state(shown)["cells"] == "-4,-4,-4,-1,0,1,-1,0,1"
    shown.mouse.move(start["x"] + 9, start["y"] + 70)  # not held: paints nothing
    cell(shown, 0, 2).focus()
    shown.keyboard.press("ArrowDown")
    assert state(shown)["cells"] == "-4,-4,-4,-1,0,1,-1,0,1"


def test_a_chosen_kernel_is_kept_when_it_is_changed(shown: Page) -> None:
    shown.get_by_role("combobox", name="kernel").select_option("blur")
    expect(shown.get_by_label("divide by", exact=True)).to_have_value("9")
    expect(cell(shown, 2, 2)).to_have_text("1")
    shown.get_by_text("5 × 5").click()
    expect(shown.get_by_label("divide by", exact=True)).to_have_value("25")
    expect(cell(shown, 4, 4)).to_have_text("1")
    cell(shown, 0, 0).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "0"):
        shown.keyboard.press(key)
    assert state(shown)["divide"] == 25
    assert np.isclose(KernelPainter(**state(shown)).weights().sum(), 24 / 25)
    shown.get_by_text("3 × 3").click()
    expect(cell(shown, 2, 2)).to_have_text("1")
    assert state(shown)["cells"] == "1,1,1,1,0,1,1,1,1"


def test_the_window_moves_by_mouse_and_keys(shown: Page) -> None:
    canvas = photo(shown)
    canvas.scroll_into_view_if_needed()
    shown.mouse.move(*place(canvas, 20, 30, 96))
    shown.mouse.down()
    shown.mouse.move(*place(canvas, 40, 61, 96), steps=5)
    shown.mouse.up()
    painter = KernelPainter()
    value = corr2d(painter.image(), painter.weights())[39, 60]
    said = f"row 39, column 60: .* = {value:.0f}".replace("-", "−")
    live = shown.locator("[data-cl-key=painter] .cl-live")
    expect(live).to_have_text(re.compile(said))
    feature_map(shown).focus()
    for key in ("ArrowRight", "Shift+ArrowDown", "End", "ArrowRight"):
        shown.keyboard.press(key)
    assert (state(shown)["row"], state(shown)["column"]) == (47, 93)
    canvas.focus()
    shown.keyboard.press("Home")
    assert (state(shown)["row"], state(shown)["column"]) == (47, 0)


def test_each_view_shows_the_number_below_zero(shown: Page) -> None:
    value = corr2d(KernelPainter().image(), KernelPainter().weights())[25, 51]
    assert value < -100
    live = shown.locator("[data-cl-key=painter] .cl-live")
    expect(live).to_contain_text(f"−{-value:.0f}")
    red, green, blue, _ = shown.evaluate(PIXEL, [25, 51])
    assert max(red, green) < 100 < blue + 30  # dark and violet
    shown.get_by_text("absolute", exact=True).click()
    expect(live).to_contain_text(f"shown as {-value:.0f}")
    assert len(set(shown.evaluate(PIXEL, [25, 51])[:3])) == 1
    assert shown.evaluate(PIXEL, [25, 51])[0] > 100
    shown.get_by_text("clipped", exact=True).click()
    expect(live).to_contain_text("shown as 0")
    assert shown.evaluate(PIXEL, [25, 51])[:3] == [0, 0, 0]


def test_the_prediction_comes_before_the_map(shown: Page) -> None:
    shown.get_by_role("button", name="Predict first").click()
    for hidden in (feature_map(shown), shown.get_by_text("The weights add up to")):
        expect(hidden).to_be_hidden()
    shown.get_by_role("textbox", name="number").fill("100")
    shown.get_by_role("button", name="Commit").click()
    expect(shown.get_by_text("You predicted 100. It is 0. The weights")).to_be_visible()
    expect(feature_map(shown)).to_be_visible()


def test_wrong_cells_are_named(shown: Page) -> None:
    set_state(shown, "painter", kernel="custom", cells="1,2")
    alert = shown.locator("[data-cl-key=painter] > .cl-explorer > .cl-wrong")
    expect(alert).to_have_text("cells is 1,2: it must be 9 numbers from −99 to 99")


def test_touch_paints_and_moves(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, KernelPainter())
    cell(page, 1, 1).tap()
    expect(cell(page, 1, 1)).to_have_text("1")
    box = cell(page, 1, 1).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    canvas = feature_map(page)
    canvas.scroll_into_view_if_needed()
    page.touchscreen.tap(*place(canvas, 70, 12, 94))
    expect(page.locator("[data-cl-key=painter] .cl-live")).to_contain_text(
        "row 70, column 12:"
    )
    context.close()


def test_a_frame_is_short_at_the_largest_size(page: Page, tmp_path: Path) -> None:
    image = np.random.default_rng(0).random((128, 128))
    open_explorer(page, tmp_path, KernelPainter(image=image, kernel="blur", size="5"))
    painted = [
        {"kernel": "custom", "cells": ",".join([str(n)] * 25)} for n in range(1, 30)
    ]
    dragged = [{"row": n, "column": 2 * n} for n in range(30)]
    for states in (painted, dragged):
        frame, reference = page.evaluate(TIMES, states)
        assert frame < max(16, reference)
