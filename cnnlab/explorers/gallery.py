"""Write a page that shows explorers live, without a kernel and without a network.

``python -m cnnlab.explorers.gallery FILE`` writes all of them into one HTML file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

from cnnlab import explorers
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fragment import fragment

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
</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
_SECTION = """<article>
<h2>{heading}</h2>
<p>{words}</p>
{live}</article>
"""
_TAIL = """</main>
</body>
</html>
"""


def all_explorers() -> list[Explorer]:
    """Return each explorer in its first state."""
    found = [getattr(explorers, name) for name in explorers.__all__]
    return [each() for each in found if isinstance(each, type)]


def page(shown: Sequence[Explorer], title: str = "Explorers") -> str:
    """Return a page with these explorers, at most one of a kind.

    Parameters
    ----------
    shown
        The explorers, in their states.
    title
        The page's title.
    """
    return "".join([_HEAD.format(title=escape(title)), *map(_section, shown), _TAIL])


def _section(explorer: Explorer) -> str:
    words = (type(explorer).__doc__ or "").strip().split("\n\n")[0]
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(explorer).__name__).capitalize()
    still = "<p>This picture needs JavaScript.</p>"
    live = fragment(explorer.name, explorer.name, explorer.traits, still)
    return _SECTION.format(heading=escape(heading), words=escape(words), live=live)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(all_explorers()), "utf-8")
