"""Google Colab's functions for outputs, as far as explorers use them.

Colab's front end cannot be had: its part stands here as Colab describes it, with the
names and arguments of ``google.colab.output`` and ``google.colab.kernel``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Page

from cnnlab.explorers import _explorer

# What Colab puts into each output's page; `colabHost` is set by `open_output`.
_PAGE = """
window.google = { colab: { kernel: {
  accessAllowed: true,
  invokeFunction: (name, args, named) =>
    window.colabHost(name, JSON.stringify(args), JSON.stringify(named)),
} } };
"""
_OUTPUT = """<!doctype html>
<html theme="dark">
<head><meta charset="utf-8"><title>Output</title><style>
:root { --colab-primary-surface-color: #383838; --colab-primary-text-color: #d5d5d5; }
body { background: var(--colab-primary-surface-color); }
</style></head>
<body><div id="output-area"></div></body>
</html>
"""
# As Colab does, so that scripts run.
_SHOW = """
html => document.getElementById("output-area").append(
  document.createRange().createContextualFragment(html))
"""


class Colab:
    """The two parts of Colab: a kernel's functions, and a page that calls them."""

    def __init__(self) -> None:
        self.scripts: list[str] = []
        self._functions: dict[str, Callable[..., object]] = {}

    def register_callback(self, name: str, function: Callable[..., object]) -> None:
        self._functions[name] = function

    def eval_js(self, script: str, ignore_result: bool = False) -> None:
        assert ignore_result, "a cell that runs must not wait for its page"
        self.scripts.append(script)

    def call(self, name: str, *args: Any) -> None:
        """Call a function of the kernel, as a page does."""
        self._functions[name](*json.loads(json.dumps(args)))

    def open_output(self, page: Page, html: str) -> None:
        """Show a cell's output on a page of its own, in Colab's dark theme."""
        page.expose_function("colabHost", self._host)
        page.add_init_script(_PAGE)
        page.route("https://output.example/", lambda route: route.fulfill(body=_OUTPUT))
        page.goto("https://output.example/")
        page.evaluate(_SHOW, html)
        page.wait_for_function("window.cnnlabExplorers?.size")

    def _host(self, name: str, args: str, named: str) -> None:
        assert json.loads(named) == {}
        self.call(name, *json.loads(args))


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Colab:
    """Let this process seem to be a kernel of Colab, with a person who looks."""
    colab = Colab()
    package, output = ModuleType("google.colab"), ModuleType("google.colab.output")
    output.register_callback = colab.register_callback  # type: ignore[attr-defined]
    output.eval_js = colab.eval_js  # type: ignore[attr-defined]
    package.output = output  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab", package)
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    monkeypatch.setattr(_explorer, "is_person_present", lambda: True)
    return colab


__all__ = ["Colab", "stand_in"]
