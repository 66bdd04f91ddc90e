"""Downloads as they arrive, and a class folder to collect them into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from grader.collect import collect
from grader.collect.collect import CollectSettings
from grader.collect.filing import CollectRow
from grader.course.course import Course
from tests.support.archives import zipped
from tests.support.paths import MANGLED_COURSE

ROSTER = """\
id,name,email,moodle,canvas,github,also called
ada,"Lovelace, Ada King",ada.l@uni.example,,,countess,
zoe,Zoë Müller-Łukasz,zm@uni.example,124,9001,,
li,李 雷,leili@uni.example,,,,
ann1,Ann Smith,as1@uni.example,,,,
ann2,Smith Ann,as2@uni.example,,9003,,the other Ann
"""
Files = Mapping[str, bytes]
NB = "averages/averages.ipynb"


class Quiet:
    def reading(self) -> None:
        pass

    def sorting(self, count: int) -> None:
        pass

    def due(self, assignment: str, before: datetime | None) -> None: ...

    def filed(self, row: CollectRow) -> None:
        pass


def folder(place: Path, files: Files) -> Path:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


class Class:
    """A class folder, and what is collected into it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "class"
        self.spare = root
        self.rows: list[CollectRow] = []

    def collect(
        self, source: Files | bytes | Path, **options: object
    ) -> list[CollectRow]:
        """Collect files, as an archive if not told otherwise."""
        if isinstance(source, Mapping):
            source = zipped(source)
        if isinstance(source, bytes):
            path = self.spare / "download.zip"
            path.write_bytes(source)
            source = path
        if "roster" not in options:
            given = self.spare / "given.csv"
            given.write_text(ROSTER, "utf-8")
            options["roster"] = given
        course = Course.open(MANGLED_COURSE)
        made = CollectSettings(**options)  # type: ignore[arg-type]
        self.rows = collect.collect(source, self.root, course, made, Quiet())
        return self.rows

    def tree(self, part: str = "submitted") -> dict[str, bytes]:
        top = self.root / part
        return {
            str(path.relative_to(top)): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }

    def statuses(self) -> dict[str, str]:
        return {row.student or row.source: row.status for row in self.rows}
