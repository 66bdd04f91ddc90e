"""What people entered with nbgrader's own tools is read from the gradebook."""

from __future__ import annotations

from typing import Any

import pytest

from grader.classroom.gradebook.by_hand import Mark, Marks
from grader.classroom.gradebook.gradebook import Gradebook
from tests.support.gradebooks import LAB, result

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


def test_points_extra_credit_and_comments(url: str, theirs: Any) -> None:
    with Gradebook(url) as book:
        book.write(LAB, result("ada"))
        book.write(LAB, result("bo"))
        assert book.by_hand() == {}
        essay, test, plan = (
            theirs.find_grade(name, "nb", "lab", "ada")
            for name in ("essay", "q1-test", "plan")
        )
        essay.manual_score, essay.needs_manual_grade = 2.5, False
        test.extra_credit = 1.0
        plan.manual_score = 0.0
        theirs.find_comment("q1", "nb", "lab", "ada").manual_comment = "Nearly!"
        theirs.db.commit()
        marks = {
            "essay": Mark(2.5, 0.0, False),
            "q1-test": Mark(None, 1.0, False),
            "plan": Mark(0.0, 0.0, True),
        }
        found = {("ada", "lab", "nb"): Marks(marks, {"q1": "Nearly!"})}
        assert book.by_hand() == found
