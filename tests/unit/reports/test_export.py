"""Exports of grades, and the class report."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.classroom import grades, roster_csv
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, Standing, sqlite_url
from grader.classroom.grades import Grade
from grader.classroom.roster import Person
from grader.classroom.trusts import CellTrust
from grader.errors import ClassError, UsageError
from grader.records import Check, Flag, Result
from grader.reports import class_report
from grader.reports.exports import table as export
from grader.reports.exports.columns import safe
from grader.reports.exports.export import Export
from tests.support.paths import ROOT

TABLES = [each.name for each in export.EXPORTERS if each.suffix == ".csv"]
ONE_ASSIGNMENT = [each.name for each in export.EXPORTERS if each.one_assignment]
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
PEOPLE = (
    Person("ada", "Lovelace, Ada", "al@x.example", {"canvas": "55", "moodle": "7"}),
    Person("li", "李 雷", "", {"moodle": "8", "gradescope": "S8"}),
    Person("mallory", '=HYPERLINK("x")', "+m@x.example", {"moodle": "9"}),
    Person("zoe", "Zoë Müller"),
)


def result(
    student: str, points: float, assignment: str = "lab", flags: tuple[Flag, ...] = ()
) -> Result:
    share = Check(
        "easy", points, 4.0, "passed" if points == 4 else "partial", "examiner"
    )
    hard = Check("hard\x00", 0.0, 6.0, "failed", "in-kernel", "<b>& 'why'")
    essay = Check("essay", 0.0, 5.0, "manual", "none")
    total = (student, assignment, "release", 1, "0.1.0", points, 15.0)
    return Result(*total, (share, hard, essay), flags=flags)


RESULTS = {
    (each.student, each.assignment): each
    for each in (
        result("ada", 4.0, flags=(Flag("code", "reaches for <gc>"),)),
        result("li", 2.5),
        result("mallory", 1.0),
        result("ada", 3.0, "quiz"),
        result("broken", 0.0, flags=(Flag.grader_fault("disk full"),)),
    )
}


def of_class(
    standings: dict[tuple[str, str], Standing] | None = None,
) -> list[Grade]:
    people = {person.id: person for person in PEOPLE}
    times = {("ada", "lab"): NOW}
    return grades.of_class(RESULTS, people, standings or {}, times)


def rows(target: str, *assignments: str) -> list[dict[str, str]]:
    text = export.make(of_class(), target, assignments).text
    return list(csv.DictReader(io.StringIO(text)))


class TestGrades:
    def test_every_student_has_a_grade_for_each_assignment(self) -> None:
        found = {(g.person.id, g.assignment): g.score for g in of_class()}
        students = ["ada", "broken", "li", "mallory", "zoe"]
        assert list(found) == [(s, a) for a in ("lab", "quiz") for s in students]
        assert found["ada", "lab"] == 4.0
        assert found["zoe", "lab"] is None
        assert found["broken", "lab"] is None

    def test_gradebook_score_replaces_the_result(self) -> None:
        standings = {
            ("ada", "lab"): Standing(9.0, False),
            ("li", "lab"): Standing(2.5, True),
        }
        found = {(g.person.id, g.assignment): g for g in of_class(standings)}
        assert (found["ada", "lab"].score, found["ada", "lab"].waiting) == (9.0, 0.0)
        assert (found["li", "lab"].score, found["li", "lab"].waiting) == (2.5, 5.0)
        assert found["mallory", "lab"].waiting == 5.0

    def test_grades_of_a_class_folder(self, tmp_path: Path) -> None:
        (tmp_path / "submitted/ada/lab").mkdir(parents=True)
        (tmp_path / "submitted/ada/lab/timestamp.txt").write_text(str(NOW))
        room = Classroom.open(tmp_path)
        with pytest.raises(ClassError, match=f"grader grade --class {tmp_path}"):
            grades.read(room)
        room.append_result(result("ada", 4.0))
        room.append_result(result("li", 1.0))
        (tmp_path / "roster.csv").write_text(roster_csv.to_csv(PEOPLE[:1]), "utf-8")
        (tmp_path / "seen.csv").write_text(roster_csv.to_csv(PEOPLE[:2]), "utf-8")
        ada, li = grades.read(room)
        assert (ada.person, ada.submitted) == (PEOPLE[0], NOW)
        assert li.person == PEOPLE[1]

    @pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
    def test_points_given_by_hand(self, tmp_path: Path) -> None:
        """They are written as nbgrader's formgrader writes them."""
        from nbgrader import api

        url = sqlite_url(tmp_path / "gradebook.db")
        Gradebook(url).close()
        with api.Gradebook(url) as book:
            book.add_assignment("lab", duedate=NOW.replace(tzinfo=None))
            book.add_notebook("lab", "lab")
            book.add_grade_cell("easy", "lab", "lab", max_score=4, cell_type="code")
            book.add_student("ada")
            book.add_submission("lab", "ada")
            grade = book.find_grade("easy", "lab", "lab", "ada")
            grade.manual_score, grade.needs_manual_grade = 3.5, True
            book.db.commit()
        with Gradebook(url) as ours:
            assert ours.standings() == {("ada", "lab"): (3.5, True)}
        (tmp_path / "submitted").mkdir()
        room = Classroom.open(tmp_path)
        room.append_result(result("ada", 4.0))
        (ada,) = grades.read(room)
        assert (ada.score, ada.due) == (3.5, NOW)


