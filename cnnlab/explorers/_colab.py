"""The link between an explorer on the page and Python in Google Colab.

Each cell's output has a page of its own there, which makes a widget only where one is
displayed, and with code from the Internet. anywidget's link is not displayed, and would
not be made. Colab's own functions need neither.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cnnlab.explorers._fragment import in_script
from cnnlab.explorers._join import KIT

__all__ = ["is_colab", "make_link"]


def is_colab() -> bool:
    """Return whether this kernel runs in Colab, which imports this module itself."""
    return "google.colab" in sys.modules


class _Link:
    """What Python and the page share. Its names are those of anywidget's link."""

    def __init__(self, key: str, state: dict[str, Any]) -> None:
        from google.colab import output

        self._key = key
        self._output = output
        self._data: dict[str, Any] = {}
        self.state: dict[str, Any] = state
        self.guesses: list[Any] = []
        output.register_callback(f"cnnlab-{key}", self._take)

    @property
    def page_code(self) -> str:
        """JavaScript for the page: it sends changes to this Python object, and back."""
        code = (KIT / "colab.mjs").read_text("utf-8").replace("export ", "")
        return in_script(f'{code}joinInColab("{self._key}");\n')

    @property
    def data(self) -> dict[str, Any]:
        """What Python has changed since the page was made."""
        return self._data

    @data.setter
    def data(self, data: dict[str, Any]) -> None:
        self._data = data
        model = f'window.cnnlabExplorers?.get("{self._key}")?.model'
        give = f'm?.set("data", {json.dumps(data)}); m?.save_changes()'
        # In the output of the cell that is running.
        self._output.eval_js(f"((m) => {{ {give} }})({model})", ignore_result=True)

    def _take(self, state: dict[str, Any], guesses: list[Any]) -> None:
        """Store what was changed on the page."""
        self.state, self.guesses = state, guesses


def make_link(key: str, state: dict[str, Any]) -> Any:
    """Make the link of one explorer.

    Parameters
    ----------
    key
        The key of the explorer on the page.
    state
        The values that it shows first.
    """
    return _Link(key, state)
