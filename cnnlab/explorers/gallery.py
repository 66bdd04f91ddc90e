"""Write a page that shows explorers live, without a kernel and without a network.

``python -m cnnlab.explorers.gallery FILE`` writes all of them into one HTML file.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from cnnlab import explorers
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._join import HERE, joined, stylesheet

__all__ = ["all_explorers", "page"]

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
[data-theme="light"] {{ color-scheme: light; }}
[data-theme="dark"] {{ color-scheme: dark; }}
body {{ margin: 0 auto; padding: 16px; max-width: 72rem;
  font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #181a1b); color: light-dark(#1b1b1b, #ececec); }}
{css}</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
_SECTION = """<article>
<h2>{heading}</h2>
<p>{words}</p>
<div id="{name}"><p>This picture needs JavaScript.</p></div>
</article>
"""
_TAIL = """</main>
<script type="module">
{host}
const modules = {modules};
const traits = {traits};
window.explorers = {{}};
for (const [name, source] of Object.entries(modules)) {{
  const url = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
  const el = document.getElementById(name);
  el.replaceChildren();
  window.explorers[name] = await show(await import(url), el, traits[name]);
  URL.revokeObjectURL(url);
}}
window.ready = true;
</script>
</body>
</html>
"""


def all_explorers() -> list[Explorer]:
    """Return each explorer in its first state."""
    return [getattr(explorers, name)() for name in explorers.__all__]


def page(shown: Sequence[Explorer], title: str = "Explorers") -> str:
    """Return a page with these explorers, at most one of a kind.

    Parameters
    ----------
    shown
        The explorers, in their states.
    title
        The page's title.
    """
    names = [explorer.name for explorer in shown]
    css = "".join(dict.fromkeys(stylesheet(name) for name in names))
    sections = "".join(map(_section, shown))
    host = (HERE / "kit" / "host.mjs").read_text("utf-8").replace("export ", "")
    tail = _TAIL.format(
        host=host,
        modules=_script({name: joined(name) for name in names}),
        traits=_script({explorer.name: explorer.traits for explorer in shown}),
    )
    return _HEAD.format(title=escape(title), css=css) + sections + tail


def _section(explorer: Explorer) -> str:
    words = (type(explorer).__doc__ or "").strip().split("\n\n")[0]
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(explorer).__name__).capitalize()
    name = explorer.name
    return _SECTION.format(heading=escape(heading), words=escape(words), name=name)


def _script(value: Any) -> str:
    """Return a value as JSON that may stand in a script element."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(all_explorers()), "utf-8")
