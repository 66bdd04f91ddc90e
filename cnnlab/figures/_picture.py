"""``Picture``: a figure that never goes without its alt text."""

from __future__ import annotations

import base64
import html
import io
import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cnnlab.figures._panels import PAPER

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Picture"]


class Picture:
    """A matplotlib figure and the words that can replace it.

    Jupyter calls ``_repr_mimebundle_``; `svg` and `png` are for files. Nothing
    is drawn before it is asked for. With ``CNNLAB_FIGURES=text`` in the
    environment a notebook shows the words alone, and the figure is not even put
    together: for runs without a reader.

    Parameters
    ----------
    draw
        Puts the figure together. It is called here, with the data as they are
        now, unless words are all that is wanted.
    alt
        The words.
    """

    def __init__(self, draw: Callable[[], Figure], alt: str) -> None:
        self._draw = draw
        self.alt = alt
        if not _words_only():
            _ = self.figure

    @cached_property
    def figure(self) -> Figure:
        """The figure, put together once."""
        return self._draw()

    def _lay_out(self) -> None:
        # Laid out once: a second pass would move things, and SVG and PNG differ.
        if self.figure.get_layout_engine():
            self.figure.draw_without_rendering()
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def svg(self) -> str:
        """Draw the figure as SVG.

        Returns
        -------
        str
            An SVG file without a date: equal data gives equal text.
        """
        import matplotlib as mpl

        self._lay_out()
        out = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "cnnlab"}):
            self.figure.savefig(out, format="svg", metadata={"Date": None})
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
            A PNG file.
        """
        self._lay_out()
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def html(self) -> str:
        """Write one ``<img>`` that holds the SVG and the alt text."""
        data = base64.b64encode(self.svg().encode()).decode()
        width = round(self.figure.get_figwidth() * 96)
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width}" '
            f'style="max-width:100%;height:auto;background:{PAPER}" '
            f'src="data:image/svg+xml;base64,{data}">'
        )

    # Jupyter says what to include and to exclude, and takes more or less as well.
    def _repr_mimebundle_(
        self, **_wanted: object
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        words = f"[picture: {self.alt}]"
        if _words_only():
            return {"text/plain": words}, {}
        data = {
            "text/html": self.html(),
            "image/png": self.png(),
            "text/plain": words,
        }
        return data, {"image/png": {"alt": self.alt}}


def _words_only() -> bool:
    return os.environ.get("CNNLAB_FIGURES") == "text"
