"""A real scheduler with two worker processes, and what may happen to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from grader import cli
from grader.batch import run, versions
from grader.batch.backends import BackendOptions
from grader.batch.dask_cluster import Cluster
from grader.batch.dask_pieces import as_completed
from grader.batch.plan import plan
from grader.batch.run import GradingSettings
from grader.batch.workers import GradingWorkers
from grader.classroom.folder import Classroom
from grader.cli import grade
from grader.course import extra_files
from grader.course.course import Course
from grader.errors import ClusterError
from grader.records import Assignment
from tests.support.paths import DASK, GRADER, MANGLED_COURSE
from tests.support.small_course import course, graded, submit

# Each process loads distributed first, which is slow where much else runs.
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
Submit = Callable[..., Path]
AddWorker = Callable[..., subprocess.Popen[bytes]]
LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")
OS = "__import__('os')"
DIE = f"{OS}.kill({OS}.getpid(), 9)"
NAP = "__import__('time').sleep(0.2)"
SLOW = "import time; time.sleep(1)\ndef mean_of(v): return float(sum(v)) / len(v)"


@dataclass
class Dask:
    """A scheduler of our own, and workers that each have one thread."""

    folder: Path
    file: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def add_worker(self, **variables: str) -> subprocess.Popen[bytes]:
        given: list[str | Path] = [
            "--scheduler-file",
            self.file,
            "--nthreads",
            "1",
            "--no-nanny",
        ]
        return self._start("worker", *given, **variables)

    def start_scheduler(self) -> None:
        given: list[str | Path] = ["--port", "0", "--scheduler-file", self.file]
        self._start("scheduler", *given)
        until(self.file.exists)

    def _start(
        self, kind: str, *given: str | Path, **variables: str
    ) -> subprocess.Popen[bytes]:
        command = [DASK, kind, *given, *LOOPBACK]
        log = (self.folder / "dask.log").open("ab")
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"TMPDIR": str(self.folder)} | variables,
        )
        log.close()
        self.started.append(process)
        return process

    def end_workers(self) -> None:
        _, *workers = self.started
        self.started = self.started[:1]
        end(workers)
        with Client(self.address, set_as_default=False) as client:
            until(lambda: not client.nthreads())


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(100)


def until(true: Callable[[], object]) -> None:
    stop = time.monotonic() + 100
    while not true():
        assert time.monotonic() < stop
        time.sleep(0.05)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    folder = tmp_path_factory.mktemp("dask")
    opened = Dask(folder, folder / "scheduler.json")
    opened.start_scheduler()
    yield opened
    end(opened.started)


@pytest.fixture
def add_worker(dask: Dask) -> Iterator[AddWorker]:
    """Start workers; they are gone, and known to be gone, when the test ends."""
    yield dask.add_worker
    dask.end_workers()


def joined(dask: Dask, said: list[str], count: int = 1) -> Cluster:
    opened = Cluster(dask.address, os.getpid, lambda _: "", said.append)
    opened.await_workers()
    while opened.workers < count:
        opened.refresh()
    return opened


def outcomes(cluster: Cluster, pieces: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for piece, future in as_completed(cluster, eval, pieces):
        assert piece not in found
        error = future.exception()
        found[piece] = type(error) if error else future.result()
    return found


def test_all_is_done_but_for_what_kills_its_workers(
    dask: Dask, add_worker: AddWorker
) -> None:
    pids = {add_worker().pid, add_worker().pid}
    cluster = joined(dask, [], 2)
    pieces = [f"({number}, {OS}.getpid(), {NAP})" for number in range(6)]
    found = outcomes(cluster, [*pieces, "1 / 0"])
    assert found.pop("1 / 0") is ZeroDivisionError
    assert sorted(result[0] for result in found.values()) == list(range(6))
    assert {result[1] for result in found.values()} == pids
    add_worker()  # joins while there is work, and is the only one left of three
    pieces = [f"({number}, {NAP})" for number in range(4)]
    found = outcomes(cluster, [*pieces, DIE, "7"])
    cluster.close()
    assert issubclass(found.pop(DIE), BrokenExecutor)
    assert found == {each: eval(each) for each in [*pieces, "7"]}


def test_two_workers_on_a_cluster_give_the_pool_s_grades_with_one_killed(
    dask: Dask, add_worker: AddWorker, tmp_path: Path, submit: Submit
) -> None:
    victim, other = add_worker(), add_worker()
    for room in ("here", "there"):
        for number in range(5):
            submit(tmp_path / room, f"s{number}", mean=f"# {number}\n{SLOW}")
        submit(tmp_path / room, "s5", mean="def mean_of(v): return 3.0")
        submit(tmp_path / room, "s6", q1="import os\nos._exit(0)")
    course = Course.open(MANGLED_COURSE)
    here, there = (Classroom.open(tmp_path / each) for each in ("here", "there"))
    watcher = Killer(victim)
    options = GradingSettings(seed=5, scheduler=dask.address)
    far = run.run(there, plan(course, there), options, watcher)
    near = run.run(here, plan(course, here), GradingSettings(2, seed=5))
    assert victim.wait() == -signal.SIGKILL
    assert [plain(each) for each in far.values()] == [plain(e) for e in near.values()]
    lines = there.results.read_text().splitlines()
    assert len(lines) == len(far) == 7
    # What was graded there stands here, and the other way round.
    again = Killer(other)
    run.run(there, plan(course, there), GradingSettings(2), again)
    assert (again.count, again.unchanged) == (0, 7)


@pytest.mark.nightly
def test_workers_read_large_files_beside_the_notebook(
    dask: Dask, add_worker: AddWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_worker()
    monkeypatch.setattr(extra_files, "COPIED_BYTES", 1_000)
    text = (
        "# %% size\n### BEGIN SOLUTION\nsize = len(open('large.txt').read())\n"
        "### END SOLUTION\n# %% size-test\nassert size == 20_000"
    )
    course(tmp_path, hw=text)
    (tmp_path / "course/source/hw/large.txt").write_bytes(b"7" * 20_000)
    submit(tmp_path, "ada", hw=text)
    submit(tmp_path, "bob", hw=text.replace("size =", "size = 0 *"))
    found = graded(tmp_path, scheduler=dask.address)
    assert {name: result.score for name, result in found.items()} == {
        "ada": 1,
        "bob": 0,
    }
    assert not any(result.grader_failed for result in found.values())


class Killer(run.SilentGradingWatcher):
    """Kills a worker in the middle of the run."""

    def __init__(self, worker: subprocess.Popen[bytes]) -> None:
        self._worker = worker
        self.count = self.unchanged = -1

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        self.count, self.unchanged = count, unchanged
        if count:
            threading.Timer(0.7, self._worker.kill).start()


def plain(result: Any) -> tuple[Any, ...]:
    cells = [(c.grade_id, c.points, c.status, c.message) for c in result.cells]
    return result.student, result.score, result.flags, result.repairs, cells


@pytest.mark.nightly
def test_ctrl_c_keeps_what_is_done_and_leaves_the_cluster(
    dask: Dask, add_worker: AddWorker, tmp_path: Path, submit: Submit
) -> None:
    worker = add_worker()
    for number in range(4):
        submit(tmp_path, f"s{number}", mean=f"# {number}\n{SLOW}")
    command: list[str | Path] = [
        GRADER,
        "grade",
        "--class",
        tmp_path,
        "--course",
        MANGLED_COURSE,
    ]
    command += ["--scheduler", dask.address]
    first = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert first.stdout
    assert any(line.startswith("1/4") for line in first.stdout)
    os.killpg(first.pid, signal.SIGINT)
    _, error = first.communicate(timeout=100)
    assert first.returncode == cli.INTERRUPTED
    assert error.strip().splitlines() == [grade.KEPT, "grader: stopped."]
    assert worker.poll() is None
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1 unchanged" in second.stdout
    lines = Classroom.open(tmp_path).results.read_text().splitlines()
    assert sorted(json.loads(line)["student"] for line in lines) == [
        f"s{number}" for number in range(4)
    ]


@pytest.mark.nightly
def test_fork_servers_end_with_their_worker(
    dask: Dask,
    add_worker: AddWorker,
    averages: Assignment,
    processes: Callable[[], set[str]],
) -> None:
    before = processes()
    worker = add_worker()
    with GradingWorkers(BackendOptions(scheduler=dask.address)) as workers:
        workers.prepare([averages])
        workers.calibrate([averages], seed=1)
        # The worker, its fork server, and a jail that is ready for a submission.
        assert len(processes() - before) > 2
    worker.kill()
    worker.wait()
    until(lambda: not processes() - before)


@pytest.mark.nightly
def test_a_worker_of_other_packages_is_refused(
    dask: Dask,
    add_worker: AddWorker,
    averages: Assignment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_worker()
    facts = dict(versions.facts(averages.imports)) | {"numpy": "1.0"}
    monkeypatch.setattr(versions, "facts", lambda _: facts)
    with (
        GradingWorkers(BackendOptions(scheduler=dask.address)) as workers,
        pytest.raises(ClusterError, match=r"numpy \S+ instead of 1.0") as caught,
    ):
        workers.prepare([averages])
    assert dask.address in str(caught.value)


@pytest.mark.nightly
def test_a_worker_is_waited_for_and_refused_without_this_package(
    dask: Dask, add_worker: AddWorker, averages: Assignment, tmp_path: Path
) -> None:
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "__init__.py").touch()
    said: list[str] = []

    def notify(message: str) -> None:
        said.append(message)
        if len(said) == 1:
            add_worker(PYTHONPATH=str(tmp_path))

    with (
        GradingWorkers(
            BackendOptions(scheduler=dask.address, notify=notify)
        ) as workers,
        pytest.raises(
            ClusterError,
            match="does not have this version of the grader: ModuleNotFound",
        ),
    ):
        workers.prepare([averages])
    assert said[0] == f"No worker has joined {dask.address} yet; waiting for one."


@pytest.mark.nightly
def test_no_scheduler_is_a_plain_error(
    tmp_path: Path, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(tmp_path, "ada")
    given = (
        "--class",
        tmp_path,
        "--course",
        MANGLED_COURSE,
        "--scheduler",
        "127.0.0.1:9",
    )
    done = subprocess.run(
        [GRADER, "grade", *given], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "No Dask scheduler answers at '127.0.0.1:9'" in done.stderr
    assert "dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr


def test_distributed_is_loaded_only_if_a_cluster_is_asked_for() -> None:
    code = (
        "import sys, grader.batch.run, grader.cli; print('distributed' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
