"""Several Ctrl-C in a row are one, a later one is another."""

from __future__ import annotations

import pytest

from grader.cli import interrupts


def test_the_first_counts_and_those_right_after_it_do_not() -> None:
    handler = interrupts.Interrupts()
    with pytest.raises(KeyboardInterrupt):
        handler()
    for _ in range(3):
        handler()


def test_a_later_one_counts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = interrupts.Interrupts()
    with pytest.raises(KeyboardInterrupt):
        handler()
    monkeypatch.setattr(interrupts, "IN_A_ROW_SECONDS", -1)
    with pytest.raises(KeyboardInterrupt):
        handler()
