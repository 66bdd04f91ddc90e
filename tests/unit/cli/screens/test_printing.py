"""What the screens of several commands share."""

from __future__ import annotations

from rich.progress import Progress

from grader.cli.screens.printing import TimeLeftColumn


def shown_after(*, cells: int, seconds: int) -> str:
    """Return what the column shows when `cells` of 10 took so many seconds each."""
    clock = [0.0]
    progress = Progress(get_time=lambda: clock[0], auto_refresh=False)
    number = progress.add_task("notebook", total=10)
    for _ in range(cells):
        clock[0] += seconds
        progress.advance(number)
    return TimeLeftColumn().render(progress.tasks[0]).plain


def test_the_time_left_is_named_so() -> None:
    assert shown_after(cells=4, seconds=10) == "0:01:00 left"


def test_before_it_is_known_and_after_the_end_nothing_is_shown() -> None:
    assert shown_after(cells=0, seconds=10) == ""
    assert shown_after(cells=10, seconds=10) == ""
