"""The anywidget behind an explorer; the only module that imports anywidget."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

__all__ = ["make_widget"]


class _Widget(anywidget.AnyWidget):
    """What Python and the page share: the state, the data, the guesses."""

    _esm = traitlets.Unicode("").tag(sync=True)
    _css = traitlets.Unicode("").tag(sync=True)
    state: Any = traitlets.Dict().tag(sync=True)
    data: Any = traitlets.Dict().tag(sync=True)
    guesses: Any = traitlets.List().tag(sync=True)


def make_widget(
    module: str, css: str, state: dict[str, Any], data: dict[str, Any]
) -> anywidget.AnyWidget:
    """Make the widget of an explorer.

    Parameters
    ----------
    module
        Its ES module, which imports nothing.
    css
        Its stylesheet.
    state
        The values that the page shows first.
    data
        What the page needs and does not change: images, weights.
    """
    return _Widget(_esm=module, _css=css, state=state, data=data)