class TestFormulas:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@x", "\tx", "\rx"])
    def test_formulas_are_escaped(self, text: str) -> None:
        assert safe(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "-", "Ada", "5", "a=b", "Participant 7"])
    def test_other_text_is_unchanged(self, text: str) -> None:
        assert safe(text) == text

    @pytest.mark.parametrize("target", TABLES)
    def test_no_table_contains_a_formula(self, target: str) -> None:
        """Whatever a format shows of a student, be it the id only."""
        text = '=HYPERLINK("x")'
        person = Person(text, text, text, {"canvas": text, "moodle": text})
        made = export.make([Grade(person, text, 4.0, None, 1.0)], target).text
        cells = [cell for row in csv.reader(io.StringIO(made)) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


class TestForms:
    def test_csv_has_the_columns_of_nbgrader(self) -> None:
        found = {(r["student_id"], r["assignment"]): r for r in rows("csv")}
        ada = found["ada", "lab"]
        assert (ada["first_name"], ada["last_name"]) == ("Ada", "Lovelace")
        assert (ada["score"], ada["max_score"]) == ("4", "15")
        assert ada["timestamp"] == "2026-01-31 12:00:00"
        assert found["zoe", "lab"]["score"] == ""
        assert ada["duedate"] == ""

    def test_both_times_are_in_utc_so_that_they_can_be_compared(self) -> None:
        there = timezone(timedelta(hours=2))
        ada = next(g for g in of_class() if g.submitted)
        late = replace(ada, due=NOW, submitted=NOW.astimezone(there))
        (row,) = csv.DictReader(io.StringIO(export.make([late], "csv").text))
        assert row["duedate"] == row["timestamp"] == "2026-01-31 12:00:00"

    def test_canvas(self) -> None:
        most, *found = rows("canvas")
        assert (most["Student"], most["lab"], most["quiz"]) == (
            "    Points Possible",
            "15",
            "15",
        )
        ada = next(row for row in found if row["SIS Login ID"] == "ada")
        assert (ada["ID"], ada["lab"], ada["quiz"]) == ("55", "4", "3")
        zoe = next(row for row in found if row["Student"] == "Zoë Müller")
        assert (zoe["ID"], zoe["lab"], zoe["quiz"]) == ("", "", "")

    def test_canvas_export_can_be_read_as_roster(self) -> None:
        text = export.make(of_class(), "canvas").text
        found = {p.id: p for p in roster_csv.read_roster(text.encode(), "c.csv").people}
        assert found["ada"] == Person("ada", "Lovelace, Ada", "", {"canvas": "55"})

    def test_moodle(self) -> None:
        found = rows("moodle", "lab")
        assert [(r["Identifier"], r["Grade"]) for r in found] == [
            ("Participant 7", "4"),
            ("Participant 8", "2.5"),
            ("Participant 9", "1"),
        ]
        text = export.make(of_class(), "moodle", ["lab"]).text
        people = roster_csv.read_roster(text.encode(), "m.csv").people
        assert [person.numbers for person in people] == [
            {"moodle": "7"},
            {"moodle": "8"},
            {"moodle": "9"},
        ]

    def test_moodle_needs_participant_numbers(self) -> None:
        person = Person("x", "X Y")
        made = export.make([Grade(person, "lab", 15.0, None, 3.0)], "moodle")
        assert made.text.count("\n") == 1
        assert "x (lab): no participant number" in made.left_out[0]

    def test_gradescope(self) -> None:
        found = {row["SID"]: row for row in rows("gradescope", "lab")}
        assert found["S8"]["Total Score"] == "2.5"
        assert found["ada"]["Submission Time"] == "2026-01-31 12:00:00 +0000"
        assert found["zoe"]["Status"] == "Missing"

    def test_brightspace(self) -> None:
        found = {row["Username"]: row for row in rows("brightspace")}
        assert list(found) == ["#ada", "#broken", "#li", "#mallory", "#zoe"]
        assert found["#ada"]["lab Points Grade"] == "4"
        assert found["#zoe"]["lab Points Grade"] == ""
        assert {row["End-of-Line Indicator"] for row in found.values()} == {"#"}

    def test_brightspace_needs_user_names(self) -> None:
        """Without a roster an id is made of name and number; it is no user name."""
        person = Person("ada-lovelace-284173", "Ada", "", {"brightspace": "284173"})
        made = export.make([Grade(person, "lab", 15.0, None, 3.0)], "brightspace")
        assert made.text.count("\n") == 1
        assert "ada-lovelace-284173: no user name is known" in made.left_out[0]

    def test_brightspace_export_can_be_read_as_roster(self) -> None:
        text = export.make(of_class(), "brightspace").text
        people = roster_csv.read_roster(text.encode(), "b.csv").people
        assert people[0] == Person("ada")

    def test_junit(self) -> None:
        root = ElementTree.fromstring(export.make(of_class(), "junit").text)
        cases = root.findall(".//testcase")
        assert len(cases) == 3 * len(RESULTS)
        (failed,) = [
            case.find("failure")
            for case in cases
            if (case.get("classname"), case.get("name")) == ("lab.ada", "hard\ufffd")
        ]
        assert failed is not None
        assert (failed.get("message"), failed.text) == ("0/6", "<b>& 'why'")
        assert [
            c for c in cases if c.get("name") == "essay" and len(c.findall("failure"))
        ] == []

    @pytest.mark.parametrize("target", export.TARGETS)
    def test_grader_failure_is_not_exported_as_zero(self, target: str) -> None:
        made = export.make(of_class(), target, ["lab"])
        assert "broken (lab): the grader failed" in made.left_out[-1]
        assert "ada (lab)" in made.waiting

    @pytest.mark.parametrize("target", ONE_ASSIGNMENT)
    def test_one_assignment_only(self, target: str) -> None:
        with pytest.raises(UsageError, match="--assignment: lab, quiz"):
            export.make(of_class(), target)

    def test_each_format_is_documented_and_tested(self) -> None:
        table = (ROOT / "docs" / "reference" / "class-folder.md").read_text("utf-8")
        tests = [name for name in vars(TestForms) if name.startswith("test_")]
        for target in export.TARGETS:
            assert f"| `{target}` |" in table, f"add a row for {target}"
            assert any(target in name for name in tests), f"add test_{target}"

    def test_unknown_format(self) -> None:
        with pytest.raises(UsageError, match="'excel'; there are csv, canvas, moodle"):
            export.make(of_class(), "excel")

    def test_one_entry_adds_a_format(self, monkeypatch: pytest.MonkeyPatch) -> None:
        new = export.Exporter(
            "counts",
            "how many grades there are",
            lambda grades: Export(str(len(grades))),
            ".txt",
        )
        monkeypatch.setattr(export, "EXPORTERS", (*export.EXPORTERS, new))
        made = export.make(of_class(), "counts", ["lab"])
        assert made.text == "5"
        assert export.file_name("counts", ["lab"]) == "counts-lab.txt"

    def test_unknown_assignment(self) -> None:
        with pytest.raises(UsageError, match="no grades for exam; there are lab, quiz"):
            export.make(of_class(), "csv", ["exam"])

    def test_write_creates_folders(self, tmp_path: Path) -> None:
        place = tmp_path / "new" / "x.csv"
        assert export.write(Export("a,b\n"), place).path == place
        assert place.read_text() == "a,b\n"


class TestReport:
    @pytest.fixture
    def report(self) -> class_report.ClassReport:
        return class_report.of_grades(of_class(), {"x.ipynb": "whose?"})

    def test_a_summary_has_mean_median_bins_and_who_is_absent(
        self, report: class_report.ClassReport
    ) -> None:
        lab, quiz = report.summaries
        assert (lab.assignment, lab.scores) == ("lab", (1.0, 2.5, 4.0))
        assert (lab.mean, lab.median, lab.max_score) == (2.5, 2.5, 15.0)
        assert lab.absent == ("zoe",)
        assert lab.bins == (1, 1, 1, *[0] * 7)
        assert quiz.absent == ("broken", "li", "mallory", "zoe")
        assert sum(quiz.bins) == 1

    def test_hardest_cells_come_first(self, report: class_report.ClassReport) -> None:
        hard, easy = report.summaries[0].hardest
        assert (hard.name, hard.share, hard.statuses) == ("hard\x00", 0, {"failed": 3})
        assert easy.share == pytest.approx((4 + 2.5 + 1) / 3 / 4)
        assert easy.statuses == {"partial": 2, "passed": 1}

    def test_submissions_to_review(self, report: class_report.ClassReport) -> None:
        looks = {(look.student, look.assignment): look.why for look in report.looks}
        assert looks["ada", "lab"] == (
            "reaches for <gc>",
            "tested in the student's kernel: hard\x00",
            "5 points to grade by hand",
        )
        assert "disk full" in looks["broken", "lab"][0]
        assert ("zoe", "lab") not in looks

    def test_a_cell_whose_name_nbgrader_made_up_is_counted(self) -> None:
        (easy, hard, essay) = result("ada", 4.0).cells
        made_up = replace(hard, grade_id="cell-a3913c46bc1f65f1")
        ada = replace(result("ada", 4.0), cells=(easy, made_up, essay))
        of_ada = grades.of_class({("ada", "lab"): ada}, {}, {}, {})
        (look,) = class_report.of_grades(of_ada, {}).looks
        assert "tested in the student's kernel: the 2nd graded cell" in look.why

    def test_page_loads_nothing_and_escapes_text(
        self, report: class_report.ClassReport
    ) -> None:
        page = class_report.page(report, "<script>alert(1)</script>", NOW)
        assert "reaches for &lt;gc&gt;" in page
        assert "<script" not in page
        assert "\x00" not in page
        assert not re.search(r"(src|href)=|url\(|@import", page)
        assert "default-src 'none'" in page
        assert page.count('<svg class="histogram"') == 2

    def test_a_class_report_can_be_written_as_json(
        self, report: class_report.ClassReport
    ) -> None:
        told = json.loads(json.dumps(report.to_dict()))
        assert told["summaries"][0]["median"] == 2.5
        assert told["unmatched"] == [{"path": "x.ipynb", "why": "whose?"}]

    def test_tests_that_ran_beside_student_code_are_listed_with_the_reason(
        self,
    ) -> None:
        trusts = [
            CellTrust("lab", "plain-test", "examiner", ""),
            CellTrust("lab", "mock-test", "both", "line 1 imports <mock>"),
        ]
        report = class_report.of_grades(grades.of_class({}, {}, {}, {}), {}, trusts)
        shown = class_report.page(report, "x", NOW)
        assert "line 1 imports &lt;mock&gt;" in shown
        assert "plain-test" not in shown
        (told,) = json.loads(json.dumps(report.to_dict()))["trusts"]
        assert told["grade_id"] == "mock-test"

    def test_the_sandboxes_in_which_code_ran_are_named(self) -> None:
        ran = {
            (name, "lab"): replace(result(name, 4.0), sandbox=sandbox)
            for name, sandbox in (("ada", "bwrap"), ("li", "confined"), ("zoe", ""))
        }
        report = class_report.of_grades(grades.of_class(ran, {}, {}, {}), {})
        assert report.sandboxes == ("bwrap", "confined")
        assert "<dd>bwrap, confined</dd>" in class_report.page(report, "x", NOW)

    def test_assignment_without_scores(self) -> None:
        alone = {("b", "lab"): result("b", 0.0, flags=(Flag.grader_fault("x"),))}
        report = class_report.of_grades(grades.of_class(alone, {}, {}, {}), {})
        assert report.summaries[0].mean == 0
        assert (
            "histogram" not in class_report.page(report, "x", NOW).split("</style>")[1]
        )
