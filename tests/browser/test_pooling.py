"""The pooling bench on a page: its keys, dragging by mouse and touch, its question."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cnnlab.explorers import PoolBench
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

LESSON_IMAGE = [
    [1, 0, 2, -1, 3],
    [4, -2, 0, 8, -3],
    [0, 1, 7, 2, 5],
    [-1, 3, 0, -2, 6],
    [2, 6, -4, 1, 0],
]
CELL = 40  # pixels to drag for one cell


@pytest.fixture
def bench(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, PoolBench())
    return page


def move_left_by(page: Page, cells: int) -> None:
    """Wait until the map has moved to the left by so many cells."""
    left = "window.cnnlabExplorers.get('pooling').model.get('state').left"
    page.wait_for_function(f"cells => {left} === cells", arg=cells)


def test_the_window_moves_by_keys(bench: Page) -> None:
    output = bench.get_by_role("grid", name="Output", exact=True)
    output.locator("[tabindex='0']").focus()
    bench.keyboard.press("ArrowRight")
    said = "Output row 0, column 1: largest of 0, 2, 5, −3 = 5"
    expect(bench.locator(".cl-live")).to_have_text(said)
    bench.keyboard.press("End")
    bench.keyboard.press("ArrowDown")
    expect(output.locator(".cl-window")).to_have_attribute(
        "aria-label", "row 1, column 2: 8"
    )
    largest = bench.get_by_role("grid", name="Map").locator(".cl-largest")
    expect(largest).to_have_attribute(
        "aria-label", "row 2, column 5: 8, window, largest"
    )


def test_the_map_moves_by_keys_and_the_change_is_said(bench: Page) -> None:
    bench.get_by_role("spinbutton", name="moved left").press("ArrowUp")
    said = "max: 5 of 6 change; shift change 11 / 29 = 0.38"
    expect(bench.locator(".cl-live")).to_have_text(said)
    before = bench.get_by_role("grid", name="Output before the move")
    expect(before.get_by_role("gridcell")).to_have_text(["7", "5", "−1", "6", "2", "8"])
    output = bench.get_by_role("grid", name="Output", exact=True)
    expect(output.locator(".cl-differs")).to_have_count(5)
    expect(output.get_by_role("gridcell").first).to_have_attribute(
        "aria-label", "row 0, column 0: 5, changed"
    )


def test_the_map_is_dragged_by_the_mouse_within_its_limits(bench: Page) -> None:
    cell = bench.get_by_role("grid", name="Map").get_by_role("gridcell").nth(10)
    box = cell.bounding_box()
    assert box
    x, y = box["x"] + 20, box["y"] + 20
    bench.mouse.move(x, y)
    bench.mouse.down()
    bench.mouse.move(x - CELL - 5, y)
    move_left_by(bench, 1)
    bench.mouse.move(x - 2 * CELL - 5, y + CELL + 5)
    move_left_by(bench, 2)
    assert state_of(bench, "pooling")["up"] == -1
    bench.mouse.move(0, y)
    move_left_by(bench, 4)
    bench.mouse.up()
    bench.mouse.move(x + 2 * CELL, y)
    assert state_of(bench, "pooling")["left"] == 4


def test_the_map_is_dragged_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_explorer(page, tmp_path, PoolBench())
    cell = page.get_by_role("gridcell").first.bounding_box()
    assert cell
    assert min(cell["width"], cell["height"]) >= 44
    # First: a tap soon after a drag would only end the drag.
    page.get_by_role("button", name="moved left: one more").tap()
    move_left_by(page, 1)
    handle = page.get_by_text("drag the map")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    assert box["height"] >= 44
    x, y = box["x"] + 100, box["y"] + 20
    device = context.new_cdp_session(page)
    for kind, at in (("Start", 0), ("Move", CELL // 2), ("Move", CELL + 5)):
        points = [{"x": x - at, "y": y}]
        device.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    move_left_by(page, 2)
    context.close()


def test_the_gradient_is_asked_for_before_it_is_shown(
    page: Page, tmp_path: Path
) -> None:
    bench = PoolBench(image=LESSON_IMAGE, size=3, backward=True)
    open_explorer(page, tmp_path, bench)
    passed = page.get_by_role("grid", name="Gradient passed on")
    expect(passed.get_by_role("gridcell").nth(12)).to_have_text("36")
    page.get_by_role("button", name="Predict first").click()
    expect(passed).to_be_hidden()
    # No sentence gives it away either.
    page.get_by_role("grid", name="Map").get_by_role("gridcell").nth(12).click()
    page.get_by_role("spinbutton", name="moved left").press("Home")
    expect(page.locator(".cl-live")).to_have_text("")
    question = "Which gradient does row 2, column 2 of the map get?"
    expect(page.locator("form")).to_contain_text(question)
    page.get_by_role("textbox", name="number").fill("36")
    page.get_by_role("button", name="Commit").click()
    answer = "You predicted 36. That is right. 18 + −9 + 27 = 36"
    expect(page.locator(".cl-result")).to_have_text(answer)
    expect(passed).to_be_visible()


def test_what_does_not_fit_is_said(page: Page, tmp_path: Path) -> None:
    open_explorer(page, tmp_path, PoolBench(image=LESSON_IMAGE))
    page.get_by_role("spinbutton", name="moved up").press("ArrowUp")
    wrong = page.locator("p.cl-wrong")
    expect(wrong).to_contain_text("does not fit in 5 × 5 cells of this map")
    output = page.get_by_role("grid", name="Output", exact=True)
    expect(output).to_be_hidden()
    page.get_by_role("spinbutton", name="moved up").press("ArrowDown")
    expect(wrong).to_have_text("")
    set_state(page, "pooling", size=6)
    expect(wrong).to_contain_text("a window of 6 does not fit")


def test_padding_and_ties_are_named(page: Page, tmp_path: Path) -> None:
    open_explorer(page, tmp_path, PoolBench(image=[[1, 1, 1]], size=2, padding="same"))
    cells = page.get_by_role("grid", name="Map").get_by_role("gridcell")
    words = [cell.get_attribute("aria-label") for cell in cells.all()]
    assert words == [
        "row 0, column 0: 1, window, largest",
        "row 0, column 1: 1, window, tied",
        "row 0, column 2: 1",
        "row 0, column 3: padding, left out",
        *(f"row 1, column {column}: padding, left out" for column in range(4)),
    ]
    facts = page.locator(".cl-facts")
    expect(facts).to_contain_text("padding is left out: this window has 2 cells")
    tie = "a tie of 2: the first, row by row, gets the gradient"
    expect(facts).to_contain_text(tie)
