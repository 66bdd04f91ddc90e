"""A run that is killed goes on where it was: no result is lost, none is there twice."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.batch import results_writer
from grader.batch import run as batch
from grader.batch.cache import Cache
from grader.batch.plan import plan
from grader.batch.run import GradingSettings
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook
from grader.course.course import Course
from grader.execution.jail import process_tree
from grader.records import Result
from tests.support.classes import Submit
from tests.support.paths import GRADER, MANGLED_COURSE

SCORES = {"ada": 8.0, "bob": 6.0, "cyn": 7.0}
SUMS = """
    SELECT student_id, SUM(grade.auto_score), COUNT(*) FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment
      ON submitted_assignment.id = submitted_notebook.assignment_id
    GROUP BY student_id
"""


class Counts(batch.SilentGradingWatcher):
    """How many were graded, unchanged, and recalled."""

    found = (-1, -1, -1)

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        self.found = count, unchanged, recalled


@pytest.fixture(scope="module")
def graded_once(
    tmp_path_factory: pytest.TempPathFactory, course: Course, submit: Submit
) -> Path:
    root = tmp_path_factory.mktemp("once")
    submit(root, "ada")
    submit(root, "bob", mean="def mean_of(values): return 3.0")
    submit(root, "cyn", q1="answer_q1 = 'A'")
    room = Classroom.open(root)
    batch.run(room, plan(course, room), GradingSettings(workers=2, seed=11))
    return root


@pytest.fixture
def unrecorded(graded: Classroom) -> Classroom:
    """A class that was graded, and has nothing but the grades that were kept."""
    shutil.rmtree(graded.root / ".grader" / "records")
    shutil.rmtree(graded.root / "autograded")
    graded.gradebook.unlink()
    graded.results.unlink()
    return graded


def run(room: Classroom, course: Course) -> tuple[int, int, int]:
    counts = Counts()
    batch.run(room, plan(course, room), GradingSettings(workers=2), counts)
    return counts.found


def in_order(room: Classroom, scores: dict[str, float]) -> None:
    """Check that all that is written is there once, and says the same."""
    lines = [json.loads(line) for line in room.results.read_text("utf-8").splitlines()]
    assert sorted((line["student"], line["score"]) for line in lines) == sorted(
        scores.items()
    )
    with sqlite3.connect(room.gradebook) as book:
        rows = {student: rest for student, *rest in book.execute(SUMS)}
    assert rows == {student: [score, 5] for student, score in scores.items()}
    for line in lines:
        path = room.folder("autograded", line["student"], "averages")
        ran = json.loads((path / "averages.ipynb").read_text("utf-8"))
        text = json.dumps([cell.get("outputs") for cell in ran["cells"]])
        passed = sum(cell["status"] == "passed" for cell in line["cells"])
        assert text.count("[passed: ") == passed


STEPS: list[tuple[type, str]] = [
    (Cache, "forget"),
    (Classroom, "write_autograded"),
    (Gradebook, "write_all"),
    (Classroom, "append_result"),
    (Cache, "store"),
]


@pytest.mark.parametrize("at_once", [1, 16])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("where", "step"), STEPS, ids=[step for _, step in STEPS])
def test_killed_at_any_step_of_recording(
    unrecorded: Classroom,
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
    where: type,
    step: str,
    after: bool,
    at_once: int,
) -> None:
    monkeypatch.setattr(results_writer, "MAX_WAITING", at_once)
    together = at_once > 1 and step not in ("append_result", "store")
    call = 1 if together and step == "write_all" else 2
    killed = killed_at(where, step, call, after)
    process = multiprocessing.get_context("fork").Process(
        target=killed, args=(unrecorded, course)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    graded, unchanged, recalled = run(unrecorded, course)
    assert graded == 0
    stored = (0 if together else 1) + ((step, after) == ("store", True))
    assert unchanged == stored
    assert unchanged + recalled == 3
    in_order(unrecorded, SCORES)


def killed_at(
    where: type, step: str, call: int, after: bool
) -> Callable[[Classroom, Course], object]:
    """Return `run`, which is killed before or after that call of `step`."""
    calls = 0
    real = getattr(where, step)

    def deadly(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*given, **named)
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    def killed(room: Classroom, course: Course) -> None:
        setattr(where, step, deadly)  # of a process of its own
        run(room, course)

    return killed


class Stopping(batch.SilentGradingWatcher):
    """Ctrl-C when the first is graded."""

    def graded(self, result: Result) -> None:
        raise KeyboardInterrupt


def test_what_waits_is_recorded_when_a_run_is_stopped(
    unrecorded: Classroom, course: Course
) -> None:
    options = GradingSettings(workers=2, force=True)
    with pytest.raises(KeyboardInterrupt):
        batch.run(unrecorded, plan(course, unrecorded), options, Stopping())
    (result,) = unrecorded.logged()
    assert result.score == SCORES[result.student]
    assert run(unrecorded, course) == (0, 1, 2)
    in_order(unrecorded, SCORES)


def cut_last_line(room: Classroom) -> None:
    room.results.write_bytes(room.results.read_bytes()[:-40])


def cut_newline(room: Classroom) -> None:
    room.results.write_bytes(room.results.read_bytes()[:-1])


def lose_last_line(room: Classroom) -> None:
    lines = room.results.read_bytes().splitlines(keepends=True)
    room.results.write_bytes(b"".join(lines[:-1]))


def blanks_at_the_end(room: Classroom) -> None:
    cut_last_line(room)
    room.results.write_bytes(room.results.read_bytes() + bytes(40))


def empty_records(room: Classroom) -> None:
    for path in (room.root / ".grader" / "records").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def empty_notebook(room: Classroom) -> None:
    next((room.root / "autograded").rglob("*.ipynb")).write_bytes(b"")


def rolled_back_gradebook(room: Classroom) -> None:
    with sqlite3.connect(room.gradebook) as book:
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment"):
            book.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "damage",
    [
        cut_last_line,
        cut_newline,
        lose_last_line,
        blanks_at_the_end,
        empty_records,
        empty_notebook,
        rolled_back_gradebook,
    ],
)
def test_what_a_power_cut_may_leave_is_mended(
    graded: Classroom, course: Course, damage: Callable[[Classroom], None]
) -> None:
    damage(graded)
    assert run(graded, course)[0] == 0
    in_order(graded, SCORES)
    assert run(graded, course) == (0, 3, 0)


def test_a_damaged_grade_is_made_again(unrecorded: Classroom, course: Course) -> None:
    grades = sorted((unrecorded.root / ".grader" / "grades").rglob("*.gz"))
    grades[0].write_bytes(grades[0].read_bytes()[:100])
    assert run(unrecorded, course) == (1, 0, 2)
    in_order(unrecorded, SCORES)


def test_killed_while_it_grades(
    tmp_path: Path, short_tmp: Path, course: Course, submit: Submit
) -> None:
    nap = "import time; time.sleep({})\ndef mean_of(v): return float(sum(v)) / len(v)"
    for number in range(6):
        submit(tmp_path, f"s{number}", mean=nap.format(0.3 + number / 100))
    room = Classroom.open(tmp_path)
    first = subprocess.Popen(
        [
            GRADER,
            "grade",
            "--class",
            tmp_path,
            "--course",
            MANGLED_COURSE,
            "--workers",
            "2",
        ],
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(short_tmp), "PYTHONUNBUFFERED": "1"},
    )
    assert first.stdout
    assert any(line.startswith(b"2/6") for line in first.stdout)
    below = process_tree.descendants(first.pid)
    assert len(below) > 3  # workers, a fork server, jails
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    end = time.monotonic() + 20
    while left := [pid for pid in below if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.05)
    graded, unchanged, recalled = run(room, course)
    assert 1 <= graded <= 4
    assert graded + unchanged + recalled == 6
    in_order(room, {f"s{number}": 8.0 for number in range(6)})
