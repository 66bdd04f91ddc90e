"""Feature maps on a page: a unit by keys, pointer, touch, buttons; what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from cnnlab.explorers import FeatureMaps
from tests.browser.test_explorers import MEASURE
from tests.support.explorers import open_explorer, set_state, settle, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

# How many pixels of a canvas have the colour of the outlines.
MARKED = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = data.slice(at, at + 3);
    if (red > 190 && Math.abs(green - 96) < 30 && blue < 60) count++;
  }
  return count;
}"""


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, FeatureMaps())
    return page


def layer(page: Page, name: str) -> Locator:
    return page.get_by_role("application", name=f"{name}: arrow keys")


def unit(page: Page) -> list[Any]:
    state = state_of(page, "maps")
    return [state[name] for name in ("layer", "channel", "row", "column")]


def table(page: Page, heading: str) -> list[str]:
    """Return the numbers below a heading, row by row."""
    panel = page.locator(".cl-panel .cl-panel").filter(has_text=heading)
    return panel.get_by_role("cell").all_inner_texts()


def test_a_unit_is_chosen_by_keys(shown: Page) -> None:
    layer(shown, "conv_3").focus()
    shown.keyboard.press("ArrowRight")  # the first key goes to this layer
    shown.get_by_text("conv_3, map 0, row 0, column 0: sum").wait_for()
    for key in ("End", "ArrowDown", "ArrowDown", "PageDown"):
        shown.keyboard.press(key)
    shown.get_by_text("conv_3, map 1, row 2, column 4: sum").wait_for()
    assert unit(shown) == [4, 1, 2, 4]
    value = float(FeatureMaps().maps()[4][2, 4, 1])
    said = shown.locator(".cl-live").inner_text()
    assert f"after the ReLU {round(value, 2):g};" in said
    assert "sees rows 5 to 22, columns 13 to 27 of the image" in said
    assert "feeds maps 0 to 9, row 0, column 0 of digits" in said


def test_a_unit_is_chosen_by_pointer_and_moved_by_buttons(shown: Page) -> None:
    first = layer(shown, "conv_1")
    first.click(position={"x": 1 + 86 + 3 * 10 + 1, "y": 1 + 3 * 4 + 1})
    shown.get_by_text("conv_1, map 1, row 4, column 10: sum").wait_for()
    for name in ("right", "down", "map +", "map +"):
        shown.get_by_role("button", name=name, exact=True).click()
    shown.get_by_text("conv_1, map 3, row 5, column 11: sum").wait_for()
    # A pointer that is not down only passes.
    layer(shown, "pool_1").hover()
    shown.get_by_role("button", name="left", exact=True).click()
    shown.get_by_text("conv_1, map 3, row 5, column 10: sum").wait_for()


def test_presses_of_a_button_within_one_frame_all_count(shown: Page) -> None:
    set_state(shown, "maps", layer=0, channel=1, row=4, column=8)
    button = shown.get_by_role("button", name="right", exact=True)
    button.evaluate("node => [1, 2, 3].forEach(() => node.click())")
    assert unit(shown) == [0, 1, 4, 11]
    set_state(shown, "maps", layer=2, **{"from": 0})
    button = shown.get_by_role("button", name="input map +")
    button.evaluate("node => [1, 2, 3].forEach(() => node.click())")
    assert state_of(shown, "maps")["from"] == 3


def test_a_unit_is_chosen_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, FeatureMaps())
    box = layer(page, "pool_2").bounding_box()
    assert box is not None
    layer(page, "pool_2").tap(position={"x": 12, "y": 5})
    page.get_by_text("pool_2, map 0, row 0, column 1: largest of 4 cells").wait_for()
    sizes = page.locator(".cl-explorer button:visible").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    page.get_by_role("button", name="down", exact=True).tap()
    page.get_by_text("pool_2, map 0, row 1, column 1: ").wait_for()
    context.close()


