"""The HTML that shows an explorer live, in a notebook's output or on a page.

It needs no kernel: what is saved in a notebook stays live when it is opened again.
Where scripts are not run, the still picture inside is what remains.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from cnnlab.explorers._join import HERE, joined, stylesheet

__all__ = ["fragment"]

_FRAGMENT = """<div data-cl-key="{key}" data-cl-name="{name}">{still}</div>
<style>
{css}</style>
<script type="module">
const explorer = (() => {{
{module}return {view}
}})();
{host}
await show({{ default: explorer }}, "{key}", {traits});
</script>
"""


def fragment(
    name: str,
    key: str,
    traits: dict[str, Any],
    still: str = "",
    *,
    tight: bool = True,
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
    tight
        Leave out white space in the script.
    """
    module, _, view = joined(name, tight=tight).rpartition("export default ")
    host = (HERE / "kit" / "host.mjs").read_text("utf-8").replace("export ", "")
    return _FRAGMENT.format(
        key=escape(key),
        name=name,
        still=still,
        css=stylesheet(name),
        module=_in_script(module),
        host=_in_script(host),
        view=view.strip(),
        traits=_in_script(json.dumps(traits, ensure_ascii=False)),
    )


def _in_script(text: str) -> str:
    """Return a text that cannot end the script element around it."""
    return text.replace("</", "<\\/")
