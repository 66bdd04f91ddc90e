"""Make HTML pages: templates that escape text, and the style sheets in them."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.records import points_text
from grader.reports.prompts import as_html, with_code

_LONGEST = 4000  # characters of a text that are shown
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# Control characters except tab and newline, marks that reverse the direction of
# text, and lone surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def style(name: str) -> str:
    """Return the text of one of our style sheets."""
    return files("grader.reports").joinpath("templates", name).read_text("utf-8")


def printable(text: str) -> str:
    """Return a text without control characters, and shortened if it is very long."""
    plain = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _TERMINAL.sub("", text))
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}… (shortened)"


def moment(text: str) -> str:
    """Return an ISO 8601 time as people write it.

    >>> moment("2026-02-01T09:00:00+00:00")
    '1 February 2026, 09:00 UTC'
    """
    when = datetime.fromisoformat(text)
    return f"{when.day} {when:%B %Y, %H:%M %Z}".strip()


def environment(*style_names: str) -> Environment:
    """Return a Jinja environment with autoescaping on and undefined names forbidden.

    Its global ``style`` is the text of the style sheets, because a page loads nothing;
    ``style_hash`` is for the page's content security policy. Its filters are ``points``
    (:func:`grader.records.points_text`), :func:`printable`, and ``markdown`` and
    ``code`` (:mod:`grader.reports.prompts`).

    Parameters
    ----------
    *style_names
        The file names of the style sheets.
    """
    jinja = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = "".join(map(style, style_names))
    digest = hashlib.sha256(text.encode()).digest()
    jinja.globals |= {
        "style": Markup(text),  # noqa: S704 - our own files
        "style_hash": f"sha256-{base64.b64encode(digest).decode()}",
    }
    jinja.filters |= {
        "points": points_text,
        "printable": printable,
        "markdown": as_html,
        "code": with_code,
    }
    return jinja


__all__ = ["environment", "moment", "printable", "style"]
