"""Sphinx's settings for the web site. ``python -m website`` calls Sphinx with them."""

import subprocess

import cnnlab
import grader.api
import grader.collect
from grader.authoring.lint import address
from website.places import HERE, ROOT

# `collect` is both a function and a package; autodoc must find the function.
grader.collect = grader.api.collect


def _commit() -> str:
    """Return the commit that the pages are made from; empty without git."""
    try:
        asked = ["git", "-C", str(HERE), "log", "-1", "--format=%h, %cs"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


_address = address.read(ROOT)

project = "Convolutional neural networks"
author = "the course's authors"
copyright = (  # noqa: A001 - Sphinx's name for it
    "the course's authors. Text and figures: CC BY 4.0, code: BSD 3-Clause"
)
release = version = cnnlab.__version__
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "website.rendering",
]
html_math_renderer = "mathml"

# Notebooks come with their outputs: see website/runs.py.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
# Blocks without a language show what a terminal or a file holds.
highlight_language = "none"
pygments_style = "a11y-high-contrast-light"

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_numpy_docstring = True
napoleon_google_docstring = False

templates_path = ["templates"]
html_theme = "pydata_sphinx_theme"
html_title = "Convolutional neural networks"
# __main__ says where static and extra files are.
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_context = {"commit": _commit(), "default_mode": "auto"}
html_sidebars: dict[str, list[str]] = {
    "index": [],
    "gallery": [],
    "misconceptions": [],
}
html_theme_options = {
    "logo": {"text": "CNN course"},
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
    "navbar_persistent": ["search-button"],
    "secondary_sidebar_items": {"**": ["page-toc"], "index": []},
    "show_toc_level": 2,
    "show_prev_next": True,
    "footer_start": ["copyright"],
    "footer_end": ["made"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "icon_links": (
        [{"name": "GitHub", "url": _address.home, "icon": "fa-brands fa-github"}]
        if _address.is_published
        else []
    ),
}
