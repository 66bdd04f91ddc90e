"""Which outputs a lesson's page shows. Pure.

Pages show the outputs of the *student copy*, run before anything is answered. The copy
has neither solutions nor hidden tests, so its outputs reveal none. Outputs that only
say that there is no answer yet are left out.

A few figures need answers. They come from a run of the solution: each shows results
that the text describes anyway, and no line of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from website.cells import joined

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
# These strings are in the HTML of figures and explorers.
_OURS = ("cnnlab-picture", "data-cl-key")
# The still image in a figure is for notebooks whose drawings are removed.
_STILL = re.compile(r'<img alt="[^"]*" width="\d+"[^>]*src="data:image/png[^>]*>')
# It hides the drawing where styles are removed; the site's theme would obey it too.
_SHOWN_BY_STYLE = ' hidden="hidden"'
_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# TensorFlow writes messages about the machine there.
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
    """Return an output with only one of its representations, for a page."""
    if output["output_type"] == "stream":
        text = _NOT_ANSWERED.sub("", _COLOUR.sub("", joined(output["text"])))
        return dict(output) | {"text": text}
    html = joined(output["data"].get("text/html", ""))
    if any(ours in html for ours in _OURS):
        data = {"text/html": for_page(html)}
    else:
        # HTML of other packages has colours that cannot be read in both modes.
        plain = joined(output["data"].get("text/plain", ""))
        data = {"text/plain": _COLOUR.sub("", plain)}
    return dict(output) | {"data": data, "metadata": {}}


def for_page(html: str) -> str:
    """Return a figure's HTML without the parts for places that remove styles."""
    return _STILL.sub("", html).replace(_SHOWN_BY_STYLE, "")


__all__ = ["FROM_SOLUTIONS", "for_page", "shown"]
