"""The examiner's process: what tests find there, and how it ends or hangs."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.errors import CallTimeout, JailError
from grader.execution.deadline import Deadline
from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.forks import has_exited
from grader.execution.kernel.client import Kernel
from grader.execution.wiring import start_fork_server
from grader.records import Outcome


@pytest.fixture
def examiner(fork_server: ForkServer, nothing_left: None) -> Iterator[Examiner]:
    definitions = {
        "np": "import numpy as np",
        "check": "def check(x):\n    assert x > 5, 'too small'",
        "broken": "import nothing_of_that_name as broken",
    }
    with Examiner(fork_server, {"f", "x"}, definitions, {"numpy"}, 2) as opened:
        yield opened


def grade(examiner: Examiner, source: str, **changed: Any) -> Outcome:
    order: dict[str, Any] = {"grade_id": "t", "seed": 1, "seconds": 10} | changed
    return examiner.test(source=source, **order)


def value(examiner: Examiner, source: str, **changed: Any) -> float:
    """Run a test cell that ends in a number; return it."""
    found = grade(examiner, source, **changed).value
    assert found is not None
    return found


def test_tests_run_without_a_kernel_until_they_need_one(examiner: Examiner) -> None:
    assert grade(examiner, "assert np.sum([1, 2]) == 3").ended == "passed"
    assert grade(examiner, "f(1)").ended == "error"


def test_definitions_are_the_instructors_and_their_messages_are_told(
    examiner: Examiner,
) -> None:
    source = "### BEGIN HIDDEN TESTS\ncheck(3)\n### END HIDDEN TESTS"
    found = grade(examiner, source)
    assert (found.ended, found.message) == ("failed", "too small")
    assert grade(examiner, "broken").ended == "error"


@pytest.mark.parametrize("draw", ["np.random.rand()", "__import__('random').random()"])
def test_seed_and_cell_decide_what_is_drawn(examiner: Examiner, draw: str) -> None:
    def drawn(seed: int, grade_id: str) -> float:
        return value(examiner, draw, seed=seed, grade_id=grade_id)

    assert drawn(1, "a") == drawn(1, "a")
    assert len({drawn(1, "a"), drawn(2, "a"), drawn(1, "b")}) == 3


def test_a_generator_can_be_seeded_from_the_environment(examiner: Examiner) -> None:
    source = "import os\nnp.random.default_rng(int(os.environ['GRADER_SEED'])).random()"
    first, again = grade(examiner, source), grade(examiner, source)
    assert first.value == again.value
    assert first.value != grade(examiner, source, seed=2).value


def test_what_a_test_defines_stays_for_the_next(examiner: Examiner) -> None:
    grade(examiner, "expected = 5")
    assert grade(examiner, "assert expected == 5").ended == "passed"


@pytest.mark.timeout(60)
def test_a_test_that_never_ends_is_a_timeout(
    examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.execution.examiner.client.GRACE_SECONDS", 0.1)
    found = grade(examiner, "while True: pass", seconds=0.2)
    assert (found.ended, found.value) == ("timeout", None)
    assert grade(examiner, "assert True").ended == "passed"


@pytest.mark.parametrize(
    "end", ["import os; os._exit(0)", "import os; os.abort()", "x = 'a' * (8 << 30)"]
)
def test_a_test_that_ends_the_examiner_costs_that_test(
    examiner: Examiner, end: str
) -> None:
    assert grade(examiner, end).ended in ("crashed", "error")
    assert grade(examiner, "assert True").ended == "passed"


def test_an_examiner_is_no_ipython(examiner: Examiner) -> None:
    source = (
        "import builtins, os, sys\nfrom IPython import get_ipython\n"
        "assert get_ipython() is None, 'a shell'\n"
        "assert not hasattr(builtins, '__IPYTHON__'), 'its mark'\n"
        "assert not hasattr(builtins, 'display'), 'its display'\n"
        "assert 'GIT_PAGER' not in os.environ, 'its environment'\n"
        "assert sys.modules['__main__'].os is os, 'its main module'\n"
    )
    outcome = examiner.test("t", source, 1, 9)
    assert (outcome.ended, outcome.message) == ("passed", "")


def test_prints_of_tests_go_nowhere(examiner: Examiner, capfd: Any) -> None:
    nowhere = "[os.readlink(f'/proc/self/fd/{n}') for n in range(3)]"
    found = grade(examiner, f"import os\nassert {nowhere} == ['/dev/null'] * 3")
    assert found.ended == "passed"
    grade(examiner, "import os, sys; os.system('echo SECRET >&2'); print('SECRET')")
    assert "SECRET" not in "".join(capfd.readouterr())


def test_an_examiner_that_is_closed_can_be_closed_again(examiner: Examiner) -> None:
    grade(examiner, "assert True")
    examiner.close()
    examiner.close()


def test_an_examiner_that_cannot_start_is_a_grader_fault(
    fork_server: ForkServer,
) -> None:
    gone = start_fork_server([])
    gone.close()
    with (
        Examiner(gone, set(), {}, set(), 1) as examiner,
        pytest.raises(JailError),
    ):
        grade(examiner, "assert True")


def test_one_that_has_ended_between_two_tests_is_a_crash(examiner: Examiner) -> None:
    pid = int(value(examiner, "import os\nos.getpid()"))
    os.kill(pid, signal.SIGKILL)
    assert has_exited(examiner._pidfd, 10)
    assert grade(examiner, "assert True").ended == "crashed"
    assert grade(examiner, "assert True").ended == "passed"


def test_an_examiner_ends_with_the_fork_server() -> None:
    source = start_fork_server([])
    with Examiner(source, set(), {}, set(), 1) as examiner:
        pid = int(value(examiner, "import os\nos.getpid()"))
        process = Path(f"/proc/{pid}")
        source.close()
        end = time.monotonic() + 10
        while process.exists() and time.monotonic() < end:
            time.sleep(0.01)
        assert not process.exists()


def test_an_examiner_that_is_stuck_is_a_grader_fault(examiner: Examiner) -> None:
    grade(examiner, "assert True")
    with pytest.raises(CallTimeout, match="did not answer"):
        examiner._ask(
            {
                "test": {
                    "source": "while True: pass",
                    "code": b"",
                    "grade_id": "t",
                    "seed": 1,
                    "seconds": 9,
                    "used": [],
                }
            },
            Deadline(0.2),
        )


# --- with a kernel ----------------------------------------------------------------


@pytest.fixture
def attached(examiner: Examiner, kernel: Kernel) -> tuple[Examiner, Kernel]:
    examiner.attach(kernel.call)
    return examiner, kernel


def test_a_test_calls_what_runs_in_the_jail(attached: tuple[Examiner, Kernel]) -> None:
    examiner, kernel = attached
    kernel.run("import numpy as np\ndef f(n): return np.arange(n)\nx = f(3)", 10)
    found = grade(examiner, "assert (f(4) == [0, 1, 2, 3]).all()\nfloat(x.sum())")
    assert (found.ended, found.value) == ("passed", 3.0)


def test_a_call_is_fast(attached: tuple[Examiner, Kernel]) -> None:
    examiner, kernel = attached
    kernel.run("def f(x): return x", 10)
    calls = "import time\nt = time.perf_counter()\nfor i in range(200): f(i)\n"
    seconds = value(examiner, calls + "(time.perf_counter() - t) / 200")
    # A Jupyter request for each call would take 15 ms, and more on a busy machine.
    assert seconds < 0.01


@pytest.mark.parametrize("swallow", [False, True])
def test_a_call_that_hangs_is_a_timeout_even_if_the_test_swallows_it(
    attached: tuple[Examiner, Kernel], swallow: bool
) -> None:
    examiner, kernel = attached
    kernel.run("import time\ndef f(): time.sleep(60)", 10)
    source = "try:\n    f()\nexcept Exception:\n    pass\n1.0" if swallow else "f()"
    found = grade(examiner, source, seconds=0.3)
    assert found.ended == "timeout"


@pytest.mark.parametrize("swallow", [False, True])
def test_a_call_that_ends_the_kernel_is_a_crash(
    attached: tuple[Examiner, Kernel], swallow: bool
) -> None:
    examiner, kernel = attached
    kernel.run("import os\ndef f(): os._exit(0)", 10)
    source = "try:\n    f()\nexcept BaseException:\n    pass\n1.0" if swallow else "f()"
    assert grade(examiner, source).ended == "crashed"


def test_a_fresh_kernel_can_be_attached(attached: tuple[Examiner, Kernel]) -> None:
    examiner, kernel = attached
    kernel.run("def f(): return 1", 10)
    kernel.close()
    assert grade(examiner, "f()").ended == "crashed"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        examiner.attach(ours)
        found = grade(examiner, "f()", seconds=0.2)
    assert found.ended == "timeout"


def test_what_goes_wrong_while_a_kernel_is_attached_is_raised_by_the_next_test() -> (
    None
):
    source = start_fork_server([])
    source.close()
    ours, theirs = socket.socketpair()
    with ours, theirs, Examiner(source, set(), {}, set(), 1) as examiner:
        examiner.attach(ours)
        with pytest.raises(JailError):
            grade(examiner, "assert True")


def test_a_kernel_may_be_closed_while_it_is_attached(examiner: Examiner) -> None:
    for _ in range(20):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            examiner.attach(ours)
    assert grade(examiner, "1.0").value == 1
    assert grade(examiner, "f()").ended == "crashed"
