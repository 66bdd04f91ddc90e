"""The pixel shuffle on a page: keys, mouse, touch, its question."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import PixelShuffle
from cnnlab.explorers.shuffle import _order
from tests.support.explorers import open_explorer, set_state, settle, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def shuffle(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, PixelShuffle())
    return page


def grid(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name=name, exact=True)


def marked(page: Page, name: str) -> str:
    settle(page)
    return grid(page, name).locator(".cl-here").get_attribute("aria-label") or ""


def test_a_pixel_is_followed_by_keys(shuffle: Page) -> None:
    grid(shuffle, "Image").locator("[tabindex='0']").focus()
    shuffle.keyboard.press("ArrowDown")
    shuffle.keyboard.press("ArrowLeft")
    said = (
        "Pixel 7 at row 5, column 6 moves to row 5, column 0, "
        "with its weight: 7·−1 = −7 as before"
    )
    expect(shuffle.locator(".cl-live")).to_have_text(said)
    expect(grid(shuffle, "Shuffled image").locator(".cl-here")).to_have_attribute(
        "aria-label", "row 5, column 0: 7, window, here"
    )
    assert marked(shuffle, "Weights, moved too").startswith("row 5, column 0: −1")
    assert grid(shuffle, "Shuffled image").locator(".cl-window").count() == 9
    shuffle.keyboard.press("Home")
    expect(shuffle.locator(".cl-live")).to_contain_text("Pixel 1 at row 5, column 0")
    shuffle.keyboard.press("End")
    expect(shuffle.locator(".cl-live")).to_contain_text("Pixel 1 at row 5, column 11")


def test_the_mouse_finds_where_a_pixel_came_from(shuffle: Page) -> None:
    grid(shuffle, "Shuffled image").get_by_role("gridcell").nth(60).click()
    assert marked(shuffle, "Image") == "row 5, column 6: 7, window, here"
    cell = grid(shuffle, "Convolution, shuffled").get_by_role("gridcell").first
    cell.click()
    said = shuffle.locator(".cl-live")
    expect(said).to_contain_text("Convolution, shuffled, row 0, column 0: 0·−1 + ")
    expect(said).to_contain_text(f"= {cell.inner_text()}")
    expect(cell).to_have_class("cl-cell cl-positive cl-here")


def test_a_finger_follows_a_pixel_and_picks_a_picture(
    browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_explorer(page, tmp_path, PixelShuffle())
    page.get_by_role("button", name="face").tap()
    expect(grid(page, "Image").get_by_role("gridcell").nth(4)).to_have_text("3")
    cell = grid(page, "Image").get_by_role("gridcell").nth(12 * 2 + 2)
    box = cell.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    cell.tap()
    expect(page.locator(".cl-live")).to_contain_text("Pixel 8 at row 2, column 2")
    assert state_of(page, "shuffle")["pick"] == 1
    context.close()


def test_pictures_are_picked_and_all_move_alike(shuffle: Page) -> None:
    shuffle.get_by_role("button", name="digit 3").press("Enter")
    pressed = shuffle.get_by_role("button", name="digit 3")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert state_of(shuffle, "shuffle")["pick"] == 2
    pixels = """node => [...node.getContext("2d")
      .getImageData(0, 0, 12, 12).data].filter((_, at) => at % 4 === 0)"""
    both = [
        [canvas.evaluate(pixels) for canvas in button.locator("canvas").all()]
        for button in shuffle.locator("button.cl-sample").all()
    ]
    plain, mixed = (np.array([pair[at] for pair in both]) for at in (0, 1))
    places = _order(PixelShuffle().state, 12, 12)
    assert (mixed == plain[:, places]).all()
    shuffle.get_by_label("not at all").check()
    again = shuffle.locator("button.cl-sample canvas").nth(1)
    expect(shuffle.locator(".cl-facts")).to_contain_text("100 of 100 windows")
    assert again.evaluate(pixels) == plain[0].tolist()


def test_blocks_keep_their_inner_windows(shuffle: Page) -> None:
    expect(shuffle.get_by_role("spinbutton", name="block size")).to_be_hidden()
    shuffle.get_by_label("whole blocks").check()
    expect(shuffle.locator(".cl-facts")).to_contain_text("36 of 100 windows")
    framed = grid(shuffle, "Convolution, shuffled").locator(".cl-neighbours")
    expect(framed).to_have_count(36)
    shuffle.get_by_role("spinbutton", name="block size").fill("6")
    shuffle.keyboard.press("Enter")
    expect(shuffle.locator(".cl-facts")).to_contain_text("64 of 100 windows")
    expect(framed).to_have_count(64)


def test_which_layer_loses_is_asked_first(shuffle: Page) -> None:
    facts = shuffle.locator(".cl-facts")
    expect(facts).to_contain_text("weights moved too: −94, 3, 52: equal")
    expect(facts).to_contain_text("weights not moved: −37, 60, 46")
    shuffle.get_by_role("button", name="Predict first").click()
    for name in ("Weights, moved too", "Convolution, shuffled"):
        expect(grid(shuffle, name)).to_be_hidden()
    expect(facts).to_be_hidden()
    set_state(shuffle, "shuffle", how="blocks")
    shuffle.get_by_role("textbox", name="of 3", exact=True).fill("3")
    shuffle.get_by_role("textbox", name="of 100").fill("64")
    shuffle.get_by_role("button", name="Commit").click()
    result = "You predicted 3 and 64. It is 0 and 64. The dense layer adds the same"
    expect(shuffle.locator(".cl-result")).to_contain_text(result)
    expect(facts).to_be_visible()


def test_equal_pixels_have_no_correlation(page: Page, tmp_path: Path) -> None:
    open_explorer(page, tmp_path, PixelShuffle(images=np.full((3, 4), 200)))
    expect(page.locator(".cl-facts")).to_contain_text("0 / √(0 · 0) = ?")
    expect(grid(page, "Image").get_by_role("gridcell").first).to_have_text("200")