def test_the_numbers_on_screen_make_the_value(shown: Page) -> None:
    set_state(shown, "maps", layer=2, channel=1, row=4, column=8, **{"from": 3})
    explorer = FeatureMaps()
    kernel, bias = explorer.weights(2)
    window = explorer.window(2, 4, 8)
    shown_inputs = [float(text) for text in table(shown, "pool_1, map 3")]
    np.testing.assert_allclose(shown_inputs, window[..., 3].ravel(), atol=0.006)
    weights = [float(text.replace("−", "-")) for text in table(shown, "× weights")]
    np.testing.assert_allclose(weights, kernel[..., 3, 1].ravel(), atol=0.006)
    sums = (window * kernel[..., 1]).sum(axis=(0, 1))
    listed = dict(text.split(": ") for text in table(shown, "Sums of maps"))
    assert len(listed) == 8
    for channel, text in listed.items():
        number = float(text.replace("−", "-"))
        assert number == pytest.approx(sums[int(channel)], abs=0.006)
    equation = shown.get_by_text("sum ", exact=False).last.inner_text()
    assert f"{sums.sum() + bias[1]:.2f}".rstrip("0") in equation


def test_another_input_map_is_shown_and_the_button_keeps_the_focus(
    shown: Page,
) -> None:
    button = shown.get_by_role("button", name="input map +")
    button.focus()
    shown.keyboard.press("Enter")
    shown.get_by_text("pool_1, map 1", exact=True).wait_for()
    shown.keyboard.press("Enter")
    shown.get_by_text("pool_1, map 2", exact=True).wait_for()
    assert state_of(shown, "maps")["from"] == 2
    assert button.evaluate("node => node === document.activeElement")


def test_what_a_unit_reads_and_feeds_is_marked(shown: Page) -> None:
    def marked() -> list[int]:
        settle(shown)
        counts: list[int] = shown.eval_on_selector_all(
            ".cl-board, .cl-maps", f"nodes => nodes.map({MARKED})"
        )
        return counts

    set_state(shown, "maps", layer=2)
    image, conv_1, pool_1, conv_2, pool_2, conv_3, digits = marked()
    assert min(image, pool_1, conv_2, pool_2) > 0
    assert (conv_1, conv_3, digits) == (0, 0, 0)
    assert pool_1 > 2 * pool_2  # eight maps are read; one unit is fed
    shown.get_by_role("button", name="Predict first").click()
    hidden = marked()
    assert hidden[3] > 0
    assert sum(hidden) == hidden[3]
    assert shown.locator(".cl-live").inner_text() == ""
    for name, value in (("rows", "8"), ("columns", "8")):
        shown.get_by_role("textbox", name=name).fill(value)
    shown.keyboard.press("Enter")
    settle(shown)
    result = shown.locator(".cl-result").inner_text()
    assert result.startswith("You predicted 8 × 8. That is right. rows 5 to 12")
    assert marked()[0] == image


def test_dead_maps_are_named_and_one_scale_is_darker(
    page: Page, tmp_path: Path
) -> None:
    import keras

    model = keras.Sequential(
        [keras.Input((6, 5, 1)), keras.layers.Conv2D(4, 3, activation="relu")]
    )
    kernel = np.zeros((3, 3, 1, 4), np.float32)
    kernel[1, 1, 0] = [1, -1, 4, -2]
    model.set_weights([kernel, np.zeros(4)])
    explorer = FeatureMaps.of(model, np.ones((6, 5)), row=0, column=0, channel=1)
    open_explorer(page, tmp_path, explorer)
    page.get_by_text("dead (0 everywhere), 2 of 4: 1, 3").wait_for()
    assert (
        "sum −1 + bias 0 = −1, after the ReLU 0;"
        in page.locator(".cl-live").inner_text()
    )
    middle = """canvas => {
      const { width, height } = canvas;
      return canvas.getContext("2d").getImageData(8, 8, 1, 1).data[0];
    }"""
    assert page.locator(".cl-maps").evaluate(middle) == 240
    page.get_by_label("in the layer").check()
    page.wait_for_function(f"({middle})(document.querySelector('.cl-maps')) === 60")


def test_the_largest_is_drawn_as_quickly(page: Page, tmp_path: Path) -> None:
    from tests.unit.cnnlab.explorers.test_maps import largest, picture

    explorer = FeatureMaps.of(largest(), picture(96, 96, 3), layer=2, channel=3)
    open_explorer(page, tmp_path, explorer)
    state = state_of(page, "maps")
    moved = [state | {"row": row, "column": row} for row in range(10)]
    redraw, reference = page.evaluate(MEASURE, ["maps", moved, 4])
    assert redraw < 3 * reference + 17  # as for the first state of each explorer
