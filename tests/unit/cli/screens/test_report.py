"""The lines below the table of ``grader report``."""

from __future__ import annotations

from grader.classroom import grades
from grader.cli.screens import report as screen
from grader.reports import class_report
from tests.support.screens import printed, result


def told(*flags: tuple[str, ...]) -> list[str]:
    """Return what is said of students with these flags."""
    results = {
        (f"s{number:02}", "lab"): result(f"s{number:02}", 5, "lab", flags=each)
        for number, each in enumerate(flags)
    }
    report = class_report.of_grades(grades.of_class(results, {}, {}, {}), {})
    text = printed(80, lambda console: screen.looks(console, report))
    return text.splitlines()


def test_submissions_with_the_same_reason_share_a_line() -> None:
    """After a corrected test, all are from an earlier release."""
    assert told(*[("old",)] * 30, ("calls os",), ()) == [
        "review s00, s01, s02 and 27 more, lab: old",
        "review s30, lab: calls os",
    ]


def test_of_many_reasons_the_first_are_shown() -> None:
    lines = told(*[(f"reason {number}",) for number in range(22)])
    assert len(lines) == 21
    assert lines[-1] == "and 2 more on the page"
