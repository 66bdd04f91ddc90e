"""Nothing of the workers lives on when they are stopped, whatever they were doing.

No other workers may run beside those of this file: it would build its next jails.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.backends import BackendOptions
from grader.batch.workers import GradingWorkers, Job
from grader.execution.limits import Sandbox
from grader.grading.calibration import Calibration
from grader.records import Assignment, Submission

Submit = Callable[..., Path]
Processes = Callable[[], set[str]]
# What was sent a signal is gone a moment later; on a busy machine, a long one.
PATIENCE = 10.0


@pytest.fixture
def begun(processes: Processes) -> Processes:
    """Tell what has begun to run below this process."""
    before = processes()
    # multiprocessing keeps two of its own, without work.
    return lambda: {p for p in processes() - before if not _multiprocessings(p)}


def _multiprocessings(process: str) -> bool:
    try:
        command = Path(f"/proc/{process.split()[0]}/cmdline").read_text()
    except OSError:  # it has ended meanwhile
        return True
    return "resource_tracker" in command or "forkserver import main" in command


def assert_soon_gone(new: Processes) -> None:
    end = time.monotonic() + PATIENCE
    while left := new():
        assert time.monotonic() < end, f"lives on: {left}"
        time.sleep(0.05)


@pytest.mark.parametrize("sandbox", ["bwrap", "none"])
def test_nothing_outlives_workers_that_are_stopped(
    averages: Assignment,
    short_tmp: Path,
    tmp_path: Path,
    submit: Submit,
    begun: Processes,
    sandbox: Sandbox,
) -> None:
    means = {"ada": "", "bob": "while True: pass", "cyn": "while True: pass"}
    files = {name: submit(tmp_path, name, mean=mean) for name, mean in means.items()}
    work = [
        Job(averages, Submission(name, "averages", file.read_bytes()))
        for name, file in files.items()
    ]
    with GradingWorkers(BackendOptions(workers=2, sandbox=sandbox)) as workers:
        workers.prepare([averages])
        next(workers.grade(work, 3, {"averages": Calibration()}))
        # The fork server, two workers, and each one's kernel.
        while len(begun()) < 5:
            time.sleep(0.05)
        assert list(short_tmp.glob("fork-*")) != []
        start = time.monotonic()
    assert time.monotonic() - start < averages.limits["cell_seconds"]
    assert list(short_tmp.glob("fork-*")) == []
    assert_soon_gone(begun)


def test_without_a_sandbox_a_submission_s_processes_end_with_it(
    averages: Assignment, tmp_path: Path, submit: Submit, begun: Processes
) -> None:
    starts = "import subprocess\nsubprocess.Popen(['sleep', '600'])"
    content = submit(tmp_path, "ada", mean=starts).read_bytes()
    work = [Job(averages, Submission("ada", "averages", content))]
    with GradingWorkers(BackendOptions(workers=1, sandbox="none")) as workers:
        workers.prepare([averages])
        ((_, _, found),) = workers.grade(work, 3, {"averages": Calibration()})
        assert_soon_gone(lambda: {name for name in begun() if name.endswith("sleep")})
    assert found.result.score == 6  # of the 8 without a hand; its mean_of is missing
