"""Assignments in the gradebook: the rows that nbgrader's release would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.course import release
from grader.errors import ClassError
from grader.notebooks.cells import parse_notebook
from tests.support.gradebooks import LAB, assignment, by_hand, exercise, result

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


class TestAssignment:
    def test_rows_are_those_of_nbgraders_release(
        self, theirs: Any, url: str, tmp_path: Path
    ) -> None:
        """Run nbgrader's SaveCells on the same notebook, and compare."""
        from nbgrader.api import Gradebook as Theirs
        from nbgrader.preprocessors import (
            ClearSolutions,
            ComputeChecksums,
            LockCells,
            SaveCells,
        )
        from traitlets.config import Config

        other = sqlite_url(tmp_path / "other.db")
        with Gradebook(other), Theirs(other) as reference, Gradebook(url) as book:
            reference.add_assignment("lab")
            config = Config()
            config.ClearSolutions.code_stub = {"python": release.CODE_STUB}
            config.ClearSolutions.text_stub = release.TEXT_STUB
            names = {"notebook": "nb", "assignment": "lab", "db_url": other}
            nb, found = parse_notebook(LAB.source), {"nbgrader": names}
            for step in (LockCells, ClearSolutions, ComputeChecksums, SaveCells):
                nb, found = step(config=config).preprocess(nb, found)
            book.record(LAB)
            assert self.rows(theirs) == self.rows(reference)

    @staticmethod
    def rows(book: Any) -> tuple[Any, ...]:
        nb = book.find_notebook("nb", "lab")
        kinds = (nb.grade_cells, nb.solution_cells, nb.task_cells, nb.source_cells)
        cells = [sorted((c.to_dict() for c in k), key=str) for k in kinds]
        for each in (row for rows in cells for row in rows):
            del each["id"]
        return nb.kernelspec, [sorted(rows, key=str) for rows in cells]

    def test_points_and_text_can_change_later(self, theirs: Any, url: str) -> None:
        changed = assignment(*exercise(1, points=5), *exercise(2), *by_hand())
        with Gradebook(url) as book:
            book.write(LAB, result())
            book.write(changed, result(of=changed))
        assert theirs.find_submission("lab", "ada").max_score == changed.max_score
        assert theirs.find_submission("lab", "ada").score == 7.0

    @pytest.mark.parametrize("fewer", [True, False])
    def test_cells_cannot_change_after_a_submission(
        self, theirs: Any, url: str, fewer: bool
    ) -> None:
        more = assignment(*exercise(1), *exercise(2), *by_hand(), *exercise(3))
        old, new = (more, LAB) if fewer else (LAB, more)
        with Gradebook(url) as book:
            book.write(old, result(of=old))
            with pytest.raises(ClassError, match=r"q3-test.*nbgrader db assignment"):
                book.write(new, result("bob", of=new))
        assert theirs.find_submission("lab", "ada").max_score == old.max_score
        assert [s.id for s in theirs.students] == ["ada"]

    def test_cells_can_change_before_a_submission(self, theirs: Any, url: str) -> None:
        with Gradebook(url) as book:
            book.record(assignment(*exercise(1), *by_hand(), *exercise(3)))
            book.record(LAB)
        nb = theirs.find_notebook("nb", "lab")
        assert {c.name for c in nb.grade_cells} == {"q1-test", "q2-test", "essay"}
        assert len(nb.source_cells) == 7
