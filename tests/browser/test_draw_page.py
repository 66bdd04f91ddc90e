"""Draw and diagnose on a page: pointer, touch, keys; units and what they see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import draw_digit
from cnnlab.explorers.draw._image import inked
from tests.support.explorers import open_explorer, set_state, settle, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, draw_digit())
    return page


def board(page: Page) -> Locator:
    return page.get_by_role("application", name="Drawing")


def maps(page: Page, layer: str) -> Locator:
    return page.get_by_role("application", name=f"{layer}: arrow keys")


def cells(page: Page) -> NDArray[Any]:
    return inked(str(state_of(page, "draw")["ink"]))


def line(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw with the mouse from one cell (row, column) to another."""
    box = board(page).bounding_box()
    assert box is not None
    places = [(box["x"] + x * 10 + 6, box["y"] + y * 10 + 6) for y, x in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def answers(page: Page) -> list[str]:
    settle(page)
    return (
        page.get_by_role("list", name="Probability")
        .get_by_role("listitem")
        .all_inner_texts()
    )


def test_a_one_is_drawn_by_mouse_and_read(shown: Page) -> None:
    shown.get_by_role("button", name="Clear").click()
    shown.get_by_text("No ink: draw, or pick a digit.").wait_for()
    line(shown, (4, 15), (22, 12))
    shown.get_by_text("It answers 1").wait_for()
    drawn = cells(shown)
    assert drawn[4, 15] > 0.9
    assert drawn[22, 12] > 0.9
    assert drawn[13, 13:15].max() > 0.9
    assert drawn[:, 20:].max() == 0
    logits = draw_digit(**state_of(shown, "draw")).logits()
    assert int(logits.argmax()) == 1
    assert f"logit {logits[1]:.2f}".rstrip("0") in answers(shown)[1]


def test_a_stroke_goes_on_a_picked_digit(shown: Page) -> None:
    shown.get_by_role("button", name="Drawing 7", exact=True).click()
    shown.get_by_text("It answers 7").wait_for()
    picked = shown.get_by_role("button", pressed=True)
    assert picked.get_attribute("aria-label") == "Drawing 7"
    line(shown, (14, 10), (14, 20))
    expect(shown.get_by_role("button", pressed=True)).to_have_count(0)
    before = draw_digit(pick=7, prepare=False).image()
    assert (cells(shown) >= before - 0.05).all()
    assert cells(shown)[14, 20] > 0.9


def test_a_line_is_drawn_by_keys(shown: Page) -> None:
    shown.get_by_role("button", name="Clear").press("Enter")
    board(shown).focus()
    for _ in range(8):
        shown.keyboard.press("ArrowUp")
    shown.get_by_text("pen up, row 6, column 14").wait_for()
    assert cells(shown).max() == 0
    shown.keyboard.press(" ")
    for _ in range(14):
        shown.keyboard.press("ArrowDown")
    shown.keyboard.press(" ")
    shown.keyboard.press("End")
    shown.get_by_text("pen up, row 20, column 27").wait_for()
    drawn = cells(shown)
    assert drawn[6:21, 14].min() == 1
    assert drawn[:, 18:].max() == 0
    shown.get_by_text("It answers 1").wait_for()


def test_a_dot_is_drawn_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        has_touch=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    open_explorer(page, tmp_path, draw_digit(ink="A"))
    board(page).tap(position={"x": 56, "y": 96})
    page.wait_for_function(
        "window.cnnlabExplorers.get('draw').model.get('state').ink !== 'A'"
    )
    assert divmod(int(cells(page).argmax()), 28) == (9, 5)
    sizes = page.locator(".cl-pick, input[type=range]").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    context.close()


def test_units_are_chosen_by_keys_and_by_pointer(shown: Page) -> None:
    layer = maps(shown, "conv_3")
    layer.focus()
    shown.keyboard.press("ArrowRight")  # the first key goes to this layer
    shown.get_by_text("conv_3, map 0, row 0, column 0:").wait_for()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "PageDown"):
        shown.keyboard.press(key)
    shown.get_by_text("conv_3, map 1, row 2, column 1:").wait_for()
    value = float(draw_digit().maps()[4][2, 1, 1])
    said = shown.locator(".cl-live").inner_text()
    assert f": {round(value, 2):g};" in said
    assert "sees rows 5 to 22, columns 1 to 18" in said
    shown.keyboard.press("End")
    shown.get_by_text("conv_3, map 1, row 2, column 4:").wait_for()
    first = maps(shown, "conv_1")
    first.hover(position={"x": 1 + 86 + 3 * 10 + 1, "y": 1 + 3 * 4 + 1})
    shown.get_by_text("conv_1, map 1, row 4, column 10:").wait_for()
    state = state_of(shown, "draw")
    assert [state[name] for name in ("layer", "channel", "row", "column")] == [
        *(0, 1, 4, 10)
    ]


def test_sliders_and_the_preparation_change_the_answer(shown: Page) -> None:
    set_state(shown, "draw", pick=11, prepare=False)
    shown.get_by_text("centred and scaled as MNIST was, 0 (100 %)").wait_for()
    assert "It answers 7 (" in shown.locator(".cl-explorer").inner_text()
    shown.get_by_label("centre and scale as MNIST was").check()
    shown.get_by_text("It answers 0 (100 %)").wait_for()
    shift = shown.get_by_role("slider", name="shift right")
    shift.focus()
    shown.keyboard.press("End")
    shown.get_by_text("shift right: 10").wait_for()
    shown.keyboard.press("ArrowLeft")
    shown.get_by_text("shift right: 9").wait_for()
    assert state_of(shown, "draw")["right"] == 9
    shown.get_by_text("It answers 0 (100 %)").wait_for()


def test_the_answer_is_hidden_until_a_guess_is_committed(shown: Page) -> None:
    set_state(shown, "draw", pick=11, prepare=False)
    shown.get_by_role("button", name="Predict first").click()
    assert answers(shown) == []
    assert not maps(shown, "digits").is_visible()
    assert not shown.get_by_text("It answers").is_visible()
    shown.get_by_role("textbox", name="digit").fill("0")
    shown.keyboard.press("Enter")
    settle(shown)
    result = shown.locator(".cl-result").inner_text()
    assert result.startswith("You predicted 0. It is 7. It answers 7 (")
    assert len(answers(shown)) == 10
