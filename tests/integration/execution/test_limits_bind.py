"""Each limit binds, and student and instructor read which one it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

import pytest

from grader.course.course import Course
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import cgroup
from grader.execution.jail.jail import EXTRAS, Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.grading.grade import grade
from grader.records import Assignment, Check, Graded, Submission
from tests.support.paths import MINI

pytestmark = pytest.mark.hostile

LIMITS = Limits(
    cell_seconds=6,
    total_seconds=30,
    memory_mb=200,
    processes=40,
    disk_mb=8,
    output_kb=32,
    files=64,
)
DOUBLE = "def double(x):\n    return x + x\n"
OTHERS = {"mean": "def mean(x):\n    return sum(x) / len(x)"}
CASES = {
    "cell_seconds": ("while True: pass", "6 s", "time limit, 6 s"),
    "memory_mb": ("x = bytearray(900 << 20)", "200 MiB of memory", "memory, 200 MiB"),
    "processes": (
        "import os, time\nfor i in range(99):\n"
        "    if os.fork() == 0:\n        time.sleep(60)\n        os._exit(0)",
        "40 processes",
        "threads, 40",
    ),
    "disk_mb": (
        "for i in range(9): open(str(i), 'wb').write(bytes(2 << 20))",
        "8 MiB of files",
        "disk, 8 MiB",
    ),
    "files": (
        "kept = [open('/dev/null') for _ in range(99)]",
        "than the 64",
        "files, 64",
    ),
    "output_kb": ("print('x' * 5_000_000)", "32 KiB", "printed more than ten times"),
}


@pytest.fixture(scope="module")
def tight(fork_server: ForkServer) -> Iterator[Jailer]:
    opened = Jailer(fork_server, ["numpy"], LIMITS)
    yield opened
    opened.close()


@pytest.fixture
def graded(tight: Jailer, nothing_left: None) -> Callable[..., Graded]:
    mini = Course.open(MINI).assignment("mini")
    return lambda double, jailer=tight, **others: grade(
        mini, handed(mini, OTHERS | others | {"double": double}), jailer, 5
    )


def handed(mini: Assignment, answers: dict[str, str]) -> Submission:
    book = json.loads(mini.released)
    for cell in book["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return Submission("eve", "mini", json.dumps(book).encode())


def check(found: Graded, grade_id: str) -> Check:
    return next(c for c in found.result.cells if c.grade_id == grade_id)


@pytest.mark.parametrize("limit", CASES)
def test_a_limit_binds_and_is_told(graded: Callable[..., Graded], limit: str) -> None:
    source, to_student, to_instructor = CASES[limit]
    found = graded(f"{source}\n{DOUBLE}")
    lost = check(found, "double-test")
    assert lost.points == 0
    assert to_student in lost.message
    assert any(
        f.text.startswith("cell double") and to_instructor in f.text
        for f in found.result.flags
    )
    assert check(found, "mean-test").status == "passed"


def test_output_that_was_cut_is_told_and_costs_nothing(
    graded: Callable[..., Graded],
) -> None:
    found = graded(DOUBLE + "for i in range(2000): print('x' * 40)")
    passed = check(found, "double-test")
    assert passed.status == "passed"
    assert "was cut after 32 KiB" in passed.message
    assert "cell double printed more than 32 KiB; the rest was cut" in flags(found)
    assert check(found, "mean-test").message == ""


def flags(graded: Graded) -> set[str]:
    return {flag.text for flag in graded.result.flags}


def test_the_time_of_the_submission_is_told(
    graded: Callable[..., Graded], fork_server: ForkServer
) -> None:
    limits = Limits(cell_seconds=3, total_seconds=4)
    jailer = Jailer(fork_server, ["numpy"], limits)
    found = graded("while True: pass", jailer, mean="while True: pass")
    jailer.close()
    said = [c.message for c in found.result.cells if c.status == "timeout"]
    assert said
    assert all("3 s that a cell" in s or "4 s that your whole" in s for s in said)
    assert "the time of the submission, 4 s, is used up" in flags(found)


@pytest.mark.skipif(
    not any("memory" in parent.controllers for parent in cgroup.find_parents()),
    reason="no control group for memory can be made here",
)
def test_processes_together_take_no_more_memory_than_one_may(
    tight: Jailer, nothing_left: None
) -> None:
    source = (
        "import os, time\n"
        "for i in range(14):\n"
        "    if os.fork() == 0:\n"
        "        x = b'x' * (70 << 20)\n"
        "        time.sleep(60)\n"
        "        os._exit(0)\n"
        "print(os.wait()[1])"
    )
    with Kernel(tight) as kernel:
        ran = kernel.run(source, 20)
        # One of them is ended by the system, or the kernel that started them.
        if ran.ended == "ok":
            assert ran.outputs[0]["text"] == "9\n"
            assert "memory" in kernel._jail.ran_out_of()
        else:
            assert (ran.ended, ran.limit) == ("died", "memory_mb")


@pytest.mark.parametrize("source", ["return x + x", "return 2", "raise MemoryError"])
def test_a_result_is_the_same_without_the_optional_guards(
    fork_server: ForkServer, graded: Callable[..., Graded], source: str
) -> None:
    bare = Jailer(fork_server, ["numpy"], LIMITS)
    bare.extras, bare.cgroup_parents = frozenset(), ()
    double = f"def double(x):\n    {source}"
    with_all, without = graded(double), graded(double, bare)
    bare.close()
    assert told(with_all) == told(without)
    assert with_all.result.flags == without.result.flags


def told(found: Graded) -> list[tuple[str, float, str, str]]:
    return [(c.grade_id, c.points, c.status, c.message) for c in found.result.cells]


def test_the_guards_are_those_that_the_machine_has(tight: Jailer) -> None:
    with Kernel(tight) as kernel:
        assert kernel.extras - {"memory", "pids"} <= set(EXTRAS)
        offered = {
            name for parent in cgroup.find_parents() for name in parent.controllers
        }
        assert kernel.extras & {"memory", "pids"} == offered
    left = [
        list(parent.folder.glob(f"jail-{os.getpid()}-*"))
        for parent in cgroup.find_parents()
    ]
    assert not any(left)
