"""What pasting leaves in an answer is removed; what is Python already stays."""

from __future__ import annotations

import pytest

from grader.submissions.repair.paste import with_plain_blanks, without_prompts


@pytest.mark.parametrize(
    ("pasted", "bare"),
    [
        (">>> x = 1", "x = 1"),
        (">>> x = 1\n>>> x\n1", "x = 1\nx\n1"),
        ("\n>>> def f():\n...     return 1\n...\n", "\ndef f():\n    return 1\n\n"),
        ("    >>> x = 1\n    >>> y = 2", "x = 1\ny = 2"),
        (">>> x = 1\ny = ... ", "x = 1\ny = ... "),
        ("In [1]: %time x = 1\n   ...: y = 2", "%time x = 1\ny = 2"),
    ],
)
def test_the_prompts_of_a_shell_are_removed(pasted: str, bare: str) -> None:
    assert without_prompts(pasted) == bare


def test_a_long_line_takes_no_time() -> None:
    """Else one submission would keep a worker busy for hours."""
    blanks = " " * 2_000_000
    assert without_prompts(f">>> x = (\n{blanks}x") == f">>> x = (\n{blanks}x"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def f():\n    ...",
        "def f():\n    '''\n    >>> f()\n    '''",
        "x = (\n>>> y",
        ">>> x = (",
        ">>>x = 1",
        ">>> f()\nTraceback (most recent call last):",
        "In [1] x = 1",
    ],
)
def test_all_else_stays_as_it_is(source: str) -> None:
    assert without_prompts(source) == source


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("def f():\n\u00a0 \u00a0return 1", "def f():\n   return 1"),
        ("if x:\n\u3000y = '\u00a0'", "if x:\n y = '\u00a0'"),
        ("x\u00a0=\u202f1\u200b", "x = 1"),
        ("%time x\u00a0= 1\ny\u00a0= 2", "%time x = 1\ny = 2"),
    ],
)
def test_the_special_blanks_of_web_pages_become_ordinary(
    pasted: str, plain: str
) -> None:
    assert with_plain_blanks(pasted) == plain


@pytest.mark.parametrize(
    "source", ["", "x = '\u00a0'", "# a\u00a0b", "x = (\u00a0", "%cd a\u00a0b"]
)
def test_blanks_that_python_reads_stay_and_so_does_what_is_no_python(
    source: str,
) -> None:
    assert with_plain_blanks(source) == source


def test_many_special_blanks_take_no_time() -> None:
    blanks = "\u00a0" * 2_000_000
    assert with_plain_blanks(f"x = (\n{blanks}") == f"x = (\n{blanks}"
