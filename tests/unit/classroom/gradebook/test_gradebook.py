"""The database, which must equal nbgrader's own; no part of nbgrader is faked."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.errors import ClassError
from tests.support.gradebooks import LAB, SUBMITTED, answered, counts, query, result

# nbgrader warns of its own and of its dependencies' deprecations.
pytestmark = pytest.mark.filterwarnings("default")


class TestDatabase:
    @pytest.mark.slow
    def test_new_database_equals_nbgraders(
        self, room: Classroom, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from nbgrader.api import Gradebook as Theirs

        # nbgrader runs the command alembic from PATH.
        monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
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
            ("nonsense", "cannot be opened"),
            ("nosuch://x/y", "cannot be opened"),
            ("sqlite:////proc/nowhere/gradebook.db", "unable to open"),
        ],
    )
    def test_unusable_url(self, bad: str, message: str) -> None:
        with pytest.raises(ClassError, match=message):
            Gradebook(bad)

    def test_file_that_is_not_a_database(self, room: Classroom, url: str) -> None:
        room.gradebook.write_bytes(b"not a database, not at all" * 100)
        with pytest.raises(ClassError, match="not a database"):
            Gradebook(url)

    @pytest.mark.parametrize("name", ["a b.db", "c?d.db", "e%20f.db", "g#h.db", "ü.db"])
    def test_url_of_any_path(self, tmp_path: Path, name: str) -> None:
        with Gradebook(sqlite_url(tmp_path / name)):
            pass
        assert [p.name for p in tmp_path.iterdir()] == [name]


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
