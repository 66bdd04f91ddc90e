"""How our HTML pages are made: templates that escape, and the style they carry."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

__all__ = ["environment", "style"]


def style(name: str) -> str:
    """Return a style sheet of ours."""
    return files("grader").joinpath("templates", name).read_text("utf-8")


def environment(style_name: str) -> Environment:
    """Return what renders our templates: all is escaped, no name may be missing.

    The global ``style`` holds the style sheet, because a page loads nothing.
    """
    made = Environment(
        loader=PackageLoader("grader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style"] = Markup(style(style_name))  # noqa: S704 - our own file
    return made
