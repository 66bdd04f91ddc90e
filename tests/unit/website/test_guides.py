"""Links between guides stay; links to other files lead to GitHub or are removed."""

from __future__ import annotations

from grader.authoring.lint.address import Address
from website.guides import indexes, rewritten

SET = Address("some/course", "trunk")
UNSET = Address("your_university/cnn-course", "main")
TEXT = (
    "[a](scale.md#x), [b](../fuzz/README.md), [c](explorers.html), [d](https://e.org)"
)


def test_links_in_a_published_course() -> None:
    assert rewritten(TEXT, "docs/security.md", SET) == (
        "[a](scale.md#x), "
        "[b](https://github.com/some/course/blob/trunk/fuzz/README.md), "
        "[c](../gallery.md), [d](https://e.org)"
    )


def test_links_before_it_is_published() -> None:
    found = rewritten(TEXT, "docs/security.md", UNSET)
    assert found == "[a](scale.md#x), b, [c](../gallery.md), [d](https://e.org)"


def test_code_is_left_alone() -> None:
    block = "```\n[b](../fuzz/README.md)\n```"
    assert rewritten(block, "docs/security.md", UNSET) == block


def test_each_folder_has_a_page_that_lists_it() -> None:
    listed = indexes(["security.md", "api.md", "how-to/lms.md", "decisions/0001-a.md"])
    assert list(listed) == ["how-to/index.md", "decisions/index.md", "index.md"]
    assert listed["index.md"].split("\n\n")[2] == (
        "api\nsecurity\nhow-to/index\ndecisions/index\n```\n"
    )
    assert listed["how-to/index.md"].startswith("# How to\n")


def test_the_page_about_all_guides_has_its_own_words() -> None:
    about = rewritten("# Documentation\n\n[all](README.md)\n", "docs/README.md", UNSET)
    listed = indexes(["how-to/lms.md"], about)["index.md"]
    assert listed.startswith("# Documentation\n\n[all](index.md)\n\n```{toctree}")
