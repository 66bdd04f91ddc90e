"""What we write must work in nbgrader's own hands; no part of it is faked."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Entry, Gradebook, sqlite_url
from grader.classroom.gradebook.submissions import NO_RESPONSE
from grader.course import release
from grader.errors import ClassError
from grader.notebooks.cells import parse_notebook, tasks_of
from grader.records import Assignment, Check, Graded, Result, Status

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")

SUBMITTED = "2025-02-03T14:05:06+01:00"
STUB = release.CODE_STUB
ANSWER = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
TEST = "assert f(1)\n### BEGIN HIDDEN TESTS\nassert f(2) == 2\n### END HIDDEN TESTS"


def cell(
    grade_id: str, source: str, cell_type: str = "code", **flags: Any
) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False} | flags
    meta = {"grade_id": grade_id, "schema_version": 3, **flags}
    found = {
        "cell_type": cell_type,
        "id": grade_id,
        "metadata": {"nbgrader": meta},
        "source": source,
    }
    code: dict[str, Any] = {"outputs": [], "execution_count": None}
    return found | (code if cell_type == "code" else {})


def exercise(number: int, points: float = 2) -> list[dict[str, Any]]:
    return [
        cell(f"q{number}", ANSWER, solution=True),
        cell(f"q{number}-test", TEST, grade=True, locked=True, points=points),
    ]


def by_hand(points: float = 3) -> list[dict[str, Any]]:
    return [
        cell("intro", "Read me.", "markdown", locked=True),
        cell("essay", "", "markdown", grade=True, solution=True, points=points),
        cell("plan", "Plan.", "markdown", task=True, locked=True, points=1.0),
    ]


def assignment(*cells: dict[str, Any], name: str = "lab") -> Assignment:
    source = json.dumps(
        {
            "cells": list(cells),
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Py"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    return Assignment(
        name=name,
        notebook="nb",
        source=source,
        released=release.student_copy(source, name),
        release=release.release_hash(source),
        tasks=tasks_of(parse_notebook(source)),
    )


LAB = assignment(*exercise(1), *exercise(2), *by_hand())


def result(
    student: str = "ada", of: Assignment = LAB, share: float = 1.0, **points: float
) -> Result:
    """Grade every cell: ``share`` of its points, or what is named (``_`` for ``-``)."""
    checks = []
    for task in of.tasks:
        if task.kind == "test":
            earned = points.get(task.grade_id.replace("-", "_"), share * task.points)
            status: Status = "passed" if earned == task.points else "failed"
            checks.append(Check(task.grade_id, earned, task.points, status, "examiner"))
        elif task.kind in {"manual", "task"}:
            checks.append(Check(task.grade_id, 0.0, task.points, "manual", "none"))
    score = sum(check.points for check in checks)
    return Result(
        student, of.name, of.release, 7, "0.1.0", score, of.max_score, tuple(checks)
    )


def answered(of: Assignment = LAB, **answers: str) -> str:
    """Return the released notebook with some answers filled in."""
    nb = json.loads(of.source)
    released = {c["id"]: "".join(c["source"]) for c in json.loads(of.released)["cells"]}
    for each in nb["cells"]:
        if each["metadata"]["nbgrader"]["solution"]:
            each["source"] = answers.get(each["id"], released[each["id"]])
    return json.dumps(nb)


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return Classroom.open(tmp_path / "class")


@pytest.fixture
def url(room: Classroom) -> str:
    return sqlite_url(room.gradebook)


def query(room: Classroom, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(room.gradebook)) as connection:
        return connection.execute(sql).fetchall()


def counts(room: Classroom) -> dict[str, int]:
    tables = ("student", "submitted_assignment", "submitted_notebook", "grade")
    return {t: query(room, f"SELECT count(*) FROM {t}")[0][0] for t in tables}


def pages(room: Classroom) -> list[bytes]:
    """Return SQLite's pages, which it reads and writes whole."""
    data = room.gradebook.read_bytes()
    return [data[start : start + 4096] for start in range(0, len(data), 4096)]


def written(room: Classroom) -> list[list[tuple[Any, ...]]]:
    """Return what is said of each submission, whatever the ids are."""
    whose = """
        JOIN submitted_notebook AS s ON s.id = row.notebook_id
        JOIN submitted_assignment AS w ON w.id = s.assignment_id
        JOIN assignment AS a ON a.id = w.assignment_id
        JOIN base_cell AS c ON c.id = row.cell_id ORDER BY 1, 2, 3
    """
    said = {"grade": "auto_score, needs_manual_grade", "comment": "auto_comment"}
    of = "w.student_id, a.name, c.name, w.timestamp"
    return [
        query(room, f"SELECT {of}, {what} FROM {table} AS row {whose}")
        for table, what in said.items()
    ]


