"""Grades are written whole or not at all, at a cost that does not grow."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.classroom.gradebook.submissions import GradebookEntry
from tests.support.gradebooks import (
    LAB,
    SUBMITTED,
    answered,
    assignment,
    counts,
    exercise,
    pages,
    query,
    result,
    written,
)
from tests.support.paths import ROOT

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the first word of every statement, and each commit."""
    log: list[str] = []

    def statement(connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        log.append(sql.split()[0])

    def commit(connection: Any) -> None:
        log.append("COMMIT")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield log
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)


class TestTransactions:
    def test_statements_do_not_grow_with_cells(self, url: str) -> None:
        costs = []
        for number in (2, 40):
            work = assignment(
                *(c for n in range(number) for c in exercise(n)), name=f"lab{number}"
            )
            with Gradebook(url) as book, recorded() as log:
                book.record(work)
                log.clear()
                book.write(work, result(work.name, work), ran=answered(work))
                assert log.count("COMMIT") == 1
                first = len(log)
                log.clear()
                book.write(work, result(work.name, work, 0.0), ran=answered(work))
                assert log.count("COMMIT") == 1
                costs.append((first, len(log)))
        assert costs[0] == costs[1]

    def test_statements_do_not_grow_with_submissions(self, url: str) -> None:
        costs = []
        with Gradebook(url) as book, recorded() as log:
            book.record(LAB)
            for names in ("a", "bcdef", "a", "bcdef", "cg"):
                log.clear()
                entries = [
                    GradebookEntry(LAB, result(n), SUBMITTED, answered()) for n in names
                ]
                book.write_all(entries)
                assert log.count("COMMIT") == 1
                costs.append(len(log))
            assert book.scores("lab") == dict.fromkeys("abcdefg", 4.0)
        assert costs[0] == costs[1]
        assert costs[2] == costs[3]
        # Some new and some not: both kinds, and still of all at once.
        assert costs[4] <= costs[0] + costs[2]

    def test_changed_pages_do_not_grow_with_the_class(
        self, room: Classroom, url: str
    ) -> None:
        changed = []
        with Gradebook(url) as book:
            before = pages(room)
            for group in range(50):
                names = [f"{group:02}-{n}" for n in range(10)]
                book.write_all(
                    [GradebookEntry(LAB, result(n), ran=answered()) for n in names]
                )
                after = pages(room)
                same = sum(a == b for a, b in zip(before, after, strict=False))
                changed.append(len(after) - same)
                before = after
        # Medians, since now and then a group needs new pages.
        middle, end = slice(15, 20), slice(-5, None)
        early, late = (sorted(changed[groups])[2] for groups in (middle, end))
        assert late < 1.5 * early

    def test_writing_together_equals_writing_one_by_one(
        self, theirs: Any, room: Classroom, url: str, tmp_path: Path
    ) -> None:
        other = assignment(*exercise(1), name="other")
        entries = [
            GradebookEntry(LAB, result("ada"), SUBMITTED, answered()),
            GradebookEntry(other, result("ada", other, 0.5)),
            GradebookEntry(LAB, result("bob", share=0.5), ran=answered()),
            GradebookEntry(LAB, result("cyd"), ran=answered()),
            GradebookEntry(LAB, result("bob", share=0.0), SUBMITTED),
        ]
        with Gradebook(url) as book:
            book.write(LAB, result("cyd", share=0.0))
            book.write_all(entries)
            assert book.scores("lab") == {"ada": 4.0, "bob": 0.0, "cyd": 4.0}
            assert book.scores("other") == {"ada": 1.0}
        times = {
            s.student.id: s.timestamp for s in theirs.assignment_submissions("lab")
        }
        assert times["ada"] == times["bob"] is not None
        assert times["cyd"] is None
        together = written(room)
        (tmp_path / "apart" / "submitted").mkdir(parents=True)
        apart = Classroom.open(tmp_path / "apart")
        with Gradebook(sqlite_url(apart.gradebook)) as book:
            book.write(LAB, result("cyd", share=0.0))
            for entry in entries:
                book.write_all([entry])
        assert written(apart) == together

    @pytest.mark.parametrize(
        "table",
        [
            "grade",
            pytest.param("submitted_notebook", marks=pytest.mark.nightly),
            pytest.param("comment", marks=pytest.mark.nightly),
        ],
    )
    @pytest.mark.slow
    def test_killed_while_writing(self, room: Classroom, url: str, table: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result())
        before = counts(room)
        script = """
            import os, signal, sys
            from sqlalchemy import event
            from sqlalchemy.engine import Engine
            from grader.classroom.gradebook.gradebook import Gradebook
            from tests.support.gradebooks import LAB, answered, result

            @event.listens_for(Engine, "after_cursor_execute")
            def die(connection, cursor, statement, *rest):
                if statement.startswith(f"INSERT INTO {sys.argv[1]} "):
                    os.kill(os.getpid(), signal.SIGKILL)

            with Gradebook(sys.argv[2]) as book:
                book.write(LAB, result("bob"), ran=answered())
        """
        command = [sys.executable, "-c", textwrap.dedent(script)]
        ended = subprocess.run([*command, table, url], cwd=ROOT, check=False)
        assert ended.returncode == -signal.SIGKILL
        assert query(room, "PRAGMA integrity_check") == [("ok",)]
        with Gradebook(url) as book:
            assert counts(room) == before
            book.write(LAB, result("bob"))
            assert book.scores("lab") == {"ada": 4.0, "bob": 4.0}

    def test_two_writers_wait_for_each_other(self, url: str) -> None:
        start = Barrier(2)

        def write(name: str) -> None:
            start.wait()
            with Gradebook(url) as book:
                for number in range(20):
                    book.write(LAB, result(f"{name}{number}"))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(write, ["a", "b"]))
        with Gradebook(url) as book:
            assert list(book.scores("lab").values()) == [4.0] * 40

    def test_formgrader_writing_at_the_same_time(self, theirs: Any, url: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result())
            grade = theirs.find_grade("essay", "nb", "lab", "ada")
            book.write(LAB, result(share=0.0))
            grade.manual_score = 3.0
            theirs.db.commit()
            book.write(LAB, result("bob"))
            assert book.scores("lab") == {"ada": 3.0, "bob": 4.0}
