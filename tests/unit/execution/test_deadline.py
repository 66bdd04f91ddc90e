"""Time limits that wait for a busy machine, and for nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from grader.execution import deadline
from grader.execution.deadline import MAX_FACTOR, Deadline, Usage, extended
from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.kernel.client import Kernel

SPIN = "while True: pass"
SLEEP = "import time; time.sleep(60)"


# --- how long ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("used", "waited", "expected"),
    [
        pytest.param(0, 0, 10, id="it slept"),
        pytest.param(9.9, 0.1, 10.1, id="hardly any wait"),
        pytest.param(4, 6, 16, id="it got less than half"),
        pytest.param(0.1, 500, 40, id="there is an end"),
        pytest.param(10, 500, 10, id="it had its time"),
        pytest.param(20, 500, 10, id="it had it on two processors"),
    ],
)
def test_what_is_granted(used: float, waited: float, expected: float) -> None:
    assert extended(10, used, waited) == pytest.approx(expected)


def test_of_each_process_the_thread_counts_that_waited_longest() -> None:
    before = Usage(0, {1: {1: 5.0, 2: 1.0}, 9: {9: 0.5}})
    since = Usage(0, {1: {1: 5.5, 2: 3.0, 3: 1.5}, 9: {9: 1.5}, 7: {}})
    assert since.waited_since(before) == 2.0 + 1.0


# --- real processes ---------------------------------------------------------------


@pytest.fixture
def start() -> Iterator[Callable[..., int]]:
    """Start Python code on one processor and return its process id."""
    started: list[subprocess.Popen[bytes]] = []

    def run(code: str) -> int:
        # In a session of its own the scheduler counts it as somebody else's.
        process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        started.append(process)
        os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
        return process.pid

    yield run
    for process in started:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def crowd(start: Callable[..., int]) -> Callable[..., None]:
    """Bring `many` to one processor, and those that are given, too."""

    def come(many: int, *others: int) -> None:
        for process in others:
            os.sched_setaffinity(process, {min(os.sched_getaffinity(0))})
        for _ in range(many):
            start(SPIN)

    return come


def waited_out(seconds: float, *processes: int) -> Deadline:
    deadline = Deadline(seconds, *processes)
    while (left := deadline.left()) > 0:
        time.sleep(left)
    return deadline


def test_code_that_gets_no_processor_has_longer(
    start: Callable[..., int], crowd: Callable[..., None]
) -> None:
    crowd(4)
    found = waited_out(0.5, start(SPIN))
    assert 0.5 < found.extension <= 0.5 * (MAX_FACTOR - 1)


def test_code_that_sleeps_has_no_longer(
    start: Callable[..., int], crowd: Callable[..., None]
) -> None:
    asleep = start(SLEEP)
    time.sleep(1)
    crowd(4)
    assert waited_out(0.5, asleep).extension < 0.1


def test_children_that_stand_in_the_way_are_its_own_affair(
    start: Callable[..., int],
) -> None:
    bomb = start(f"import os\nfor _ in range(4): os.fork()\n{SPIN}")
    time.sleep(1)
    assert waited_out(0.5, bomb).extension == 0


def test_a_process_that_is_gone_has_no_longer(start: Callable[..., int]) -> None:
    assert waited_out(0.2, 2**22 - 1).extension == 0


# --- where it counts --------------------------------------------------------------

# With a neighbour it takes 0.84 s, which is over 0.6 s, and far from four times that.
BUSY = (
    "import time\n"
    "def busy():\n"
    "    began = time.process_time()\n"
    "    while time.process_time() - began < 0.42: pass\n"
)


def test_a_cell_is_not_late_for_its_neighbours(
    kernel: Kernel, crowd: Callable[..., None]
) -> None:
    crowd(1, kernel.processes[0])
    ran = kernel.run(f"{BUSY}busy()", 0.6)
    assert ran.ended == "ok", ran
    assert ran.extension > 0
    assert ran.seconds > 0.6


def test_a_cell_that_never_ends_is_ended_however_busy_the_machine(
    kernel: Kernel, crowd: Callable[..., None]
) -> None:
    crowd(4, kernel.processes[0])
    ran = kernel.run(SPIN, 0.3)
    assert ran.ended == "timeout"
    assert ran.extension <= 0.3 * (MAX_FACTOR - 1)


@pytest.mark.parametrize("call_seconds", [0.6, 5.0])
def test_a_test_is_not_late_for_its_neighbours(
    fork_server: ForkServer,
    kernel: Kernel,
    crowd: Callable[..., None],
    call_seconds: float,
) -> None:
    """Neither one call is, nor the test as a whole."""
    kernel.run(BUSY, 10)
    with Examiner(fork_server, {"busy"}, {}, set(), call_seconds) as examiner:
        examiner.attach(kernel.call, kernel.processes)
        crowd(1, kernel.processes[0])
        seconds = 5.0 if call_seconds < 5 else 0.6
        found = examiner.test("t", "busy()", 1, seconds)
    assert found.ended == "passed", found


def test_waiting_for_a_socket_ends() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(TimeoutError):
            deadline.await_data(ours, Deadline(0.05), Deadline(60))
        deadline.await_room(ours, Deadline(5))
        theirs.send(b"x")
        deadline.await_data(ours, Deadline(5))