@pytest.fixture
def theirs(url: str) -> Iterator[Any]:
    """Open nbgrader's own gradebook on ours."""
    from nbgrader.api import Gradebook as Theirs

    with Gradebook(url):
        pass
    with Theirs(url) as book:
        yield book


class TestDatabase:
    def test_new_one_equals_what_nbgrader_makes(
        self, room: Classroom, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from nbgrader.api import Gradebook as Theirs

        # nbgrader runs the command alembic from PATH.
        monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
        with Gradebook(url), Theirs(f"sqlite:///{tmp_path}/theirs.db"):
            pass
        with closing(sqlite3.connect(tmp_path / "theirs.db")) as connection:
            tables = (
                "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%'"
            )
            version = "SELECT version_num FROM alembic_version"
            course = "SELECT id FROM course"
            for sql in (tables, version, course):
                assert query(room, sql) == connection.execute(sql).fetchall()

    def test_second_open_changes_nothing(self, room: Classroom, url: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result())
        before = counts(room)
        with Gradebook(url) as book:
            assert book.scores("lab") == {"ada": 4.0}
        assert counts(room) == before

    def test_older_schema_is_refused_with_the_command(
        self, room: Classroom, url: str
    ) -> None:
        with Gradebook(url):
            pass
        with closing(sqlite3.connect(room.gradebook)) as connection, connection:
            connection.execute(
                "UPDATE alembic_version SET version_num = '167914646830'"
            )
        with pytest.raises(ClassError, match="nbgrader db upgrade"):
            Gradebook(url)

    @pytest.mark.parametrize(
        ("bad", "message"),
        [
            ("nonsense", "no database"),
            ("nosuch://x/y", "no database"),
            ("sqlite:////proc/nowhere/gradebook.db", "unable to open"),
        ],
    )
    def test_unusable_url(self, bad: str, message: str) -> None:
        with pytest.raises(ClassError, match=message):
            Gradebook(bad)

    def test_file_that_is_no_database(self, room: Classroom, url: str) -> None:
        room.gradebook.write_bytes(b"not a database, not at all" * 100)
        with pytest.raises(ClassError, match="not a database"):
            Gradebook(url)

    @pytest.mark.parametrize("name", ["a b.db", "c?d.db", "e%20f.db", "g#h.db", "ü.db"])
    def test_url_of_any_path(self, tmp_path: Path, name: str) -> None:
        with Gradebook(sqlite_url(tmp_path / name)):
            pass
        assert [p.name for p in tmp_path.iterdir()] == [name]


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
            config.ClearSolutions.code_stub = {"python": STUB}
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

    def test_points_and_text_may_change_later(self, theirs: Any, url: str) -> None:
        changed = assignment(*exercise(1, points=5), *exercise(2), *by_hand())
        with Gradebook(url) as book:
            book.write(LAB, result())
            book.write(changed, result(of=changed))
        assert theirs.find_submission("lab", "ada").max_score == changed.max_score
        assert theirs.find_submission("lab", "ada").score == 7.0

    @pytest.mark.parametrize("fewer", [True, False])
    def test_cells_may_not_change_once_submitted(
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

    def test_cells_may_change_before(self, theirs: Any, url: str) -> None:
        with Gradebook(url) as book:
            book.record(assignment(*exercise(1), *by_hand(), *exercise(3)))
            book.record(LAB)
        nb = theirs.find_notebook("nb", "lab")
        assert {c.name for c in nb.grade_cells} == {"q1-test", "q2-test", "essay"}
        assert len(nb.source_cells) == 7


class TestSubmission:
    def test_score_equals_ours(self, theirs: Any, url: str) -> None:
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

    def test_what_a_person_entered_survives(self, theirs: Any, url: str) -> None:
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

    def test_unanswered_essay_needs_no_person(self, theirs: Any, url: str) -> None:
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

    def test_two_assignments_and_odd_names(self, theirs: Any, url: str) -> None:
        other = assignment(*exercise(1, points=9), name="other")
        names = ["O'Hara, Zoë", "小林", "a+b@c.d", "'; DROP TABLE grade; --"]
        with Gradebook(url) as book:
            for name in names:
                book.write(LAB, result(name))
                book.write(other, result(name, of=other, share=1 / 3))
            assert book.scores("lab") == dict.fromkeys(names, 4.0)
            assert book.scores("other") == dict.fromkeys(names, 3.0)
        assert {s.id: s.score for s in theirs.students} == dict.fromkeys(names, 7.0)


class TestTransactions:
    def test_one_commit_and_no_more_statements_with_more_cells(self, url: str) -> None:
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

    def test_no_more_statements_with_more_submissions(self, url: str) -> None:
        costs = []
        with Gradebook(url) as book, recorded() as log:
            book.record(LAB)
            for names in ("a", "bcdef", "a", "bcdef", "cg"):
                log.clear()
                entries = [Entry(LAB, result(n), SUBMITTED, answered()) for n in names]
                book.write_all(entries)
                assert log.count("COMMIT") == 1
                costs.append(len(log))
            assert book.scores("lab") == dict.fromkeys("abcdefg", 4.0)
        assert costs[0] == costs[1]
        assert costs[2] == costs[3]
        # Some new and some not: both kinds, and still of all at once.
        assert costs[4] <= costs[0] + costs[2]

    def test_late_ones_change_no_more_pages(self, room: Classroom, url: str) -> None:
        changed = []
        with Gradebook(url) as book:
            before = pages(room)
            for group in range(50):
                names = [f"{group:02}-{n}" for n in range(10)]
                book.write_all([Entry(LAB, result(n), ran=answered()) for n in names])
                after = pages(room)
                same = sum(a == b for a, b in zip(before, after, strict=False))
                changed.append(len(after) - same)
                before = after
        # Medians, since now and then a group needs new pages.
        middle, end = slice(15, 20), slice(-5, None)
        early, late = (sorted(changed[groups])[2] for groups in (middle, end))
        assert late < 1.5 * early

    def test_written_together_as_one_by_one(
        self, theirs: Any, room: Classroom, url: str, tmp_path: Path
    ) -> None:
        other = assignment(*exercise(1), name="other")
        entries = [
            Entry(LAB, result("ada"), SUBMITTED, answered()),
            Entry(other, result("ada", other, 0.5)),
            Entry(LAB, result("bob", share=0.5), ran=answered()),
            Entry(LAB, result("cyd"), ran=answered()),
            Entry(LAB, result("bob", share=0.0), SUBMITTED),
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

    @pytest.mark.parametrize("table", ["submitted_notebook", "grade", "comment"])
    def test_killed_while_writing(self, room: Classroom, url: str, table: str) -> None:
        with Gradebook(url) as book:
            book.write(LAB, result())
        before = counts(room)
        script = """
            import os, signal, sys
            sys.path.insert(0, sys.argv[1])
            from sqlalchemy import event
            from sqlalchemy.engine import Engine
            import test_gradebook as suite
            from grader.classroom.gradebook.gradebook import Gradebook

            @event.listens_for(Engine, "after_cursor_execute")
            def die(connection, cursor, statement, *rest):
                if statement.startswith(f"INSERT INTO {sys.argv[3]} "):
                    os.kill(os.getpid(), signal.SIGKILL)

            with Gradebook(sys.argv[2]) as book:
                book.write(suite.LAB, suite.result("bob"), ran=suite.answered())
        """
        command = [sys.executable, "-c", textwrap.dedent(script)]
        here = os.path.dirname(__file__)
        ended = subprocess.run([*command, here, url, table], check=False)
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


class recorded:  # noqa: N801
    """Collect the first word of every statement, and each commit."""

    def __enter__(self) -> list[str]:
        self.log: list[str] = []
        event.listen(Engine, "before_cursor_execute", self.statement)
        event.listen(Engine, "commit", self.commit)
        return self.log

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self.statement)
        event.remove(Engine, "commit", self.commit)

    def statement(self, connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        self.log.append(sql.split()[0])

    def commit(self, connection: Any) -> None:
        self.log.append("COMMIT")


class TestNbgraderItself:
    @pytest.fixture
    def graded(self, room: Classroom, url: str) -> Classroom:
        with Gradebook(url) as book:
            for student, share in (("ada", 1.0), ("bob", 0.0)):
                work = room.folder("submitted", student, "lab")
                work.mkdir(parents=True)
                (work / "nb.ipynb").write_text(LAB.released)
                (work / "timestamp.txt").write_text(SUBMITTED)
                (found,) = room.inbox(student=student).found
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
        """Render what a person sees who grades by hand, as formgrader does."""
        from nbconvert.exporters import HTMLExporter
        from nbgrader.server_extensions.formgrader import handlers

        place = os.path.join(os.path.dirname(handlers.__file__), "templates")
        exporter = HTMLExporter(
            template_name="formgrade", extra_template_basedirs=[place]
        )
        path = graded.folder("autograded", "bob", "lab") / "nb.ipynb"
        names = {"notebook_id": "nb", "assignment_id": "lab", "student": "bob"}
        html, _ = exporter.from_filename(
            str(path),
            resources=names | {"submission_id": "x", "index": 0, "total": 2},
        )
        assert 'id="essay-comment"' in html
        assert 'id="q1-test"' in html


@pytest.mark.skipif("GRADER_TEST_DATABASE" not in os.environ, reason="no server")
def test_another_database() -> None:
    """Set GRADER_TEST_DATABASE to the URL of an empty database to run this."""
    url = os.environ["GRADER_TEST_DATABASE"]
    with Gradebook(url) as book:
        book.write(LAB, result(), submitted=SUBMITTED, ran=answered())
        assert book.scores("lab") == {"ada": 4.0}
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.dialect.name in url
    engine.dispose()
