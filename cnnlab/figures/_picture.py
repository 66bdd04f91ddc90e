"""``Picture``: a figure together with its alt text."""

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
    """A matplotlib figure and the alt text that describes it.

    Jupyter shows it through ``_repr_mimebundle_``; `svg` and `png` make files. With
    ``CNNLAB_FIGURES=text`` in the environment a notebook shows the alt text alone
    and the figure is not made, which saves time in runs that nobody looks at.

    Parameters
    ----------
    draw
        Makes the figure. Called at once, so that later changes of the data do not
        show; not called if only the alt text is wanted.
    alt
        The alt text.
    """

    def __init__(self, draw: Callable[[], Figure], alt: str) -> None:
        self._draw = draw
        self.alt = alt
        if not _is_text_only():
            _ = self.figure

    @cached_property
    def figure(self) -> Figure:
        """The matplotlib figure, made once."""
        return self._draw()

    def _lay_out(self) -> None:
        # Fix the layout: another pass would move things, so that SVG and PNG differ.
        if self.figure.get_layout_engine():
            self.figure.draw_without_rendering()
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def svg(self) -> str:
        """Draw the figure as SVG.

        Returns
        -------
        str
            The content of an SVG file, without a date: equal data gives equal text.
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
            The content of a PNG file.
        """
        self._lay_out()
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def html(self) -> str:
        """Return an ``<img>`` element that holds the SVG and the alt text."""
        data = base64.b64encode(self.svg().encode()).decode()
        width = round(self.figure.get_figwidth() * 96)
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width}" '
            f'style="max-width:100%;height:auto;background:{PAPER}" '
            f'src="data:image/svg+xml;base64,{data}">'
        )

    # Jupyter passes the formats to include and exclude, but accepts any others.
    def _repr_mimebundle_(
        self, **_options: object
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        text = f"[picture: {self.alt}]"
        if _is_text_only():
            return {"text/plain": text}, {}
        data = {
            "text/html": self.html(),
            "image/png": self.png(),
            "text/plain": text,
        }
        return data, {"image/png": {"alt": self.alt}}


def _is_text_only() -> bool:
    return os.environ.get("CNNLAB_FIGURES") == "text"
