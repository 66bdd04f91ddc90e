"""The shift microscope on a page: keys, mouse, touch, its curves and its question."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import ShiftMicroscope
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

COLUMNS, CORNER = 14, 3  # of the image; the row and column where the pattern begins


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, ShiftMicroscope())
    return page


def moved(page: Page, right: int, down: int = 0) -> None:
    """Wait until the pattern has moved so far, in the state and in the sentence."""
    start = f"Moved right {right}, down {down}. "
    page.locator(".cl-live", has_text=start).wait_for()
    state = state_of(page, "shift")
    assert (state["right"], state["down"]) == (right, down)


def cell(page: Page, row: int, column: int) -> Locator:
    grid = page.get_by_role("grid", name="Pattern")
    return grid.get_by_role("gridcell").nth(row * COLUMNS + column)


def share(page: Page, kind: str) -> Locator:
    """Return what stands beside a kind in the legend."""
    return page.locator(".cl-kinds label", has_text=kind).locator("b")


def test_the_pattern_moves_by_keys_within_its_limits(shown: Page) -> None:
    cell(shown, CORNER, CORNER).focus()
    shown.keyboard.press("ArrowRight")
    moved(shown, 1)
    expect(share(shown, "no pooling")).to_have_text("86 %")
    expect(share(shown, "global average")).to_have_text("0 %")
    expect(cell(shown, CORNER, CORNER + 1)).to_be_focused()
    expect(shown.locator(".cl-window")).to_have_attribute(
        "aria-label", "row 3, column 4: 9"
    )
    shown.keyboard.press("ArrowDown")
    moved(shown, 1, 1)
    shown.keyboard.press("End")
    moved(shown, 8, 1)
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("Home")
    moved(shown, 0, 1)
    for _ in range(3):
        shown.keyboard.press("ArrowUp")
    moved(shown, 0, 0)


def test_the_slider_and_the_curve_agree(shown: Page) -> None:
    slider = shown.get_by_role("slider", name="shift to the right, in pixels")
    slider.press("ArrowRight")
    said = (
        "Moved right 1, down 0. Pooling 1: max: 6 of 10 values changed; "
        "if the map before is moved along, right 1, down 0: 6 of 10."
    )
    expect(shown.locator(".cl-live")).to_have_text(said)
    slider.press("ArrowRight")
    said = "if the map before is moved along, right 1, down 0: 0 of 8."
    expect(shown.locator(".cl-live")).to_contain_text(said)
    shown.get_by_role("radio", name="moved along").check()
    chart = shown.get_by_role("img")
    expect(share(shown, "no pooling")).to_have_text("0 %")
    words = chart.get_attribute("aria-label") or ""
    assert "; max: 0 %, 60 %, 0 %, 60 %, 0 %, 60 %, 0 %, 60 %, 13 %;" in words
    assert "no pooling: 0 %, 0 %, 0 %, 0 %, 0 %, 0 %, 0 %, 0 %, 15 %" in words
    for kind in ("stride only", "global average"):
        expect(share(shown, kind)).to_have_text("0 %")
    pooled = shown.get_by_role("grid", name="Pooling 1: max")
    expect(pooled.locator(".cl-differs")).to_have_count(0)


def test_each_map_tells_what_changed(shown: Page) -> None:
    set_state(shown, "shift", right=1)
    pooled = shown.get_by_role("grid", name="Pooling 1: max")
    expect(pooled.locator(".cl-differs")).to_have_count(6)
    before = shown.get_by_role("grid", name="Before the shift")
    expect(before.get_by_text("18")).to_have_count(1)
    changed = pooled.locator(".cl-differs").first
    expect(changed).to_have_attribute(
        "aria-label", "row 1, column 3: 9, changed, before 0"
    )
    changed.click()
    said = "Pooling 1: max, row 1, column 3: 9, before 0"
    expect(shown.locator(".cl-live")).to_have_text(said)
    shown.get_by_role("radio", name="global average").check()
    one = shown.get_by_role("grid", name="Pooling 1: global average")
    expect(one.get_by_role("gridcell")).to_have_count(1)
    set_state(shown, "shift", stages=2, kind="blur")
    expect(shown.get_by_role("grid")).to_have_count(6)


def test_the_pattern_is_dragged_by_the_mouse(shown: Page) -> None:
    start, end = (
        cell(shown, CORNER, column).bounding_box() for column in (CORNER, CORNER + 2)
    )
    assert start and end
    shown.mouse.move(start["x"] + 12, start["y"] + 12)
    shown.mouse.down()
    shown.mouse.move(end["x"] + 12, end["y"] + 36)
    shown.mouse.up()
    moved(shown, 2, 1)
    shown.mouse.move(start["x"] + 12, start["y"] + 12)
    moved(shown, 2, 1)


def test_the_pattern_is_moved_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_explorer(page, tmp_path, ShiftMicroscope())
    corner = cell(page, CORNER, CORNER)
    corner.scroll_into_view_if_needed()
    cell(page, CORNER, CORNER + 4).tap()
    moved(page, 4)
    box = cell(page, CORNER, CORNER + 4).bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    device = context.new_cdp_session(page)
    for kind, by in (("Start", 0), ("Move", 12), ("Move", 25), ("Move", 48)):
        points = [{"x": box["x"] + 12 + by, "y": box["y"] + 12}]
        device.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    moved(page, 6)
    slider = page.get_by_role(
        "slider", name="shift to the right, in pixels"
    ).bounding_box()
    assert slider
    assert slider["height"] >= 44
    context.close()


def test_the_period_is_asked_for_before_it_is_shown(page: Page, tmp_path: Path) -> None:
    open_explorer(page, tmp_path, ShiftMicroscope(stages=2, right=1))
    page.get_by_role("button", name="Predict first").click()
    expect(page.get_by_role("grid")).to_have_count(1)
    expect(page.get_by_role("img")).to_have_count(0)
    expect(share(page, "no pooling")).to_have_text("")
    # No sentence gives it away either.
    cell(page, CORNER, CORNER + 1).press("ArrowRight")
    expect(page.locator(".cl-live")).to_have_text("")
    page.get_by_role("textbox", name="pixels").fill("2")
    page.get_by_role("button", name="Commit").click()
    result = page.locator(".cl-result")
    expect(result).to_contain_text("You predicted 2. It is 4. One cell of the last map")
    expect(page.get_by_role("grid")).to_have_count(6)


def test_an_image_of_one_s_own(page: Page, tmp_path: Path) -> None:
    shown = ShiftMicroscope(image=[[0]], measure="amount", kind="average")
    open_explorer(page, tmp_path, shown)
    expect(page.get_by_role("combobox", name="pattern")).to_have_count(0)
    expect(share(page, "max, blurred")).to_have_text("0")
    set_state(page, "shift", measure="cosine")
    expect(share(page, "max, blurred")).to_have_text("1")
    page.get_by_role("slider").press("End")
    moved(page, 8)
