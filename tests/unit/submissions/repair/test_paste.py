"""What pasting leaves in an answer is removed; what is Python already stays."""

from __future__ import annotations

import pytest

from grader.submissions.repair.paste import without_prompts


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
