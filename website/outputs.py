"""Which outputs a lesson's page shows. Pure.

Pages show the outputs of the *student copy*, run before anything is answered. It has
neither solutions nor hidden tests, so they can give nothing away. Left out is what
only says that there is no answer yet.

A few figures show a reader's answers at work. They come from a run of the solution, as
each of them shows results that the text describes as well, and no line of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from website.quiz import source

FROM_SOLUTIONS: Mapping[str, frozenset[str]] = {
    # Products of two tiny grids in both orders; four maps of kernels that are named.
    "02_convolutions": frozenset({"commute-run", "own-kernels"}),
    # The maps of a trained network; its answers on a sheet of digits.
    "05_implementing_cnns": frozenset({"show-maps", "slide"}),
}
"""Cells whose figures are taken from the solution's run, by notebook."""

_NOT_ANSWERED = re.compile(
    r"^(?:.*: not answered yet|.* is not answered: from here on.*|Answer .* first\.)"
    r"\n?",
    re.MULTILINE,
)
_PICTURE = "image/png"
# What stands in the HTML of figures and explorers.
_OURS = ("cnnlab-picture", "data-cl-key")
# The still image in a figure is for notebooks whose drawings are removed.
_STILL = re.compile(r'<img alt="[^"]*" width="\d+"[^>]*src="data:image/png[^>]*>')
# Where the style is removed, this hides the drawing; the site's theme enforces it.
_SHOWN_BY_STYLE = ' hidden="hidden"'
_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# TensorFlow writes to it about the machine.
_NOISE = "stderr"


def shown(
    cell: Mapping[str, Any], name: str, solved: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Return the outputs that the page shows below a cell.

    Parameters
    ----------
    cell
        A code cell of the executed student copy.
    name
        The notebook.
    solved
        The same cell of the executed solution, where that was run.
    """
    if cell["metadata"].get("nbgrader"):
        return []
    if cell["id"] in FROM_SOLUTIONS.get(name, ()):
        drawn = solved["outputs"] if solved else []
        return [_plain(each) for each in drawn if _PICTURE in each.get("data", {})]
    kept = [_plain(each) for each in cell.get("outputs", ()) if _is_for_readers(each)]
    return [each for each in kept if each.get("text") != ""]


def _is_for_readers(output: Mapping[str, Any]) -> bool:
    return output["output_type"] != "error" and output.get("name") != _NOISE


def _plain(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output in the form that a page needs, once and not in three types."""
    if output["output_type"] == "stream":
        text = _NOT_ANSWERED.sub("", _COLOUR.sub("", joined(output["text"])))
        return dict(output) | {"text": text}
    html = joined(output["data"].get("text/html", ""))
    if any(ours in html for ours in _OURS):
        data = {"text/html": for_page(html)}
    else:
        # Others have colours of their own, which cannot be read in both modes.
        plain = joined(output["data"].get("text/plain", ""))
        data = {"text/plain": _COLOUR.sub("", plain)}
    return dict(output) | {"data": data, "metadata": {}}


def for_page(html: str) -> str:
    """Return a figure's HTML for a page of the site, which removes no style."""
    return _STILL.sub("", html).replace(_SHOWN_BY_STYLE, "")


def has_guess(cell: Mapping[str, Any]) -> bool:
    """Say whether a reader is to guess before the outputs of this cell are shown."""
    return any(line.startswith("guess = ") for line in source(cell).split("\n"))


def joined(text: str | list[str]) -> str:
    """Return a text of a notebook's file, which may be a list of lines."""
    return text if isinstance(text, str) else "".join(text)


__all__ = ["FROM_SOLUTIONS", "for_page", "has_guess", "joined", "shown"]
