"""The examiner: how a test cell ends, what it earns, and what the student is told."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.errors import CallTimeout, JailError
from grader.execution.deadline import Deadline
from grader.execution.examiner.client import Examiner
from grader.execution.examiner.compiled import packed
from grader.execution.examiner.process import hidden_lines, run_cell
from grader.execution.examiner.proxies import student_exception
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.forks import has_exited
from grader.execution.kernel.client import Kernel
from grader.execution.wiring import start_fork_server
from grader.records import Outcome


def run(source: str, **names: Any) -> Outcome:
    return run_cell(source, "<cell>", {"np": np, **names})


def hidden(*lines: str, before: str = "") -> str:
    middle = ["### BEGIN HIDDEN TESTS", *lines, "### END HIDDEN TESTS"]
    return "\n".join([*before.splitlines(), *middle])


def student_raises(*_: Any, **__: Any) -> Any:
    raise student_exception("AssertionError", "SECRET 31337")


# --- how a cell ends ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "ended"),
    [
        ("assert True", "passed"),
        ("", "passed"),
        ("# only a comment", "passed"),
        ("assert 1 == 2", "failed"),
        ("raise AssertionError", "failed"),
        ("np.testing.assert_allclose(1, 2)", "failed"),
        ("1 / 0", "error"),
        ("undefined", "error"),
        ("def broken(", "error"),
        ("import sys; sys.exit()", "error"),
        ("raise KeyboardInterrupt", "error"),
        ("%matplotlib inline", "error"),
        ("import sys; print('warning', file=sys.stderr)", "passed"),
        ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass", "passed"),
    ],
)
def test_how_a_cell_ends(source: str, ended: str) -> None:
    assert run(source).ended == ended


@pytest.mark.parametrize(
    ("last", "value"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("np.float32(2.5)", 2.5),
        ("np.int8(2)", 2.0),
        ("-1", -1.0),
        ("True", None),
        ("np.True_", None),
        ("'3'", None),
        ("None", None),
        ("[3]", None),
        ("x = 3", None),
    ],
)
def test_the_last_expressions_number_is_partial_credit(
    last: str, value: float | None
) -> None:
    assert run(f"assert True\n{last}").value == value


def test_a_number_before_a_failure_counts_nothing() -> None:
    found = run("3\nassert False")
    assert (found.ended, found.value) == ("failed", None)


@pytest.mark.parametrize("source", ["10 ** 400", "float"])
def test_what_is_no_usable_number_earns_nothing_by_itself(source: str) -> None:
    assert run(source).value is None


# --- what is told -----------------------------------------------------------------


def test_hidden_lines_are_those_between_the_marks() -> None:
    assert hidden_lines(hidden("a", "b", before="x\ny") + "\nz") == {3, 4, 5, 6}
    assert hidden_lines("### BEGIN HIDDEN TESTS\nnever\nclosed") == {1, 2, 3}
    assert hidden_lines("a\nb") == set()


def test_the_instructors_message_is_told_hidden_or_not() -> None:
    assert run("assert 1 == 2, 'look at the sign'").message == "look at the sign"
    found = run(hidden("assert 1 == 2, 'look at the sign'"))
    assert (found.message, found.hidden) == ("look at the sign", True)


def test_a_message_from_the_tests_own_function_is_told() -> None:
    source = "def check(x):\n    assert x > 5, 'too small'\ncheck(3)"
    assert run(source).message == "too small"


def test_a_visible_test_is_quoted() -> None:
    found = run("x = 1\nassert x == 2")
    assert "assert x == 2" in found.message
    assert not found.hidden


@pytest.mark.parametrize(
    "line",
    [
        "assert f(31337) == 'SECRET'",
        "raise ValueError('SECRET 31337')",
        "np.testing.assert_allclose(31337, np.full(3, 4.5))",
        "np.testing.assert_array_equal('SECRET', 31337, verbose=True)",
        "x = {}['SECRET 31337']",
        "assert undefined_SECRET == 31337",
        "int('SECRET 31337')",
        "import SECRET_31337",
        "exec('assert 31337 == 4, 31337')",
        "def SECRET(: 31337",
    ],
)
def test_hidden_source_and_values_are_never_told(line: str) -> None:
    found = run(hidden(line), f=lambda x: x)
    assert found.ended in ("failed", "error")
    assert found.hidden
    assert "hidden test" in found.message
    for secret in ("SECRET", "31337", "4.5"):
        assert secret not in found.message


def test_values_that_numpy_prints_are_not_told_but_err_msg_is() -> None:
    call = "np.testing.assert_allclose(31337, 1, err_msg='look at the sign')"
    assert run(hidden(call)).message == "look at the sign"
    multiline = call.replace("(31337,", "(\n    31337,")
    assert run(hidden(*multiline.splitlines())).message == "look at the sign"
    computed = call.replace("'look at the sign'", "f'{31337}'")
    assert run(hidden(computed)).message == "a hidden test failed"


@pytest.mark.parametrize("line", ["f(31337)", "assert f(31337) == 1, 'why'"])
def test_a_students_exception_text_is_never_told(line: str) -> None:
    for source in (line, hidden(line)):
        found = run(source, f=student_raises)
        assert found.ended == "error"
        assert found.message == "your code raised AssertionError when a test called it"


def test_a_student_cannot_fail_a_test_with_words_of_its_own() -> None:
    source = "try:\n    f(1)\nfinally:\n    pass"
    assert "SECRET" not in run(source, f=student_raises).message


@pytest.mark.parametrize(
    "message", ["'\\ud800'", "'x' * 10**6", "Odd()", "{'a': [1]}", "None", "''"]
)
def test_any_message_can_be_told(message: str) -> None:
    class Odd:
        def __str__(self) -> str:
            raise RuntimeError("31337")

    found = run(f"assert False, {message}", Odd=Odd)
    assert found.ended == "failed"
    assert len(found.message) <= 600
    found.message.encode()
    assert "31337" not in found.message


# --- the process ------------------------------------------------------------------


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
    found = grade(examiner, hidden("check(3)"))
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
        "assert hasattr(sys.modules['__main__'], 'serve'), 'its main module'\n"
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


def test_an_examiner_that_cannot_start_is_our_fault(fork_server: ForkServer) -> None:
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
        source.close()
        end = time.monotonic() + 10
        while os.path.exists(f"/proc/{pid}") and time.monotonic() < end:
            time.sleep(0.01)
        assert not os.path.exists(f"/proc/{pid}")


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


@pytest.mark.parametrize(
    "source",
    ["x = 2", "1 / 2", "assert 1 > 2, 'one is less'", "1 / 0", "0.5 +", "", "\0"],
)
def test_a_compiled_cell_ends_as_its_text_does(source: str) -> None:
    code = packed(source, "<cell>")
    assert bool(code) == (source not in ("0.5 +", "\0"))
    assert run_cell(source, "<cell>", {}, code) == run_cell(source, "<cell>", {})


def test_a_stuck_examiner_is_said_to_be_ours(examiner: Examiner) -> None:
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
                }
            },
            Deadline(0.2),
        )
