"""``Picture``: a figure together with the words that describe it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cnnlab.figures._html import page
from cnnlab.figures._sheet import Sheet
from cnnlab.figures._theme import PAPER, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Picture"]


class Picture:
    """A matplotlib figure and the words that describe it.

    Jupyter shows it through ``_repr_mimebundle_``; `svg` and `png` make files. With
    ``CNNLAB_FIGURES=text`` in the environment a notebook shows the words alone and
    the figure is not made, which saves time in runs that nobody looks at.

    Parameters
    ----------
    draw
        Makes the figure. Called at once, so that later changes of the data do not
        show; not called if only the words are wanted.
    alt
        What the figure shows, in a sentence.
    description
        What it shows in detail, with its numbers; by default the same as `alt`.
    """

    def __init__(
        self, draw: Callable[[], Sheet], alt: str, description: str = ""
    ) -> None:
        self._draw = draw
        self.alt = alt
        self.description = description or alt
        if not _is_text_only():
            _ = self._sheet

    @cached_property
    def _sheet(self) -> Sheet:
        with style():
            return self._draw()

    @property
    def figure(self) -> Figure:
        """The matplotlib figure, made once."""
        return self._sheet.figure

    def svg(self) -> str:
        """Draw the figure as SVG.

        Returns
        -------
        str
            The content of an SVG file, without a date: equal data gives equal text.
        """
        return self._svg(PAPER)

    def _svg(self, background: str) -> str:
        out, about = io.StringIO(), {"Date": None}
        with style():
            self.figure.savefig(out, format="svg", metadata=about, facecolor=background)
        return out.getvalue()

    def png(self, dpi: float = 144) -> bytes:
        """Draw the figure as PNG.

        Parameters
        ----------
        dpi
            Dots per inch.

        Returns
        -------
        bytes
            The content of a PNG file.
        """
        out = io.BytesIO()
        with style():
            self.figure.savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def html(self) -> str:
        """Return the figure in pieces that wrap, with its words, as HTML."""
        return self._html(self.png())

    def _html(self, png: bytes) -> str:
        svg = self._svg("none")
        return page(self._sheet, svg, png, self.alt, self.description)

    def _words(self) -> str:
        detail = "" if self.description == self.alt else f"\n{self.description}"
        return f"[picture: {self.alt}]{detail}"

    # Jupyter passes the formats to include and exclude, but accepts any others.
    def _repr_mimebundle_(
        self, **_options: object
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        text = self._words()
        if _is_text_only():
            return {"text/plain": text}, {}
        png = self.png()
        data = {"text/html": self._html(png), "image/png": png, "text/plain": text}
        return data, {"image/png": {"alt": self.alt}}


def _is_text_only() -> bool:
    return os.environ.get("CNNLAB_FIGURES") == "text"
