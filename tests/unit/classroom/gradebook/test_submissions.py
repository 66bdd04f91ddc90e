"""Submissions in the gradebook, read back by nbgrader."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook
from grader.classroom.gradebook.submissions import NO_RESPONSE
from grader.errors import ClassError
from tests.support.gradebooks import (
    LAB,
    SUBMITTED,
    answered,
    assignment,
    by_hand,
    counts,
    exercise,
    result,
)

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


class TestSubmission:
    def test_nbgraders_score_equals_ours(self, theirs: Any, url: str) -> None:
        graded = result(q1_test=0.5)
        with Gradebook(url) as book:
            book.write(LAB, graded, submitted=SUBMITTED)
            assert book.scores("lab") == {"ada": graded.score}
        found = theirs.find_submission("lab", "ada")
        assert found.score == graded.score == 2.5
        assert found.max_score == graded.max_score == 8.0
        assert found.timestamp.isoformat() == "2025-02-03T13:05:06"
        assert found.needs_manual_grade
        assert found.notebooks[0].failed_tests

    def test_grades_of_each_kind(self, theirs: Any, url: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result(q1_test=0.0))
        grades = theirs.find_submission_notebook("nb", "lab", "ada").grades
        assert {
            g.name: (g.auto_score, g.needs_manual_grade, g.max_score, g.failed_tests)
            for g in grades
        } == {
            "q1-test": (0.0, False, 2.0, True),
            "q2-test": (2.0, False, 2.0, False),
            "essay": (None, True, 3.0, False),
            "plan": (None, True, 1.0, False),
        }

    def test_comment_rows_and_no_response(self, theirs: Any, url: str) -> None:
        ran = answered(q1="def f(x):\n    return x", essay="Because.")
        trimmed = json.loads(ran)
        for each in trimmed["cells"]:
            each["source"] = each["source"].rstrip() + "\n\n"
        with Gradebook(url) as book:
            book.write(LAB, result(), ran=json.dumps(trimmed))
        comments = theirs.find_submission_notebook("nb", "lab", "ada").comments
        assert {c.name: c.comment for c in comments} == {
            "q1": None,
            "q2": NO_RESPONSE,
            "essay": None,
            "plan": None,
        }

    def test_manual_entries_are_kept(self, theirs: Any, url: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result(q1_test=0.0), submitted=SUBMITTED, ran=answered())
            for name in ("q1-test", "essay", "plan"):
                grade = theirs.find_grade(name, "nb", "lab", "ada")
                grade.manual_score, grade.needs_manual_grade = 1.5, False
            grade.extra_credit = 0.25
            remark = theirs.find_comment("q1", "nb", "lab", "ada")
            remark.manual_comment = "Nearly!"
            theirs.db.commit()
            book.write(LAB, result(q1_test=2.0), ran=answered(q1="def f(x): return x"))
            theirs.db.expire_all()
            assert book.scores("lab") == {"ada": 1.5 * 3 + 2.0 + 0.25}
        grade = theirs.find_grade("q1-test", "nb", "lab", "ada")
        assert (grade.auto_score, grade.manual_score) == (2.0, 1.5)
        assert grade.needs_manual_grade
        assert theirs.find_comment("q1", "nb", "lab", "ada").comment == "Nearly!"
        assert theirs.find_submission("lab", "ada").timestamp is not None

    def test_grading_again_adds_no_rows(self, room: Classroom, url: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result(share=0.0))
            before = counts(room)
            book.write(LAB, result())
            assert counts(room) == before
            assert book.scores("lab") == {"ada": 4.0}

    def test_unanswered_essay_needs_no_manual_grading(
        self, theirs: Any, url: str
    ) -> None:
        graded = result()
        cells = [
            dataclasses.replace(c, status="missing") if c.grade_id == "essay" else c
            for c in graded.cells
        ]
        with Gradebook(url) as book:
            book.write(LAB, dataclasses.replace(graded, cells=tuple(cells)))
        grade = theirs.find_grade("essay", "nb", "lab", "ada")
        assert (grade.auto_score, grade.needs_manual_grade) == (0.0, False)

    def test_unknown_cell_writes_nothing(self, room: Classroom, url: str) -> None:
        more = assignment(*exercise(1), *exercise(2), *by_hand(), *exercise(3))
        with Gradebook(url) as book:
            book.write(LAB, result())
            before = counts(room)
            with pytest.raises(ClassError, match=r"bob.*q3-test.*--force"):
                book.write(LAB, result("bob", of=more))
        assert counts(room) == before

    def test_two_assignments_and_unusual_names(self, theirs: Any, url: str) -> None:
        other = assignment(*exercise(1, points=9), name="other")
        names = ["O'Hara, Zoë", "小林", "a+b@c.d", "'; DROP TABLE grade; --"]
        with Gradebook(url) as book:
            for name in names:
                book.write(LAB, result(name))
                book.write(other, result(name, of=other, share=1 / 3))
            assert book.scores("lab") == dict.fromkeys(names, 4.0)
            assert book.scores("other") == dict.fromkeys(names, 3.0)
        assert {s.id: s.score for s in theirs.students} == dict.fromkeys(names, 7.0)
