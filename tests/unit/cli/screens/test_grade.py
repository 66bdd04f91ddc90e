"""What people see: readable at 80 columns, and students' text is only text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.console import Console

from grader.cli.screens import grade
from grader.records import Assignment, Check, Flag
from tests.support.screens import HOSTILE, SPELT, printed, result


def last_bar(text: str) -> str:
    """Return the last state of the progress bar, without what moves the cursor."""
    plain = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", text).replace("\r", "\n")
    return [line for line in plain.splitlines() if "grading" in line][-1].strip()


class TestLive:
    def watch(self, console: Console, assignment: Assignment) -> None:
        with grade.Live(console) as live:
            live.preparing([assignment])
            live.grading(3, 4, 2, 2)
            live.graded(result("ada", 25))
            live.graded(result(HOSTILE, 0))

    def test_a_line_for_each_submission_without_a_terminal(
        self, averages: Assignment
    ) -> None:
        text = printed(40, lambda console: self.watch(console, averages))
        assert text.splitlines() == [
            "Preparing averages; the solution is graded first.",
            "4 unchanged since they were graded.",
            "2 recorded from earlier grades.",
            "1/3  ada  02_convolutions  25 of 25  1.2 s",
            f"2/3  {SPELT}  02_convolutions  0 of 25  1.2 s",
        ]

    def test_a_bar_with_count_and_time_left_on_a_terminal(
        self, averages: Assignment
    ) -> None:
        text = printed(80, lambda console: self.watch(console, averages), True)
        bar = last_bar(text)
        assert "grading" in bar
        assert "2/3" in bar
        assert bar.endswith("left")
        below = "1 running, slowest: cell a-test of ada, 0.5 s"
        assert below in text
        assert "25 of 25" not in text

    def test_at_the_end_the_bar_shows_only_the_time_that_has_passed(
        self, averages: Assignment
    ) -> None:
        def watch(console: Console) -> None:
            with grade.Live(console) as live:
                live.preparing([averages])
                live.grading(1, 0, 0, 1)
                live.graded(result("ada", 25))

        bar = last_bar(printed(80, watch, True))
        assert re.search(r" 1/1 \d:\d\d:\d\d$", bar)

    def test_what_was_known_before_is_counted(self, averages: Assignment) -> None:
        text = printed(80, lambda console: self.watch(console, averages), True)
        assert "4 unchanged" in text

    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_the_bar_fits_into_one_line(self, averages: Assignment, width: int) -> None:
        text = printed(width, lambda console: self.watch(console, averages), True)
        assert len(last_bar(text)) <= width
        assert "2/3" in last_bar(text)

    def test_failures_and_the_slowest_cell_are_told(self) -> None:
        statuses = ("failed", "error", "timeout", "crashed", "missing", "passed")
        checks = tuple(
            Check(f"t{n}", 0, 1, status, "examiner", "", n / 2)  # type: ignore[arg-type]
            for n, status in enumerate(statuses)
        )
        wrong = replace(result(HOSTILE, 0), cells=checks)
        wrong = replace(wrong, flags=(Flag.grader_fault("x"),))

        def watch(console: Console) -> None:
            with grade.Live(console) as live:
                live.preparing([])
                live.grading(9, 0, 0, 4)
                live.graded(wrong)

        text = printed(200, watch, True)
        assert (
            "4 running, 2 cells failed, 1 ran out of time, 1 crashed, "
            "1 not answered, "
            f"1 not graded: the grader failed, slowest: cell t5 of {SPELT}, 2.5 s"
        ) in text

    @pytest.mark.parametrize("notebook", ["", "averages"])
    def test_a_cell_whose_name_nbgrader_made_up_is_called_by_its_line(
        self, averages: Assignment, notebook: str
    ) -> None:
        made_up = "cell-a3913c46bc1f65f1"
        one = replace(
            averages,
            released=averages.released.replace('"median-test"', f'"{made_up}"'),
            tasks=tuple(
                replace(task, grade_id=made_up)
                if task.grade_id == "median-test"
                else task
                for task in averages.tasks
            ),
        )
        check = Check(made_up, 0, 1, "passed", "examiner", "", 2, notebook)
        slow = replace(result("ada", 1, "averages"), cells=(check,))

        def watch(console: Console) -> None:
            with grade.Live(console) as live:
                live.preparing([one])
                live.grading(9, 0, 0, 4)
                live.graded(slow)

        text = printed(200, watch, True)
        words = 'the 2nd graded cell (“assert median_of([5]) == 5, "the median…”)'
        assert f"slowest: {words} of ada, 2.0 s" in text
        assert made_up not in text

    def test_nothing_moves_where_nothing_is_due(self) -> None:
        def watch(console: Console) -> None:
            with grade.Live(console) as live:
                live.grading(0, 7, 0)

        assert "grading" not in printed(80, watch, True)


def test_notes_are_printed_literally() -> None:
    text = printed(80, lambda console: grade.Live(console).note(HOSTILE))
    assert text == f"{SPELT}\n"


def test_a_grader_fault_names_whose_grade_is_missing() -> None:
    text = grade.grader_faults([result("ada", 0), result("bob", 0, "06_mnist_lab")])
    assert "ada (02_convolutions), bob (06_mnist_lab)" in text
    assert "again" in text


@pytest.mark.parametrize(("sandbox", "warned"), [("none", True), ("bwrap", False)])
def test_only_the_missing_sandbox_is_warned_of(sandbox: str, warned: bool) -> None:
    text = printed(80, lambda console: grade.warn_unprotected(console, sandbox))
    assert ("NO SANDBOX" in text) is warned
