"""``Explorer``: an interactive picture, and the static one that stands for it.

It is live only where somebody looks: a notebook that a program runs gets the static
picture, and nothing here imports anywidget until then. With ``CNNLAB_FIGURES=live`` in
the environment such a notebook gets live ones too, without a connection to Python. The
course's web site needs these, because its pages have no kernel.
"""

from __future__ import annotations

import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from cnnlab.exercises import is_person_present
from cnnlab.explorers._colab import is_colab
from cnnlab.explorers._fields import Field, decode, encode, validated
from cnnlab.explorers._fragment import fragment
from cnnlab.figures import Picture

__all__ = ["Explorer"]


class Explorer(ABC):
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
    """The name of its folder; its state as a text begins with this word."""

    fields: ClassVar[Mapping[str, Field]]
    """What its state holds; equal to ``fields`` of its ``arithmetic.mjs``."""

    def __init__(self, text: str = "", **state: Any) -> None:
        start = decode(text, self.name, self.fields) if text else {}
        given = {name: _plain(value) for name, value in state.items()}
        self._state = validated(start | given, self.fields)
        self._data: dict[str, Any] = {}
        self._key = secrets.token_hex(8)
        self._link: Any = None

    @property
    def state(self) -> dict[str, Any]:
        """The present values of its state, with the changes made on the page."""
        if self._link is not None:
            self._state = validated(dict(self._link.state), self.fields)
        return dict(self._state)

    @property
    def text(self) -> str:
        """The state as a short text, for another reader to open."""
        return encode(self.name, self.state, self.fields)

    @property
    def guesses(self) -> list[dict[str, Any]]:
        """The guesses made on the page: ``state``, ``guess`` and ``right`` of each."""
        return list(self._link.guesses) if self._link is not None else []

    @property
    def traits(self) -> dict[str, Any]:
        """What the page is given: the state, and data that it does not change."""
        return {"state": self.state, "data": self._data}

    @abstractmethod
    def figure(self) -> Picture:
        """Return the static picture of the state."""

    # Jupyter passes the formats to include and exclude, but accepts any others.
    def _repr_mimebundle_(
        self, **_options: object
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.figure()._repr_mimebundle_()
        wanted = os.environ.get("CNNLAB_FIGURES")
        if wanted == "text" or not (wanted == "live" or is_person_present()):
            return data, metadata
        if is_person_present():
            self._link = self._link or _link(self._key, self._state)
        joins = self._link.page_code if self._link is not None else ""
        live = fragment(self.name, self._key, self.traits, data["text/html"], joins)
        return data | {"text/html": live}, metadata


def _plain(value: Any) -> Any:
    """Return Python's number for one of NumPy, such as a row that argmax has found."""
    return value.item() if isinstance(value, np.generic) else value


def _link(key: str, state: dict[str, Any]) -> Any:
    """Return the link to the page; None where what it needs is missing."""
    try:
        if is_colab():
            from cnnlab.explorers._colab import make_link
        else:
            from cnnlab.explorers._widget import make_link
    except ImportError:
        return None
    return make_link(key, state)
