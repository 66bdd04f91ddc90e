"""Layers are added, moved, changed and deleted on the page of the builder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cnnlab.explorers import ArchitectureBuilder
from tests.browser.test_explorers import MEASURE
from tests.support.explorers import open_explorer, set_state, settle, state_of

NAME = "architecture"
ROOT = f"[data-cl-key={NAME}]"
STACK = "c8,3,1,s~p2,2,v~f~d10"
LARGEST = "~".join(["c9999,15,1,s", "p2,1,s", "b", "r"] * 6)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    open_explorer(page, tmp_path, ArchitectureBuilder(stack=STACK))
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    place = f"[data-row='{row}'][data-column='{column}']"
    return page.locator(f"{ROOT} [role=gridcell]{place}")


def wait_for(page: Page, **wanted: Any) -> None:
    page.wait_for_function(
        """([name, wanted]) => {
          const state = window.cnnlabExplorers.get(name).model.get("state");
          return Object.entries(wanted).every(([key, value]) => state[key] === value);
        }""",
        arg=[NAME, wanted],
    )
    settle(page)


def live(page: Page) -> Locator:
    return page.locator(f"{ROOT} .cl-live")


def test_by_keyboard(shown: Page) -> None:
    cell(shown, 1, 2).focus()
    expect(live(shown)).to_have_text(
        'layer 1. Conv2D(8, 3, 1, "same"): parameters (3·3·1 + 1)·8 = 80'
    )
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Alt+ArrowDown")
    wait_for(shown, stack="c8,3,1,s~f~p2,2,v~d10", row=3)
    expect(cell(shown, 3, 1)).to_contain_text("✗ Keras refuses it: it needs rows")
    expect(live(shown)).to_contain_text("layer 3. MaxPooling2D")
    shown.keyboard.press("Alt+ArrowUp")
    shown.keyboard.press("Alt+ArrowUp")
    wait_for(shown, stack="p2,2,v~c8,3,1,s~f~d10", row=1)
    shown.keyboard.press("Alt+ArrowUp")  # at the top already
    shown.keyboard.press("Delete")
    wait_for(shown, stack="c8,3,1,s~f~d10", row=1)
    expect(cell(shown, 1, 2)).to_be_focused()  # the grid is a row shorter
    shown.keyboard.press("End")
    wait_for(shown, column=6)
    for _ in range(5):
        shown.keyboard.press("Delete")
    wait_for(shown, stack="d10")  # the last layer stays
    expect(shown.locator(f"{ROOT} > .cl-explorer > p.cl-wrong")).to_be_empty()
    expect(cell(shown, 2, 2)).to_have_text("20")


def test_layers_are_added_and_changed(shown: Page) -> None:
    cell(shown, 2, 0).click()
    shown.get_by_role("button", name="Conv2D").click()
    wait_for(shown, stack="c8,3,1,s~p2,2,v~c8,3,1,s~f~d10", row=3)
    shown.get_by_label("filters", exact=True).press("ArrowUp")
    wait_for(shown, stack="c8,3,1,s~p2,2,v~c9,3,1,s~f~d10")
    box = shown.get_by_label("window", exact=True)
    for wrong in ("16", "six", "-", ""):
        box.fill(wrong)
        box.press("Enter")
        said = f"window is {wrong}: it must be a whole number from 1 to 15"
        expect(shown.get_by_text(said)).to_be_visible()
    shown.get_by_label('padding "same"').uncheck()
    wait_for(shown, stack="c8,3,1,s~p2,2,v~c9,3,1,v~f~d10")
    cell(shown, 5, 3).click()
    expect(box).to_be_hidden()
    shown.get_by_label("units", exact=True).press("ArrowDown")
    wait_for(shown, stack="c8,3,1,s~p2,2,v~c9,3,1,v~f~d9")
    shown.get_by_role("button", name="Delete").click()
    wait_for(shown, stack="c8,3,1,s~p2,2,v~c9,3,1,v~f")
    shown.get_by_role("button", name="Move up").click()
    wait_for(shown, row=5)  # the line of sums is no layer


def drag(page: Page, start: int, end: int) -> None:
    boxes = [cell(page, row, 0).bounding_box() for row in (start, end)]
    points = [(box["x"] + 20, box["y"] + 15) for box in boxes if box]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=12)
    page.mouse.up()


def test_a_layer_is_dragged(shown: Page) -> None:
    drag(shown, 2, 1)
    wait_for(shown, stack="p2,2,v~c8,3,1,s~f~d10", row=1)
    drag(shown, 1, 3)
    wait_for(shown, stack="c8,3,1,s~f~p2,2,v~d10", row=3)
    shown.keyboard.press("ArrowUp")  # released: the layer moves no more
    wait_for(shown, stack="c8,3,1,s~f~p2,2,v~d10", row=2)
    cell(shown, 3, 1).hover()
    wait_for(shown, stack="c8,3,1,s~f~p2,2,v~d10", row=2)


def test_by_touch(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_explorer(page, tmp_path, ArchitectureBuilder(stack=STACK))
    cell(page, 2, 3).tap()
    wait_for(page, row=2, column=3)
    small = page.eval_on_selector_all(
        f"{ROOT} :is(button, [role=gridcell], summary)",
        """nodes => nodes.filter((node) => node.checkVisibility() &&
          node.getBoundingClientRect().height < 44).length""",
    )
    assert small == 0
    page.get_by_role("button", name="Move up").tap()
    wait_for(page, stack="p2,2,v~c8,3,1,s~f~d10")
    cell(page, 1, 0).scroll_into_view_if_needed()
    client = context.new_cdp_session(page)
    boxes = [cell(page, row, 0).bounding_box() for row in (1, 2)]
    start, end = [(box["x"] + 30, box["y"] + 20) for box in boxes if box]

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", start)
    for part in range(1, 9):
        touch("touchMove", (start[0], start[1] + (end[1] - start[1]) * part / 8))
    touch("touchEnd")
    wait_for(page, stack="c8,3,1,s~p2,2,v~f~d10", row=2)
    context.close()


def test_a_budget_is_kept(shown: Page) -> None:
    status = shown.locator(f"{ROOT} p.cl-name")
    expect(status).to_have_text("✗ Over the budget: 15,770 of 10,000 parameters.")
    set_state(shown, NAME, stack="c8,3,1,s~g~d10")
    expect(status).to_have_text("✓ Within the budget: 170 of 10,000 parameters.")
    set_state(shown, NAME, stack="c8,3,1,s~d10", budget=0)
    expect(status).to_have_text(
        " Layer 2: Keras accepts Dense here, for each position alone. "
        "Is Flatten missing?"
    )
    set_state(shown, NAME, stack="f~g")
    expect(status).to_have_text("✗ Keras refuses this model.")


def test_nothing_is_told_before_the_guess(shown: Page) -> None:
    shown.get_by_role("button", name="Predict first").click()
    expect(cell(shown, 1, 2)).to_have_text("?")
    expect(live(shown)).not_to_contain_text("80")
    form = shown.locator(f"{ROOT} form")
    form.locator("input").fill("4")
    form.get_by_role("button", name="Commit").click()
    result = shown.locator(f"{ROOT} .cl-result")
    expect(result).to_have_text("You predicted 4. It is 1. It does 56,448.")
    expect(cell(shown, 1, 2)).to_have_text("80")


def test_a_stack_that_cannot_be_read_is_taken_back(shown: Page) -> None:
    set_state(shown, NAME, stack="c8,3,1,s~p2")
    said = shown.locator(f"{ROOT} > .cl-explorer > p.cl-wrong")
    expect(said).to_contain_text("layer 2 is 'p2': write up to 24 layers cN,K,S,P;")
    assert state_of(shown, NAME)["stack"] == STACK
    cell(shown, 0, 0).click()
    shown.get_by_role("button", name="ReLU").click()
    wait_for(shown, stack=f"r~{STACK}")
    expect(said).to_be_empty()


def test_the_largest_stack_is_redrawn_as_quickly(shown: Page) -> None:
    sizes = {"rows": 512, "columns": 512, "channels": 512}
    set_state(shown, NAME, stack=LARGEST, **sizes)
    cell(shown, 24, 3).wait_for()
    shown.get_by_role("button", name="ReLU").click()
    full = shown.locator(f"{ROOT} > .cl-explorer > p.cl-wrong")
    expect(full).to_contain_text("layer 25 is 'r': write up to 24 layers")
    state = state_of(shown, NAME)
    changed = LARGEST.replace("9999", "9998")
    states = [state | {"stack": stack} for stack in (LARGEST, changed)]
    redraw, reference = shown.evaluate(MEASURE, [NAME, states, 8])
    assert redraw < 3 * reference + 17  # as for the first state of each explorer
