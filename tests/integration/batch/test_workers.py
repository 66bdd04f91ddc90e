"""A real staff of two workers, jails and all, and what may happen to it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.batch.backends import BackendOptions
from grader.batch.local import LocalBackend, threads_each
from grader.batch.workers import GradingWorkers, Job
from grader.course.course import Course
from grader.errors import CourseError, SandboxError, UsageError
from grader.grading.calibration import Calibration
from grader.records import Assignment, Graded, Submission

Submit = Callable[..., Path]
Given = list[Job]
AUTOMATIC = 8  # of the ten points of `averages`; two are given by hand
SLOW = "import time; time.sleep(1)\ndef mean_of(v): return float(sum(v)) / len(v)"


@pytest.fixture(scope="module")
def staff(averages: Assignment) -> Iterator[GradingWorkers]:
    with GradingWorkers(BackendOptions(workers=2)) as opened:
        opened.prepare([averages])
        yield opened


def submissions(averages: Assignment, room: Path) -> Given:
    """Return what `room` holds."""
    return [
        Job(averages, Submission(path.parts[-3], "averages", path.read_bytes()))
        for path in sorted(room.glob("submitted/*/*/*.ipynb"))
    ]


def graded(staff: GradingWorkers, work: Given) -> dict[str, Graded]:
    found = staff.grade(work, seed=3, calibrations={"averages": Calibration()})
    return {submission.student: each for _, submission, each in found}


def changed(course: Path, old: str, new: str) -> Assignment:
    """Return `averages` of a course whose source has `new` instead of `old`."""
    source = course / "solutions" / "averages.ipynb"
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")
    return Course.open(course).assignment("averages")


@contextlib.contextmanager
def killer(staff: GradingWorkers, times: int) -> Iterator[None]:
    """Kill a worker, and then one of those that follow, as often as told."""
    done = threading.Event()

    def hunt() -> None:
        seen: set[int] = set()
        for _ in range(times):
            while not (fresh := workers(staff) - seen):
                if done.wait(0.02):
                    return
            time.sleep(0.5)
            os.kill(fresh.pop(), signal.SIGKILL)
            seen |= workers(staff) | fresh

    thread = threading.Thread(target=hunt)
    thread.start()
    yield
    done.set()
    thread.join()


def workers(staff: GradingWorkers) -> set[int]:
    backend = staff._backend  # noqa: SLF001 - to kill what nobody else may
    assert isinstance(backend, LocalBackend)
    return set(backend.process_ids)


def test_each_submission_has_its_own_grade(
    staff: GradingWorkers, averages: Assignment, tmp_path: Path, submit: Submit
) -> None:
    submit(tmp_path, "ada")
    submit(tmp_path, "bob", mean="def mean_of(v): return 3.0")
    submit(tmp_path, "cyn").write_text("{")
    submit(tmp_path, "dan", q1="import os\nos._exit(0)")
    found = graded(staff, submissions(averages, tmp_path))
    assert {name: each.result.score for name, each in found.items()} == {
        "ada": AUTOMATIC,
        "bob": AUTOMATIC - 2,
        "cyn": 0,
        "dan": AUTOMATIC - 1,
    }
    assert {each.result.seed for each in found.values()} == {3}
    assert "not readable" in found["cyn"].result.flags[0].text


def test_a_killed_worker_costs_no_grade(
    averages: Assignment, tmp_path: Path, submit: Submit
) -> None:
    for number in range(4):
        submit(tmp_path, f"student-{number}", mean=SLOW)
    with GradingWorkers(BackendOptions(workers=2)) as staff, killer(staff, times=1):
        staff.prepare([averages])
        found = graded(staff, submissions(averages, tmp_path))
    scores = {name: each.result.score for name, each in found.items()}
    assert scores == {f"student-{number}": AUTOMATIC for number in range(4)}
    assert [each.result.flags for each in found.values()] == [()] * 4


def test_a_worker_killed_twice_is_a_grader_fault_and_said_so(
    averages: Assignment, tmp_path: Path, submit: Submit
) -> None:
    submit(tmp_path, "ada", mean=SLOW)
    with GradingWorkers(BackendOptions(workers=1)) as staff, killer(staff, times=2):
        staff.prepare([averages])
        found = graded(staff, submissions(averages, tmp_path))
    result = found["ada"].result
    assert result.grader_failed
    assert "killed, twice" in result.flags[0].text
    assert result.score == 0
    assert len(result.cells) == 5


def test_a_lost_fork_server_is_a_grader_fault(
    averages: Assignment, tmp_path: Path, submit: Submit
) -> None:
    submit(tmp_path, "ada")
    with GradingWorkers(BackendOptions(workers=1)) as staff:
        staff.prepare([averages])
        address = staff.site(averages).fork_server
        assert address is not None
        shutil.rmtree(Path(address).parent)
        found = graded(staff, submissions(averages, tmp_path))
    assert found["ada"].result.grader_failed


def test_a_sound_course_needs_no_test_in_the_kernel(
    staff: GradingWorkers, averages: Assignment
) -> None:
    assert staff.calibrate([averages], seed=1) == {"averages": Calibration()}


def test_a_test_that_needs_ipython_runs_in_the_kernel(
    staff: GradingWorkers, own_course: Path, tmp_path: Path, submit: Submit
) -> None:
    old = "assert median_of([5]) == 5,"
    new = "assert get_ipython().user_ns['median_of']([5]) == 5,"
    assignment = changed(own_course, old, new)
    found = staff.calibrate([assignment], seed=1)
    assert found["averages"].trusts == {"median-test": "in-kernel"}
    submit(tmp_path, "ada")
    work = submissions(assignment, tmp_path)
    ((_, _, done),) = staff.grade(work, 3, found)
    trust = {check.grade_id: check.trust for check in done.result.cells}
    assert trust["median-test"] == "in-kernel"
    assert trust["mean-test"] == "examiner"
    assert done.result.score == AUTOMATIC


def test_a_wrong_solution_is_named_with_its_cells(
    staff: GradingWorkers, own_course: Path
) -> None:
    assignment = changed(own_course, "value / 6 for", "value / 5 for")
    found = staff.calibrate([assignment], seed=1)
    with pytest.raises(CourseError) as caught:
        found["averages"].require_sound("averages")
    message = str(caught.value)
    assert "averages" in message
    assert "scaled-test: failed" in message
    assert "mean-test" not in message


def test_limits_of_the_run_go_before_the_course_s(averages: Assignment) -> None:
    with GradingWorkers(limits={"cell_seconds": 7, "files": 99}) as staff:
        limits = staff.limits(averages)
    assert averages.limits["cell_seconds"] == 20
    assert (limits.cell_seconds, limits.files) == (7, 99)


def test_unknown_limit_is_named_with_the_legal_ones(averages: Assignment) -> None:
    with (
        GradingWorkers(limits={"cell_second": 7}) as staff,
        pytest.raises(UsageError, match=r"cell_second;.*cell_seconds"),
    ):
        staff.limits(averages)


def test_no_workers_without_bubblewrap(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="bubblewrap"):
        GradingWorkers()


@pytest.mark.parametrize(
    ("cores", "workers", "threads"), [(2, 1, 2), (2, 2, 1), (8, 3, 2), (2, 9, 1)]
)
def test_workers_and_their_threads_use_the_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int, workers: int, threads: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert threads_each(workers) == threads
