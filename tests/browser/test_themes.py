"""All explorers in the themes of front ends, where the system has the other one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cnnlab.explorers import gallery
from tests.support.explorers import KINDS, SHOWN

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

Scheme = Literal["light", "dark"]
OTHER: dict[Scheme, Scheme] = {"light": "dark", "dark": "light"}
# VS Code and Colab show widgets with these variables, whatever their own theme is.
WIDGETS = "--jp-ui-font-color1: rgba(0, 0, 0, .87); --jp-layout-color1: white;"
VS_CODE = "--vscode-editor-foreground: {}; --vscode-editor-background: {};"
COLAB = "--colab-primary-text-color: {}; --colab-primary-surface-color: {};"


@dataclass(frozen=True)
class Theme:
    """How a front end says which theme it has.

    Attributes
    ----------
    scheme
        What it is.
    body
        Attributes of the page's body.
    paper
        The colour that explorers must have below them.
    variables
        CSS, in the front end's names.
    root
        Attributes of the page itself.
    """

    scheme: Scheme
    body: str
    paper: str
    variables: str
    root: str = ""


HIGH_LIGHT = "vscode-high-contrast-light vscode-high-contrast"
THEMES = {
    "VS Code dark": Theme(
        "dark",
        'class="vscode-dark"',
        "rgb(31, 31, 31)",
        VS_CODE.format("#cccccc", "#1f1f1f") + WIDGETS,
    ),
    "VS Code light": Theme(
        "light",
        'class="vscode-light"',
        "rgb(255, 255, 255)",
        VS_CODE.format("#3b3b3b", "#ffffff") + WIDGETS,
    ),
    "VS Code high contrast": Theme(
        "dark",
        'class="vscode-high-contrast"',
        "rgb(0, 0, 0)",
        VS_CODE.format("#ffffff", "#000000") + WIDGETS,
    ),
    "VS Code high contrast light": Theme(
        "light",
        f'class="{HIGH_LIGHT}"',
        "rgb(255, 255, 255)",
        VS_CODE.format("#292929", "#ffffff") + WIDGETS,
    ),
    "Colab dark": Theme(
        "dark",
        "data-cl-colab",
        "rgb(56, 56, 56)",
        COLAB.format("#d5d5d5", "#383838") + WIDGETS,
        'theme="dark"',
    ),
    "Colab light": Theme(
        "light",
        "data-cl-colab",
        "rgb(255, 255, 255)",
        COLAB.format("#212121", "#ffffff") + WIDGETS,
    ),
    "JupyterLab dark": Theme(
        "dark",
        'data-jp-theme-light="false"',
        "rgb(17, 17, 17)",
        "--jp-ui-font-color1: #fff; --jp-layout-color1: #111;",
    ),
}
QUICK = ("VS Code dark",)
EACH = [
    pytest.param(theme, id=name, marks=[] if name in QUICK else [pytest.mark.nightly])
    for name, theme in THEMES.items()
]
LOOKS = """nodes => nodes.map((node) => getComputedStyle(node)).map(
  (look) => [look.colorScheme, look.backgroundColor])"""


@pytest.mark.parametrize("theme", EACH)
def test_explorers_have_the_theme_of_the_front_end(
    page: Page, tmp_path: Path, theme: Theme
) -> None:
    page.emulate_media(color_scheme=OTHER[theme.scheme])
    html = gallery.page(gallery.all_explorers())
    html = html.replace("<body>", f"<body {theme.body}>")
    html = html.replace("<html ", f"<html {theme.root} ")
    html = html.replace(
        "</head>", f"<style>:root {{ {theme.variables} }}</style></head>"
    )
    file = tmp_path / "page.html"
    file.write_text(html, "utf-8")
    page.goto(file.as_uri())
    for name in KINDS:
        page.wait_for_function(SHOWN, arg=name)
    looks = page.eval_on_selector_all(".cl-explorer", LOOKS)
    assert looks == [[theme.scheme, theme.paper]] * len(KINDS)
    rules = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    found = Axe().run(page, context=".cl-explorer", options=rules)
    nodes = [node for each in found.response["violations"] for node in each["nodes"]]
    assert [node["html"] + node["failureSummary"] for node in nodes] == []
