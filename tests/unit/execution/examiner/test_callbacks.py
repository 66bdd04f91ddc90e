"""Functions of the test, called by student code: rightly, late, too often, forged."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from grader.errors import CallError, CannotAsk, WireError
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.proxies.functions import FunctionProxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import messages

Code = Callable[..., Student]
CALLS = """
kept = []
def apply(f, *args, **kwargs): return f(*args, **kwargs)
def keep(f): kept.append(f)
def late(): return kept[0](1)
def often(f, n):
    for i in range(n): f(i)
def threaded(f):
    import threading
    seen = []
    def run():
        try: seen.append(f(1))
        except RuntimeError as error: seen.append(str(error))
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return seen
def swallow(f):
    try: f()
    except BaseException: pass
    return "swallowed"
def recurse(f, n): return f(n)
"""


def test_arguments_and_results_pass_both_ways(code: Code) -> None:
    apply = code(CALLS).name("apply")
    assert apply(lambda a, k: [a, k], {"x": (1,)}, k=2.5) == [{"x": (1,)}, 2.5]


def test_a_function_is_the_same_when_it_comes_back(code: Code) -> None:
    def own() -> None:
        """Do nothing."""

    same = code("def same(f): return [f, f.__name__, f.__doc__]").name("same")
    assert same(own) == [own, "own", "Do nothing."]


def test_what_a_function_of_the_test_changes_is_changed_there(code: Code) -> None:
    student = code("def f(g):\n  xs = [1]\n  g(xs)\n  return xs")
    assert student.name("f")(lambda xs: xs.append(2)) == [1, 2]


def test_a_function_can_be_called_in_later_calls(code: Code) -> None:
    student = code(CALLS)
    student.name("keep")(lambda x: x + 1)
    assert student.name("late")() == 2


def test_only_the_thread_of_the_call_calls(code: Code) -> None:
    student = code(CALLS)
    (said,) = student.name("threaded")(lambda x: x)
    assert "only be called by the thread" in said
    assert "outside of the call" in student.channel.stumbled


def test_calls_without_end_end_with_the_time_of_the_call(code: Code) -> None:
    student = code(CALLS, 0.5)
    with pytest.raises(CallError):
        student.name("often")(lambda i: i, 10**9)
    assert student.channel.broken is not None


def test_calls_inside_one_another_are_limited(code: Code) -> None:
    student = code(CALLS)
    recurse = student.name("recurse")

    def deeper(n: int) -> Any:
        return n if n == 0 else recurse(deeper, n - 1)

    assert recurse(deeper, 20) == 0
    with pytest.raises(CannotAsk, match="nested"):
        recurse(deeper, 200)
    assert student.channel.broken is None


class Stop(BaseException):
    """Such as the failure of a test in pytest."""


@pytest.mark.parametrize("error", [Stop("a"), CannotAsk("b"), KeyboardInterrupt()])
def test_what_no_student_may_drop_is_raised_again(
    code: Code, error: BaseException
) -> None:
    def fail() -> None:
        raise error

    student = code(CALLS)
    with pytest.raises(type(error)):
        student.name("swallow")(fail)
    assert student.name("swallow")(lambda: 1 / 0) == "swallowed"


def test_a_stop_iteration_ends_no_loop_of_the_test(code: Code) -> None:
    def stop() -> None:
        raise StopIteration

    apply = code(CALLS).name("apply")
    with pytest.raises(RuntimeError):
        list(map(apply, [stop]))


def test_iterators_of_the_test_are_asked_step_by_step(code: Code) -> None:
    student = code("def two(it): return [next(it), next(it)]")
    rest = iter(range(5))
    assert student.name("two")(rest) == [0, 1]
    assert list(rest) == [2, 3, 4]


FORGED = [
    ["callback"],
    ["callback", 0],
    ["callback", "0", [], []],
    ["callback", -1, [], []],
    ["callback", 7, [], []],
    ["callback", 0, 5, []],
    ["callback", 0, [], [5]],
    ["callback", 0, [], [[1, 2]]],
    ["callback", 0, [{"local": 0}], []],
    ["callback", 0, [{"own": 9}], []],
    ["said", [["stdout", 5]]],
    ["said", [["stdout"]]],
    ["said", [["nothing", "x"]]],
    ["said", [[]]],
    ["said", 5],
    ["said", [["warning", "ValueError"]]],
    ["said", [["log", "x", -1, "y"]]],
    ["said", [["log", "x", 10**6, "y"]]],
]


@pytest.mark.parametrize("frame", FORGED, ids=str)
def test_a_forged_message_breaks_the_channel(
    forger: Callable[..., Student], frame: Any
) -> None:
    student = forger(messages.pack(frame) + messages.pack(["ok", 1, []]))
    with pytest.raises(CallError):
        FunctionProxy(student, 0, "f")(lambda: 1)
    assert student.channel.broken is not None


def test_messages_without_an_answer_end_with_the_time_of_the_call() -> None:
    ours, theirs = socket.socketpair()
    frame = messages.pack(["said", []])
    done = threading.Event()

    def flood() -> None:
        theirs.settimeout(5)
        try:
            while not done.is_set():
                theirs.sendall(frame)
        except OSError:
            pass

    thread = threading.Thread(target=flood)
    thread.start()
    with theirs:
        try:
            with ours, pytest.raises(CallError):
                Student(Channel(ours, 0.3)).name("x")
        finally:
            done.set()
            thread.join()


def test_a_forged_own_error_or_class_is_refused(
    forger: Callable[..., Student],
) -> None:
    details: list[Any] = [[], [], None, None, None, False, 3]
    answers = [["raised", "ValueError", "x", details]]
    answers += [
        ["raised", "ValueError", "x", [[], [], [0, 0], None, None, False, None]]
    ]
    for answer in answers:
        student = forger(messages.pack(answer) + messages.pack(["ok", 5, []]))
        with pytest.raises(WireError):
            student.name("x")
        assert student.channel.broken is not None
