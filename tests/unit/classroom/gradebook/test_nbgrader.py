"""nbgrader's own commands and pages work on the gradebook that we write."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook
from grader.classroom.gradebook.submissions import NO_RESPONSE
from grader.records import Graded
from tests.support.gradebooks import LAB, SUBMITTED, answered, result

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


class TestNbgraderItself:
    @pytest.fixture
    def graded(self, room: Classroom, url: str) -> Classroom:
        with Gradebook(url) as book:
            for student, share in (("ada", 1.0), ("bob", 0.0)):
                work = room.folder("submitted", student, "lab")
                work.mkdir(parents=True)
                (work / "nb.ipynb").write_text(LAB.released)
                (work / "timestamp.txt").write_text(SUBMITTED)
                (found,) = room.inbox(student=student).notebooks
                submitted = room.read(found).submitted
                ran = Graded(result(student, share=share), answered(q1="f = 1"))
                book.write(LAB, ran.result, submitted=submitted, ran=ran.notebook)
                room.write_autograded(ran, "nb", submitted)
        return room

    @pytest.fixture
    def web(self, graded: Classroom) -> Any:
        from nbgrader.apps.api import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory

        return NbGraderAPI(CourseDirectory(root=str(graded.root)))

    def test_formgraders_lists(self, web: Any) -> None:
        found = {s["student"]: s for s in web.get_submissions("lab")}
        assert {k: (s["score"], s["max_score"]) for k, s in found.items()} == {
            "ada": (4.0, 8.0),
            "bob": (0.0, 8.0),
        }
        assert all(s["autograded"] and s["needs_manual_grade"] for s in found.values())
        notebooks = {s["student"]: s for s in web.get_notebook_submissions("lab", "nb")}
        assert notebooks["bob"]["failed_tests"]
        assert not notebooks["ada"]["failed_tests"]
        (one,) = web.get_student_submissions("ada")
        assert one["score"] == 4.0
        (one,) = web.get_student_notebook_submissions("ada", "lab")
        assert one["code_score"] == 4.0
        (one,) = web.get_assignments()
        assert (one["num_submissions"], one["average_score"]) == (2, 2.0)

    def test_csv_export(self, graded: Classroom, theirs: Any, tmp_path: Path) -> None:
        from nbgrader.plugins import CsvExportPlugin

        CsvExportPlugin(to=str(tmp_path / "grades.csv")).export(theirs)
        with (tmp_path / "grades.csv").open() as file:
            rows = list(csv.DictReader(file))
        assert {r["student_id"]: float(r["score"]) for r in rows} == {
            "ada": 4.0,
            "bob": 0.0,
        }

    def test_generate_feedback(self, web: Any, graded: Classroom) -> None:
        done = web.generate_feedback("lab", "ada")
        assert done["success"], done
        page = (graded.root / "feedback" / "ada" / "lab" / "nb.html").read_text()
        assert "(Score: 4.0 / 8.0)" in page
        assert NO_RESPONSE in page

    def test_formgraders_page(self, web: Any, graded: Classroom) -> None:
        """Render the page for manual grading, as formgrader does."""
        from nbconvert.exporters import HTMLExporter
        from nbgrader.server_extensions.formgrader import handlers

        place = Path(handlers.__file__).with_name("templates")
        exporter = HTMLExporter(
            template_name="formgrade", extra_template_basedirs=[str(place)]
        )
        path = graded.folder("autograded", "bob", "lab") / "nb.ipynb"
        names = {"notebook_id": "nb", "assignment_id": "lab", "student": "bob"}
        html, _ = exporter.from_filename(
            str(path),
            resources=names | {"submission_id": "x", "index": 0, "total": 2},
        )
        assert 'id="essay-comment"' in html
        assert 'id="q1-test"' in html
