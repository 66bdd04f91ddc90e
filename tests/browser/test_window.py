"""The sliding window on a page: its steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cnnlab.explorers import SlidingWindow
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_steps_within_one_frame_all_count_up_to_the_last(
    page: Page, tmp_path: Path
) -> None:
    open_explorer(page, tmp_path, SlidingWindow())
    step = page.get_by_role("button", name="Step", exact=True)
    step.evaluate("node => [1, 2, 3, 4, 5, 6].forEach(() => node.click())")
    state = state_of(page, "window")
    assert (state["row"], state["column"]) == (1, 1)  # the output has five columns
    set_state(page, "window", row=2, column=3)
    step.evaluate("node => [1, 2, 3].forEach(() => node.click())")
    state = state_of(page, "window")
    assert (state["row"], state["column"]) == (2, 4)
    expect(page.get_by_text("sum of the products")).to_be_visible()
