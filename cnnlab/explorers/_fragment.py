"""The HTML that shows an explorer live, in a notebook's output or on a page.

It needs no kernel: what is saved in a notebook stays live when it is opened again.
Where scripts are not run, the still picture inside is what remains.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from cnnlab.explorers._join import KIT, joined, stylesheet

__all__ = ["fragment", "host", "in_script", "place", "shown"]

# Where the script draws; what stands in it remains where no script runs.
_PLACE = '<div data-cl-key="{key}" data-cl-name="{name}">{still}</div>\n'
_FRAGMENT = """{place}<style>
{css}</style>
<script type="module">
const explorer = (() => {{
{module}return {view}
}})();
{host}
{shown}{joins}</script>
"""
_SHOWN = 'await mount({{ default: {view} }}, "{key}", {traits});\n'


def fragment(
    name: str, key: str, traits: dict[str, Any], still: str = "", joins: str = ""
) -> str:
    """Return the HTML of one explorer.

    Parameters
    ----------
    name
        Its folder.
    key
        Tells it apart from all others of the page; letters, digits and ``-``.
    traits
        ``state`` and ``data``.
    still
        The HTML that stands there until the script has run.
    joins
        JavaScript that runs then, to link the explorer to Python.
    """
    module, _, view = joined(name).rpartition("export default ")
    return _FRAGMENT.format(
        place=place(name, key, still),
        css=stylesheet(name),
        module=in_script(module),
        host=host(),
        view=view.strip(),
        shown=shown("explorer", key, traits),
        joins=joins,
    )


def place(name: str, key: str, still: str) -> str:
    """Return the element in which an explorer is drawn."""
    return _PLACE.format(key=escape(key), name=name, still=still)


def host() -> str:
    """Return the code of ``mount``, which draws an explorer."""
    return in_script((KIT / "host.mjs").read_text("utf-8").replace("export ", ""))


def shown(view: str, key: str, traits: dict[str, Any]) -> str:
    """Return the statement that draws an explorer; `view` is an expression."""
    text = json.dumps(traits, ensure_ascii=False)
    return _SHOWN.format(view=view, key=escape(key), traits=in_script(text))


def in_script(text: str) -> str:
    """Return a text that cannot end the script element around it."""
    return text.replace("</", "<\\/")
