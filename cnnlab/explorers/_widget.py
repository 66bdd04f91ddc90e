"""The link between an explorer on the page and Python.

No other module imports anywidget.
"""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from cnnlab.explorers._join import HERE

__all__ = ["make_link"]


class _Link(anywidget.AnyWidget):
    """What Python and the page share: state, guesses, new data. It shows nothing."""

    # Its own code is all that the page needs to be linked.
    page_code = ""
    _esm = HERE / "kit" / "bridge.mjs"
    key: Any = traitlets.Unicode().tag(sync=True)
    state: Any = traitlets.Dict().tag(sync=True)
    guesses: Any = traitlets.List().tag(sync=True)
    # What Python has changed since the page was made; empty if nothing.
    data: Any = traitlets.Dict().tag(sync=True)


def make_link(key: str, state: dict[str, Any]) -> Any:
    """Make the link of one explorer.

    Parameters
    ----------
    key
        The key of the explorer on the page.
    state
        The values that it shows first.
    """
    return _Link(key=key, state=state)
