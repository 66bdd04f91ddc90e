"""An explorer that was shown before it is joined with its Python object."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cnnlab.explorers import Shapes
from cnnlab.explorers._join import HERE
from tests.support.explorers import open_explorer, set_state, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

# Joins the explorer with a model such as anywidget gives to `initialize`.
JOIN = """
async ([bridge, values]) => {
  const file = URL.createObjectURL(new Blob([bridge], { type: "text/javascript" }));
  const { default: { initialize } } = await import(file);
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes: () => {},
    on: () => {},
    off: () => {},
  };
  initialize({ model });
  return values;
}
"""


def join(page: Page, state: dict[str, Any]) -> dict[str, Any]:
    """Join the page with a Python object; return the object's values afterwards."""
    values = {"key": Shapes.name, "state": state, "guesses": [], "data": {}}
    bridge = (HERE / "kit" / "bridge.mjs").read_text("utf-8")
    after: dict[str, Any] = page.evaluate(JOIN, [bridge, values])
    return after


@pytest.fixture
def start(page: Page, tmp_path: Path) -> dict[str, Any]:
    """Open the page; return the state that it shows first."""
    open_explorer(page, tmp_path, Shapes())
    return state_of(page, Shapes.name)


def test_python_gets_what_was_done_before(page: Page, start: dict[str, Any]) -> None:
    set_state(page, Shapes.name, row=2)
    assert join(page, start)["state"] == start | {"row": 2}


def test_an_unused_page_gets_what_python_has_changed(
    page: Page, start: dict[str, Any]
) -> None:
    join(page, start | {"row": 1})
    assert state_of(page, Shapes.name) == start | {"row": 1}
