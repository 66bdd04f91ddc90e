"""The channel mixer on a page: weights by keys and touch, filters, the whole sum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import ChannelMixer
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
PIXEL = """([label, row, column]) => {
  const canvas = document.querySelector(`canvas[aria-label^='${label}']`);
  return [...canvas.getContext("2d").getImageData(column, row, 1, 1).data];
}"""


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, ChannelMixer())
    return page


def state(page: Page) -> dict[str, Any]:
    return state_of(page, "mixer")


def weights(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name=name).get_by_role("gridcell")


def live(page: Page) -> Locator:
    return page.locator("[data-cl-key=mixer] .cl-live")


def test_weights_are_painted_by_keys_and_the_sum_follows(shown: Page) -> None:
    red, green, blue = ChannelMixer().image()[31, 11]
    said = f"red {red:.0f}·1 + green {green:.0f}·−1 + blue {blue:.0f}·0 + bias 0"
    expect(live(shown)).to_have_text(
        f"row 31, column 11: {said} = {red - green:.0f}".replace(" = -", " = −")
    )
    weights(shown, "Weights for blue").focus()
    for key in ("-", "-"):
        shown.keyboard.press(key)
    weights(shown, "Bias").focus()
    shown.keyboard.press("9")
    assert state(shown)["edits"] == "0,2,4,-2~0,3,4,9"
    total = ChannelMixer(**state(shown)).maps()[31, 11, 0]
    assert total == red - green - 2 * blue + 9
    expect(live(shown)).to_contain_text(f"+ bias 9 = {total:.0f}")
    expect(shown.get_by_text("filter 0: 1·red − 1·green − 2·blue")).to_be_visible()


def test_light_is_where_the_sum_is_above_zero(shown: Page) -> None:
    maps = ChannelMixer().maps()[..., 0]
    ball, cloth = (31, 8), (46, 20)
    assert maps[ball] > 100
    assert abs(maps[cloth]) < 12
    assert shown.evaluate(PIXEL, ["Map of the filter", *ball])[0] > 200
    red, green, blue, _ = shown.evaluate(PIXEL, ["Map of the filter", *cloth])
    assert max(abs(part - 128) for part in (red, green, blue)) < 20
    assert shown.evaluate(PIXEL, ["What red adds", *cloth])[0] > 200
    assert shown.evaluate(PIXEL, ["What green adds", *cloth])[1] < 40


def test_another_filter_has_weights_of_its_own(shown: Page) -> None:
    second = shown.get_by_role("button", name="filter 1")
    second.focus()
    shown.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(weights(shown, "Weights for red")).to_have_text("−1")
    weights(shown, "Weights for red").focus()
    shown.keyboard.press("3")
    assert state(shown)["edits"] == "1,0,4,3"
    expect(shown.get_by_text("filter 0: 1·red − 1·green")).to_be_visible()
    expect(shown.get_by_text("filter 1: 3·red + 1·green")).to_be_visible()


def test_three_by_three_begins_as_the_same_mix(shown: Page) -> None:
    shown.get_by_text("3 × 3", exact=True).click()
    expect(weights(shown, "Weights for green")).to_have_count(9)
    expect(weights(shown, "Weights for green").nth(4)).to_have_text("−1")
    red, green, _ = ChannelMixer().image()[32, 12]
    expect(live(shown)).to_contain_text(f"red {red:.0f} + green −{green:.0f} + blue 0")
    expect(
        shown.get_by_text("3 · 3 · 3 channels · 2 filters = 54 weights, and 2 biases")
    ).to_be_visible()


def test_maps_and_weights_are_predicted(shown: Page) -> None:
    set_state(shown, "mixer", filters=4, size="3")
    shown.get_by_role("button", name="Predict first").click()
    expect(live(shown)).to_be_hidden()
    expect(shown.get_by_role("button", name="filter 0")).to_be_hidden()
    shown.get_by_role("textbox", name="maps").fill("12")
    shown.get_by_role("textbox", name="weights").fill("9")
    shown.get_by_role("button", name="Commit").click()
    result = shown.locator("[data-cl-key=mixer] .cl-result")
    expect(result).to_contain_text("You predicted 12 and 9. It is 4 and 108.")
    expect(live(shown)).to_be_visible()


def test_the_place_moves_by_keys_and_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, ChannelMixer())
    photo = page.get_by_role("application", name="Picture")
    box = photo.bounding_box()
    assert box is not None
    cell = box["width"] / 48
    page.touchscreen.tap(box["x"] + 40.5 * cell, box["y"] + 20.5 * cell)
    expect(live(page)).to_contain_text("row 20, column 40:")
    photo.focus()
    for key in ("ArrowDown", "Shift+ArrowLeft", "Home"):
        page.keyboard.press(key)
    expect(live(page)).to_contain_text("row 21, column 0:")
    weights(page, "Weights for green").tap()
    expect(weights(page, "Weights for green")).to_have_text("1")
    page.get_by_role("button", name="filter 1").tap()
    expect(weights(page, "Weights for green")).to_have_text("1")
    assert state(page)["filter"] == 1
    context.close()


def test_wrong_weights_are_named(shown: Page) -> None:
    set_state(shown, "mixer", edits="0,0,4,3~7,7")
    alert = shown.locator("[data-cl-key=mixer] > .cl-explorer > .cl-wrong")
    expect(alert).to_contain_text("edits has 7,7: it must be filter,channel,place")
