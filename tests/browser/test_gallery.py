"""The gallery: all explorers on one page, from a file, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cnnlab.explorers import gallery
from tests.support.explorers import KINDS, SHOWN, open_explorer, state_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("gallery") / "explorers.html"
    file.write_text(gallery.gallery(), "utf-8")
    return file.as_uri()


def wait_for_all(page: Page) -> None:
    for name in KINDS:
        page.wait_for_function(SHOWN, arg=name)


def test_all_are_live_and_nothing_is_loaded(address: str, page: Page) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    wait_for_all(page)
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    for link in page.locator("nav a").all():
        link.click()
        target = (link.get_attribute("href") or "")[1:]
        assert page.locator(f"article#{target} .cl-explorer").is_visible()


def test_axe_finds_nothing(address: str, page: Page) -> None:
    page.goto(address)
    wait_for_all(page)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert [f"{each['id']}: {each['help']}" for each in found["violations"]] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_it_never_scrolls_sideways(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    wait_for_all(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_an_address_opens_a_state(address: str, page: Page) -> None:
    page.goto(f"{address}#shapes?rows=9&columns=4")
    wait_for_all(page)
    page.wait_for_function("document.querySelector('#shapes .cl-share').open")
    state = state_of(page, "shapes")
    assert (state["rows"], state["columns"]) == (9, 4)
    assert page.locator("#shapes .cl-share").is_visible()
    # Another address while the page is open.
    page.evaluate("location.hash = 'shapes?rows=99'")
    said = page.locator("#shapes .cl-share .cl-wrong")
    said.filter(has_text="rows is 99: it must be").wait_for()
    assert state_of(page, "shapes")["rows"] == 9


MEASURE = """name => [...document.querySelectorAll(`[data-cl-key=${name}] *`)]
  .map((node) => node.getBoundingClientRect())
  .flatMap(({ width, height }) => [width, height])
"""


@pytest.mark.nightly
def test_styles_of_one_explorer_leave_the_others_alone(
    address: str, page: Page, tmp_path: Path
) -> None:
    """An explorer has on a page with all others the sizes that it has alone."""
    page.goto(address)
    wait_for_all(page)
    together = {name: page.evaluate(MEASURE, name) for name in KINDS}
    for name, kind in KINDS.items():
        open_explorer(page, tmp_path, kind())
        alone = page.evaluate(MEASURE, name)
        assert alone == pytest.approx(together[name], abs=0.1), name
