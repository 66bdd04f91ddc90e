"""Each rule on a notebook's file reports a notebook that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.lint.form import RULES
from grader.authoring.lint.lint import lint
from tests.support.linting import (
    Bad,
    about,
    also,
    check,
    good,
    make_course,
    named,
    output,
    renamed,
    replace,
)

CASES: dict[str, Bad] = {
    "format 4.4": Bad("format", "", "4.4", lambda raw: raw.update(nbformat_minor=4)),
    "id by chance": Bad("ids", "9f8e7d6c", "'9f8e7d6c'", renamed("try-it", "9f8e7d6c")),
    "id of a UUID": Bad(
        "ids",
        "a1b2c3d4",
        "says nothing",
        renamed("try-it", "a1b2c3d4-1234-abcd-9876-0123456789ab"),
    ),
    "id of Colab": Bad("ids", "", "'xY_z'", renamed("try-it", "xY_z")),
    "counted id": Bad("ids", "cell-5", "'cell-5'", renamed("try-it", "cell-5")),
    "no id": Bad("ids", "", "None", lambda raw: named(raw, "try-it").pop("id")),
    "id twice": Bad("ids", "setup", "is on two", renamed("try-it", "setup")),
    "an output": Bad("outputs", "try-it", "output", output),
    "a counter": Bad(
        "outputs",
        "try-it",
        "counter",
        lambda raw: named(raw, "try-it").update(execution_count=3),
    ),
    "who ran it": Bad(
        "metadata",
        "try-it",
        "metadata.executionInfo",
        also("try-it", executionInfo={"user": {"displayName": "A. Person"}}),
    ),
    "Colab's": Bad("metadata", "", "metadata.colab", about(colab={"provenance": []})),
    "widgets": Bad("metadata", "", "metadata.widgets", about(widgets={})),
    "another kernel": Bad(
        "metadata",
        "",
        "'mine', not 'python3'",
        about(kernelspec={"name": "mine", "display_name": "Mine"}),
    ),
    "machine's language": Bad(
        "metadata",
        "",
        "language_info",
        about(language_info={"name": "python", "version": "3.11.7"}),
    ),
    "mute picture": Bad(
        "alt-text", "adding", "''", replace("adding", "a plus sign", "")
    ),
    "empty words": Bad(
        "alt-text",
        "adding",
        "'image'",
        replace("adding", "a plus sign", "image"),
    ),
    "mute HTML": Bad(
        "alt-text",
        "summary",
        "''",
        replace("summary", "- added", '<img src="x.png">\n\n- added'),
    ),
    "mute drawing": Bad(
        "alt-text",
        "summary",
        "''",
        replace("summary", "- added", "<svg><rect/></svg>\n\n- added"),
    ),
    "button to another": Bad(
        "links",
        "title",
        "02_products.ipynb is not this notebook",
        replace("title", "01_sums", "02_products"),
    ),
    "button to a branch": Bad(
        "links",
        "title",
        "no button",
        replace("title", "/trunk/", "/main/"),
    ),
    "button to a folder": Bad(
        "links",
        "title",
        "no button",
        replace("title", "/lessons/", "/labs/"),
    ),
    "button to a fork": Bad(
        "links",
        "title",
        "no button",
        replace("title", "some/course", "other/course"),
    ),
    "no Jupyter": Bad(
        "links",
        "title",
        "JupyterLab",
        replace("title", " or `make lab` for JupyterLab", ""),
    ),
    "leads nowhere": Bad(
        "links",
        "summary",
        "no notebook at 02_products.ipynb",
        replace("summary", "01_sums", "02_products"),
    ),
}


@pytest.mark.parametrize("bad", CASES.values(), ids=CASES)
def test_a_bad_one_is_found(tmp_path: Path, bad: Bad) -> None:
    check(bad, tmp_path)


def test_every_rule_has_a_bad_notebook() -> None:
    assert {bad.rule for bad in CASES.values()} == set(RULES)


def test_a_notebook_that_was_run_is_reported_once(tmp_path: Path) -> None:
    """Else a line for each cell hides what else is wrong."""
    raw = good()
    code = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    for cell in code:
        cell["execution_count"] = 3
    (found,) = lint(make_course(tmp_path, raw))
    assert "setup" in found.cell
    assert f"kept, and in {len(code) - 1} cells below" in found.what
