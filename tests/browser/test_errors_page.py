"""The error browser on a page: keys, pointer, touch, and the guess that comes first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from cnnlab.explorers import ErrorBrowser
from tests.support.explorers import open_explorer, settle, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

# True class and answer of each image: 2 and 0 are confused most, in both directions.
PAIRS = [(0, 0)] * 5 + [(0, 2)] * 3 + [(2, 0)] * 4 + [(1, 2)] * 6 + [(2, 2)] + [(1, 1)]


def own() -> ErrorBrowser:
    labels, answers = np.array(PAIRS).T
    sure = np.linspace(0.6, 0.9, len(PAIRS))[:, None]
    shares = np.where(np.eye(3)[answers] == 1, sure, (1 - sure) / 2)
    rng = np.random.default_rng(0)
    return ErrorBrowser.of(rng.random((len(PAIRS), 28, 28)), labels, shares)


def cell(page: Page, row: int, column: int) -> str:
    return f"[data-cl-key=errors] [data-row='{row}'][data-column='{column}']"


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, ErrorBrowser())
    return page


def test_keys_go_through_the_cells_to_recall_and_precision(shown: Page) -> None:
    shown.locator(cell(shown, 5, 2)).focus()
    shown.get_by_text("true 5, answered 2: 4 images; all shown, the most").wait_for()
    shown.keyboard.press("ArrowDown")
    shown.get_by_text("true 6, answered 2: 0 images").wait_for()
    expect(shown.get_by_role("img", name="Image")).to_have_count(0)
    shown.keyboard.press("End")
    live = shown.locator(".cl-live")
    expect(live).to_have_text("recall of 6 = right / all true 6 = 10 / 16 = 0.625")
    for _ in range(4):
        shown.keyboard.press("ArrowDown")
    expect(live).to_have_text("accuracy = right / all images = 117 / 160 = 0.731")
    shown.keyboard.press("Home")
    expect(live).to_contain_text("precision of 0 = right / all answers 0 = 10 / 15")
    shown.keyboard.press("ArrowUp")
    expect(live).to_contain_text("true 9, answered 0: 0 images")
    assert state_of(shown, "errors") == {"true": 9, "answer": 0, "image": 0}


def test_images_are_chosen_by_keys_and_pointer(shown: Page) -> None:
    shown.locator(cell(shown, 8, 0)).click()
    settle(shown)
    images = shown.get_by_role("group", name="Images of this cell").get_by_role(
        "button"
    )
    expect(images).to_have_count(4)
    images.first.focus()
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("ArrowRight")
    expect(images.nth(2)).to_be_focused()
    expect(images.nth(2)).to_have_attribute("aria-pressed", "true")
    shown.keyboard.press("End")
    expect(images.nth(3)).to_have_attribute("tabindex", "0")
    images.nth(1).click()
    explorer = ErrorBrowser()
    rows = np.flatnonzero(
        (explorer.labels == 8) & (explorer.probabilities.argmax(axis=1) == 0)
    )
    sure = explorer.probabilities[rows].max(axis=1)
    row = rows[np.argsort(-sure)][1]
    expect(shown.get_by_role("img")).to_have_attribute(
        "aria-label", f"Image {row}: true 8, answered 0"
    )
    bars = shown.get_by_role("list", name="Probability").get_by_role("listitem")
    share = f"{100 * explorer.probabilities[row, 0]:.2f}".rstrip("0").rstrip(".")
    expect(bars.first).to_have_text(f"0: {share} % ◀ answer")
    expect(bars.nth(8)).to_contain_text("(true)")


def test_your_own_matrix_is_hidden_until_a_guess(page: Page, tmp_path: Path) -> None:
    open_explorer(page, tmp_path, own())
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_role("grid")).to_have_count(0)
    page.get_by_role("textbox", name="class", exact=True).fill("2")
    page.get_by_role("textbox", name="other class").fill("0")
    page.keyboard.press("Enter")
    result = page.locator(".cl-result")
    expect(result).to_have_text(
        "You predicted 2 and 0. That is right. "
        "2 taken for 0: 4 times; 0 taken for 2: 3 times."
    )
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator(".cl-live")).to_contain_text("true 1, answered 2: 6 images")
    page.get_by_role("button", name="Predict first").click()
    page.get_by_role("textbox", name="class", exact=True).fill("1")
    page.get_by_role("textbox", name="other class").fill("2")
    page.keyboard.press("Enter")
    expect(result).to_contain_text("You predicted 1 and 2. It is 0 and 2.")


def test_a_classes_number_beyond_the_last_is_the_last(
    page: Page, tmp_path: Path
) -> None:
    explorer = own()
    labels, shares = explorer.labels, explorer.probabilities
    images = np.zeros((len(labels), 28, 28))
    text = "errors?true=9&answer=7&image=11"
    open_explorer(page, tmp_path, ErrorBrowser.of(images, labels, shares, text))
    page.get_by_role("button", name="Show without a guess").click()
    expect(page.locator(".cl-live")).to_contain_text("true 2, answered 2: 1 image;")
    expect(page.get_by_role("img")).to_be_visible()


def test_touch_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, ErrorBrowser())
    page.locator(cell(page, 4, 8)).tap()
    expect(page.locator(".cl-live")).to_contain_text("true 4, answered 8: 3 images")
    page.get_by_role("button", name="image 1").tap()
    assert state_of(page, "errors")["image"] == 1
    # The whole matrix is on the screen, in cells of 24 px or more.
    box = page.locator(cell(page, 10, 10)).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    assert min(box["width"], box["height"]) >= 24
    context.close()
