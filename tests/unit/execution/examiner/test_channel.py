"""Lies and broken channels: nothing a kernel answers can please or stop a test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import CallError, CallTimeout, CannotAsk, WireError
from grader.execution.examiner import channel
from grader.execution.examiner.proxies.exceptions import StudentError
from grader.execution.examiner.proxies.forwarders import FORWARDERS
from grader.execution.examiner.proxies.functions import FunctionProxy
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import codec, messages

Code = Callable[..., Student]


# --- lies -------------------------------------------------------------------------

LIES = """
import numpy as np
class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    __hash__ = None
class Array(np.ndarray):
    def __eq__(self, other): return np.ones(3, bool)
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
class Claims:
    __class__ = np.ndarray
class ClaimsInt:
    __class__ = int
class Number(int):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
yes, claims, claims_int = Yes(), Claims(), ClaimsInt()
array, number = np.zeros(3).view(Array), Number(5)
def f(x): return yes
"""


@pytest.mark.parametrize(
    "ask",
    [
        lambda yes: yes == 5,
        lambda yes: yes == [1, 2],
        lambda yes: yes == "a",
        lambda yes: (yes != "a") is False,
        lambda yes: yes < 3,
        lambda yes: yes in [1, 2],
    ],
)
def test_an_object_that_always_pleases_earns_nothing_alone(
    code: Code, ask: Callable[[Any], Any]
) -> None:
    student = code(LIES)
    assert ask(student.name("f")(1))
    assert "as plain data" in student.channel.stumbled


def test_what_is_no_number_is_not_close_to_one(code: Code) -> None:
    yes = code(LIES).name("yes")
    with pytest.raises((TypeError, AssertionError)):
        np.testing.assert_allclose(yes, 3)


def test_subclasses_of_data_stay_in_the_jail_with_their_tricks(code: Code) -> None:
    student = code(LIES)
    array: Any = student.name("array")
    number: Any = student.name("number")
    tricks: list[Callable[[], Any]] = [lambda: array == 1, lambda: number == 3]
    for trick in (*tricks, lambda: number - 3):
        student.channel.begin(9)
        trick()  # type: ignore[no-untyped-call]
        assert "plain data" in student.channel.stumbled
    with pytest.raises(CannotAsk, match="plain data"):
        isinstance(number, int)
    values = np.asarray(array)
    assert type(values) is np.ndarray
    assert not (values == 1).any()


@pytest.mark.parametrize("name", ["claims", "claims_int"])
def test_a_claimed_class_is_not_believed(code: Code, name: str) -> None:
    found = code(LIES).name(name)
    assert not isinstance(found, np.ndarray | int)
    assert type(found).__name__.startswith("Claims")


@pytest.mark.parametrize(
    "value",
    [
        "[0] * 10_001",
        "10 ** 50_000",
        "'x' * (2 << 20)",
        "bytes(2 << 20)",
        "'\\ud800'",
    ],
)
def test_huge_and_odd_values_are_the_students_error(
    code: Code, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MAX_FRAME", 1 << 20)
    monkeypatch.setattr(codec, "MAX_NODES", 10_000)
    student = code(f"def f(): return {value}\ny = 3")
    with pytest.raises(Exception, match=r".") as caught:
        student.name("f")()
    assert hasattr(caught.value, "student_type")
    assert student.name("y") == 3


def test_a_value_inside_itself_is_the_students_error(code: Code) -> None:
    student = code("x = []\nx.append(x)")
    with pytest.raises(Exception, match="inside itself") as caught:
        student.name("x")
    assert vars(caught.value)["student_type"] == "Exception"


def able(student: Student) -> Any:
    """Return the stand-in for an object that has all special methods."""
    kind = type("Able", (ObjectProxy,), {"__slots__": (), **FORWARDERS})
    return kind(student, 0, "able")


# --- the channel breaks -----------------------------------------------------------


def test_a_late_answer_breaks_the_channel(code: Code) -> None:
    source = "import time\ndef f(): time.sleep(0.4); return 'late'\ny = 'other'"
    student = code(source, 0.1)
    f = student.name("f")
    with pytest.raises(CallTimeout):
        f()
    with pytest.raises(CallTimeout):
        student.name("y")
    assert isinstance(student.channel.broken, CallTimeout)


def test_the_deadline_of_the_test_counts_too(code: Code) -> None:
    student = code("y = 1")
    student.channel.begin(0.0)
    with pytest.raises(CallTimeout):
        student.name("y")


FRAMES = {
    "not msgpack": b"\x01\x00\x00\x00\xc1",
    "too long": b"\xff\xff\xff\xff",
    "not a list": messages.pack({"ok": 1}),
    "empty": messages.pack([]),
    "no status": messages.pack([1, 2]),
    "another status": messages.pack(["fine", 1, []]),
    "too short": messages.pack(["ok", 1]),
    "raised too short": messages.pack(["raised"]),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_malformed_answer_breaks_the_channel(
    forger: Callable[..., Student], frame: bytes
) -> None:
    student = forger(frame)
    with pytest.raises(CallError):
        student.name("x")
    with pytest.raises(CallError):
        student.name("x")
    assert student.channel.broken is not None


def test_a_kernel_that_ends_during_a_call_breaks_the_channel(
    forger: Callable[..., Student],
) -> None:
    student = forger(b"\x05\x00", hang_up=True)
    with pytest.raises(CallError, match="ended during a call"):
        student.name("x")
    assert student.channel.broken is not None


def test_silence_is_a_timeout(forger: Callable[..., Student]) -> None:
    with pytest.raises(CallTimeout):
        forger(b"", seconds=0.1).name("x")


@pytest.mark.parametrize(
    "tree",
    [
        {"remote": ["function", "0", "f"]},
        {"remote": ["function", 0]},
        {"remote": ["function", 0, 5]},
        {"module": ["numpy"]},
        {"module": "os"},
        {"remote": ["function", -1, "f"]},
        {"keras": [{"dict": []}, []]},
        {"tensor": ["O", [1], b"12345678"]},
        {"local": 0},
    ],
    ids=repr,
)
def test_a_forged_value_is_a_wire_error(
    forger: Callable[..., Student], tree: Any
) -> None:
    with pytest.raises(WireError):
        forger(messages.pack(["ok", tree, []])).name("x")


@pytest.mark.parametrize(
    "changed", [7, [7], [[0]], [[5, 1]], [["z", 1]], [[[0], 1]], [[-1, [9]]], "abc"]
)
def test_forged_changes_of_arguments_break_the_channel(
    forger: Callable[..., Student], changed: Any
) -> None:
    student = forger(messages.pack(["ok", None, changed]))
    given = [1]
    with pytest.raises(WireError):
        FunctionProxy(student, 0, "f")(given)
    assert given == [1]
    assert student.channel.broken is not None


@pytest.mark.parametrize(
    "builtin", ["SystemExit", "KeyboardInterrupt", "print", "os", "", 7, None]
)
def test_a_forged_exception_is_an_ordinary_one(
    forger: Callable[..., Student], builtin: Any
) -> None:
    student = forger(messages.pack(["raised", builtin, "m"]))
    with pytest.raises(StudentError):
        student.name("x")


def test_an_answer_with_a_name_that_is_no_text_is_an_ordinary_exception(
    forger: Callable[..., Student],
) -> None:
    nested: Any = "m"
    for _ in range(300):
        nested = [nested]
    with pytest.raises(StudentError):
        forger(messages.pack(["raised", "ValueError", nested])).name("x")


@pytest.mark.parametrize(
    "answer",
    [["stop"], ["raised", "StopIteration", ""], ["stop", 1, 2]],
    ids=["stop", "raised", "longer"],
)
def test_no_answer_ends_the_loop_of_a_test(
    forger: Callable[..., Student], answer: list[Any]
) -> None:
    f = FunctionProxy(forger(messages.pack(answer)), 0, "f")
    with pytest.raises((RuntimeError, WireError)):
        list(map(f, [1, 2, 3]))


@pytest.mark.parametrize(
    "value",
    [
        {"remote": ["object", 0, "endless", 0]},
        "7",
        [],
        {"array": ["<f8", [2], bytes(16)]},
        {"type": "numpy.float32"},
        None,
    ],
    ids=repr,
)
@pytest.mark.parametrize("ask", [len, float, lambda asked: 1 in asked])
def test_a_measure_that_is_no_number_breaks_the_channel(
    forger: Callable[..., Student], ask: Callable[[Any], Any], value: Any
) -> None:
    student = forger(messages.pack(["ok", value, []]) * 9)
    with pytest.raises(WireError):
        ask(able(student))
    assert student.channel.broken is not None


@pytest.mark.parametrize("length", [-5, 2**63])
def test_a_length_is_one(forger: Callable[..., Student], length: int) -> None:
    student = forger(messages.pack(["ok", length, []]))
    assert len(able(student)) in (0, sys.maxsize)


@pytest.mark.parametrize(
    "tree",
    [
        {"array": ["<U1", [2], "ab".encode("utf-32-le")]},
        {"array": ["<c16", [2], bytes(32)]},
        {"array": ["<i8", [2], bytes(16)]},
    ],
    ids=["text", "complex", "integers"],
)
def test_an_array_takes_over_no_values_of_another_type(
    forger: Callable[..., Student], tree: Any
) -> None:
    given = np.ones(2)
    FunctionProxy(forger(messages.pack(["ok", None, [[0, tree]]])), 0, "f")(given)
    assert given.tolist() == [1, 1]


def test_a_module_comes_for_a_name_and_as_no_other_answer(
    forger: Callable[..., Student],
) -> None:
    answer = messages.pack(["ok", {"module": "numpy"}, []])
    assert forger(answer).name("np") is np
    with pytest.raises(WireError):
        FunctionProxy(forger(answer), 0, "f")()


def test_answers_of_one_test_are_bounded_together(
    forger: Callable[..., Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "TEST_BYTES", 100_000)
    student = forger(messages.pack(["ok", bytes(30_000), []]) * 6)
    for _ in range(2):
        student.channel.begin(9)
        assert [len(student.name("x")) for _ in range(2)] == [30_000] * 2
    student.name("x")
    with pytest.raises(WireError, match="sent in all"):
        student.name("x")
    assert student.channel.broken is not None


def test_reading_an_answer_takes_time_of_the_call(
    forger: Callable[..., Student],
) -> None:
    student = forger(messages.pack(["ok", [0] * 3 * codec.LOOK_EVERY, []]))
    answer = student.channel.request("name", "x")
    student.channel.begin(0.0)
    with pytest.raises(CallTimeout):
        student.value(answer)
    assert isinstance(student.channel.broken, CallTimeout)
