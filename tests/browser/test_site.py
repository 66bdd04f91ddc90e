"""A web site of one lesson is complete, accessible, and needs no network.

Its notebook is run, unless ``make site`` has kept a run with the same content.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from grader.notebooks.cells import cells_of, parse_notebook
from grader.notebooks.markers import regions
from tests.support.paths import ROOT
from website.places import OUTPUT

NAME = "03_padding_and_stride"
LESSON = f"lessons/{NAME}.html"
PAGES = ["index.html", LESSON, "misconceptions.html", "reference/commands.html"]
# Drawings have thousands of lines, and no words except their labels.
EXCEPT = {"exclude": [[".cnnlab-piece"]]}

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("site")
    kept = OUTPUT / "runs" if (OUTPUT / "runs").exists() else output / "runs"
    command = [sys.executable, "-m", "website", NAME]
    command += ["--output", str(output), "--runs", str(kept)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return output / "html"


@pytest.fixture
def lesson(site: Path, page: Page) -> Page:
    page.goto((site / LESSON).as_uri())
    page.locator(".cl-explorer").first.wait_for(state="attached")
    return page


@pytest.mark.parametrize(
    "mode", ["light", pytest.param("dark", marks=pytest.mark.nightly)]
)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(site: Path, page: Page, path: str, mode: str) -> None:
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    page.goto((site / path).as_uri())
    page.evaluate(
        "document.querySelectorAll('article details').forEach(e => e.open = true)"
    )
    page.wait_for_timeout(500)
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, context=EXCEPT, options=options).response
    assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == []


@pytest.mark.parametrize("path", [*PAGES, "gallery.html"])
def test_no_page_is_wider_than_a_phone(site: Path, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((site / path).as_uri())
    page.evaluate(
        "document.querySelectorAll('article details').forEach(e => e.open = true)"
    )
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_is_loaded_from_elsewhere_and_nothing_fails(
    site: Path, page: Page
) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:"))
            else problems.append(request.url)
        ),
    )
    for path in [*PAGES, "gallery.html", "search.html"]:
        page.goto((site / path).as_uri())
        page.wait_for_load_state("load")
    assert problems == []


def test_a_question_replies_to_each_answer(lesson: Page) -> None:
    form = lesson.locator(".quiz form").first
    form.locator("input[value=C]").check()
    form.get_by_role("button", name="Check").click()
    said = form.locator(".quiz-reply")
    assert said.inner_text() == (
        "C: not yet. Right numbers, but channels in come first. See lesson 02."
    )
    form.locator("input[value=D]").check()
    assert said.inner_text() == ""
    form.get_by_role("button", name="Check").click()
    assert said.inner_text() == "D: right."


def test_outputs_are_folded_until_the_reader_has_guessed(lesson: Page) -> None:
    assert lesson.get_by_label("Your guess").count() >= 7
    fold = lesson.locator("details.hide:has(.cl-explorer)").first
    assert not fold.locator(".cl-explorer").first.is_visible()
    fold.locator("summary").first.click()
    assert fold.locator(".cl-explorer").first.is_visible()


def lines_of_solutions() -> Iterator[str]:
    """Yield lines of answers and of hidden tests, which must be on no page."""
    source = parse_notebook((ROOT / f"solutions/{NAME}.ipynb").read_text("utf-8"))
    given = parse_notebook((ROOT / f"lessons/{NAME}.ipynb").read_text("utf-8"))
    copy = "\n".join(cell.source for cell in cells_of(given))
    for cell in cells_of(source):
        for region in regions(cell.source):
            yield from (x for x in region.telling if len(x) > 20 and x not in copy)


def test_no_answer_and_no_hidden_test_is_on_a_page(site: Path, lesson: Page) -> None:
    secret = [" ".join(line.split()) for line in lines_of_solutions()]
    assert len(secret) > 60
    words = " ".join(str(lesson.locator("article").first.text_content()).split())
    raw = " ".join((site / LESSON).read_text("utf-8").split())
    index = (site / "searchindex.js").read_text("utf-8")
    assert [line for line in secret if line in words + raw + index] == []


def test_without_javascript_all_text_and_figures_are_there(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / LESSON).as_uri())
    assert page.locator(".quiz li").first.is_visible()
    assert page.get_by_text(
        "With JavaScript you can answer this question"
    ).first.is_visible()
    assert page.locator(".cnnlab-panels").first.is_visible()
    assert page.locator("math").first.is_visible()
    assert page.locator("[data-cl-key] .cnnlab-picture").count() >= 3
    colour = "element => getComputedStyle(element).backgroundColor"
    assert page.locator(".bd-header").evaluate(colour) == "rgb(255, 255, 255)"
    context.close()


def test_nothing_is_folded_in_print(lesson: Page) -> None:
    closed = "document.querySelectorAll('article details:not([open])').length"
    before = lesson.evaluate(closed)
    lesson.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert lesson.evaluate(closed) == 0
    lesson.evaluate("dispatchEvent(new Event('afterprint'))")
    assert lesson.evaluate(closed) == before > 0


def test_a_misconception_opens_its_explorer_in_the_listed_state(
    site: Path, page: Page
) -> None:
    page.goto((site / "misconceptions.html").as_uri())
    page.get_by_role("link", name="Shapes").first.click()
    page.wait_for_function("window.cnnlabExplorers?.has('errors')")
    page.wait_for_function("document.querySelector('#shapes .cl-share').open")
    state = "window.cnnlabExplorers.get('shapes').model.get('state').compare"
    assert page.evaluate(state) == "torch"
