"""Late work in the class report, on a student's page and in exports."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from grader.classroom import grades
from grader.classroom.grades import Grade
from grader.classroom.timing import Timing
from grader.cli.screens import report as screen
from grader.reports import class_report
from grader.reports.exports import table as export
from tests.support.screens import printed, result

DUE = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
LATE = Timing(DUE + timedelta(hours=33), DUE, penalties={"lab": 1.0})
TIMINGS = {
    "ada": Timing(DUE - timedelta(hours=1), DUE),
    "bo": LATE,
    "cleo": Timing(marked_late=True),
}


def all_grades() -> list[Grade]:
    results = {(name, "lab"): result(name, 5, "lab") for name in TIMINGS}
    return [
        replace(grade, timing=TIMINGS[grade.person.id])
        for grade in grades.of_class(results, {}, {}, {})
    ]


def report() -> class_report.ClassReport:
    return class_report.of_grades(all_grades(), {})


def test_the_report_says_who_was_late_by_how_much_and_the_penalty() -> None:
    assert [(item.student, item.late, item.penalty) for item in report().late] == [
        ("bo", "1 d 9 h", 1.0),
        ("cleo", "marked late", 0.0),
    ]
    page = class_report.page(report(), "autumn", DUE)
    assert "<h2>Late submissions</h2>" in page
    for text in ("2 February 2026, 08:59 UTC", "1 d 9 h", "1 point<", "not known"):
        assert text in page
    assert page.count(">none<") == 1


def test_without_late_work_nothing_is_said_of_it() -> None:
    (ada, *_) = all_grades()
    of_ada = class_report.of_grades([ada], {})
    assert of_ada.late == ()
    assert "Late" not in class_report.page(of_ada, "autumn", DUE)
    assert "late" not in printed(80, lambda console: screen.late(console, of_ada))


def test_the_json_has_seconds_and_times() -> None:
    bo, cleo = json.loads(json.dumps(report().to_dict()))["late"]
    assert bo["seconds"] == 33 * 3600
    assert bo["due"] == "2026-01-31T23:59:00+00:00"
    assert (cleo["seconds"], cleo["submitted"], cleo["due"]) == (None, "", "")


def test_the_terminal_has_a_line_for_each_assignment() -> None:
    told = printed(80, lambda console: screen.late(console, report()))
    assert told == "late in lab: bo (1 d 9 h, -1), cleo (marked late)\n"
    table = printed(80, lambda console: console.print(screen.table(report())))
    assert table.splitlines()[1].split()[:4] == [
        "assignment",
        "graded",
        "absent",
        "late",
    ]


def test_an_export_has_the_score_before_and_after_the_penalty() -> None:
    _, bo, cleo = all_grades()
    bo = replace(bo, score=4.0, raw_score=5.0)
    text = export.make([bo, cleo], "csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    names = ("raw_score", "late_submission_penalty", "score")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("5", "1", "4"),
        ("5", "", "5"),
    ]
