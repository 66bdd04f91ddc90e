"""From an LMS's download to the archive that it takes back, and when work is late."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader import cli
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.notebooks.markers import regions
from grader.records import Assignment, Check, Result
from tests.support.archives import zipped
from tests.support.averages import WORKED, answered
from tests.support.command_line import Run
from tests.support.paths import MANGLED_COURSE

COURSE = ("--course", MANGLED_COURSE)
MOODLE = {
    "ada": "Ada King_501_assignsubmission_file_/averages.ipynb",
    "bob": "Bob Noyce_502_assignsubmission_file_/averages.ipynb",
}
CANVAS = {
    "ada": "kingada_11_901_averages.ipynb",
    "bob": "noycebob_LATE_12_902_averages-1.ipynb",
}
ROSTER = "id,name\nada,Ada King\nbob,Bob Noyce\n"


def collected(
    run: Run, folder: Path, assignment: Assignment, names: dict[str, str]
) -> Path:
    """Collect a download with a submission of each student; return the class folder."""
    right = answered(assignment, WORKED).encode()
    (folder / "download.zip").write_bytes(zipped(dict.fromkeys(names.values(), right)))
    (folder / "roster.csv").write_text(ROSTER)
    room = folder / "autumn"
    where = ("--class", room, "--roster", folder / "roster.csv", *COURSE)
    assert run("collect", folder / "download.zip", *where)[0] == cli.DONE
    return room


def graded(room: Path, assignment: Assignment) -> Path:
    tests = [task for task in assignment.tasks if task.kind == "test"]
    checks = tuple(
        Check(task.grade_id, 0.0, task.points, "failed", "examiner", "look again")
        for task in tests
    )
    most = sum(task.points for task in tests)
    for student in ("ada", "bob"):
        facts = (student, "averages", assignment.release, 1, "0.1.0", 0.0, most, checks)
        Classroom.open(room).append_result(Result(*facts))
    return room


def shown(text: str) -> str:
    """Return the text of a page, or of the one cell of a notebook."""
    if text.startswith("{"):
        (cell,) = json.loads(text)["cells"]
        return str(cell["source"])
    return re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("system", "names"), [("moodle", MOODLE), ("canvas", CANVAS)], ids=str
)
def test_each_student_gets_their_own_page_and_no_hidden_test(
    run: Run, tmp_path: Path, averages: Assignment, system: str, names: dict[str, str]
) -> None:
    room = graded(collected(run, tmp_path, averages, names), averages)
    status, out, err = run("feedback", "--class", room, "--pack", system, *COURSE)
    assert (status, err) == (cli.DONE, "")
    path = room / "export" / f"feedback-{system}-averages.zip"
    assert f"{path}: upload it in {system.title()}'" in out
    with zipfile.ZipFile(path) as opened:
        found = {name: opened.read(name).decode() for name in opened.namelist()}
    wanted = {
        student: name.replace(".ipynb", ".html") if system == "moodle" else name
        for student, name in names.items()
    }
    assert sorted(found) == sorted(wanted.values())
    hidden = [
        line
        for cell in json.loads(averages.source)["cells"]
        for region in regions("".join(cell["source"]))
        for line in region.telling
    ]
    assert hidden
    for student, other in (("ada", "bob"), ("bob", "ada")):
        text = shown(found[wanted[student]])
        assert student in text
        assert other not in text
        assert "look again" in text
        assert [line for line in hidden if line in text] == []


def test_who_is_not_known_to_the_lms_is_left_out(
    run: Run, tmp_path: Path, averages: Assignment
) -> None:
    room = graded(collected(run, tmp_path, averages, MOODLE), averages)
    status, out, _ = run("feedback", "--class", room, "--pack", "canvas", *COURSE)
    assert status == cli.SHORT
    assert "left out: ada (averages): Canvas' name for the submitted notebook" in out
    assert "2 pages in " in out
    assert not (room / "export").exists()


def test_a_mark_of_canvas_reaches_the_report(
    run: Run, tmp_path: Path, averages: Assignment
) -> None:
    room = graded(collected(run, tmp_path, averages, CANVAS), averages)
    status, out, _ = run("report", "--class", room)
    assert status == cli.DONE
    assert "late in averages: bob (marked late)" in out


def test_a_due_date_is_kept_and_a_change_of_it_is_told(
    run: Run, tmp_path: Path, averages: Assignment
) -> None:
    room = graded(collected(run, tmp_path, averages, MOODLE), averages)
    given = ("collect", tmp_path / "download.zip", "--class", room, *COURSE)
    status, out, _ = run(*given, "--due", "2026-01-31T12:00Z", "--dry-run")
    assert status == cli.DONE
    assert not (room / "gradebook.db").exists()
    status, out, _ = run(*given, "--due", "2026-01-31T12:00Z")
    assert "due date kept in the gradebook: averages\n" in out
    status, out, _ = run(*given, "--due", "2026-02-28T12:00Z")
    assert "  averages: it was 2026-01-31 " in out
    with Gradebook(sqlite_url(room / "gradebook.db")) as book:
        due = book.due_dates()
    assert due == {"averages": datetime(2026, 2, 28, 12, tzinfo=UTC)}
