"""``Explorer``: an interactive picture, and the static one that stands for it.

The widget is made only when somebody looks: a notebook that a program runs gets the
static picture, and nothing here imports anywidget until then.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from cnnlab.exercises import is_person_present
from cnnlab.explorers._fields import Field, decode, encode, validated
from cnnlab.explorers._join import joined, stylesheet
from cnnlab.figures import Picture

if TYPE_CHECKING:
    from anywidget import AnyWidget

_VIEW = "application/vnd.jupyter.widget-view+json"

__all__ = ["Explorer"]


class Explorer:
    """An interactive picture.

    In JupyterLab, Notebook 7, VS Code and Colab it is live. Where no JavaScript runs,
    its static picture is shown, with alt text.

    Parameters
    ----------
    text
        A state as a text, such as ``"shapes?rows=5"``; the first state if empty.
    state
        Values that differ from it, by name.

    Raises
    ------
    ValueError
        If a name is unknown or a value is out of range, with the legal ones.
    """

    name: ClassVar[str]
    """The folder of its modules, and the first word of its state as a text."""

    fields: ClassVar[Mapping[str, Field]]
    """What its state holds; equal to ``fields`` of its ``arithmetic.mjs``."""

    def __init__(self, text: str = "", **state: Any) -> None:
        start = decode(text, self.name, self.fields) if text else {}
        self._state = validated(start | state, self.fields)
        self._data: dict[str, Any] = {}

    @property
    def state(self) -> dict[str, Any]:
        """All values that it shows now."""
        if "widget" in self.__dict__:
            self._state = validated(dict(self.widget.state), self.fields)
        return dict(self._state)

    @property
    def text(self) -> str:
        """The state as a short text, for another reader to open."""
        return encode(self.name, self.state, self.fields)

    @property
    def guesses(self) -> list[dict[str, Any]]:
        """What was predicted here: ``state``, ``guess`` and whether it is ``right``."""
        return list(self.widget.guesses) if "widget" in self.__dict__ else []

    @property
    def traits(self) -> dict[str, Any]:
        """What the page is given: the state, and data that it does not change."""
        return {"state": self.state, "data": self._data}

    def figure(self) -> Picture:
        """Return the static picture of the state."""
        raise NotImplementedError

    @cached_property
    def widget(self) -> AnyWidget:
        """The anywidget, made once."""
        from cnnlab.explorers._widget import make_widget

        module, css = joined(self.name), stylesheet(self.name)
        return make_widget(module, css, self._state, self._data)

    # Jupyter passes the formats to include and exclude, but accepts any others.
    def _repr_mimebundle_(
        self, **_options: object
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.figure()._repr_mimebundle_()
        if os.environ.get("CNNLAB_FIGURES") == "text" or not is_person_present():
            return data, metadata
        return data | {_VIEW: self._live_view()}, metadata

    def _live_view(self) -> dict[str, Any]:
        bundle: Any = self.widget._repr_mimebundle_()
        view: dict[str, Any] = (bundle[0] if isinstance(bundle, tuple) else bundle)[
            _VIEW
        ]
        return view
