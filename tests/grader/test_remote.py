"""What tests see of student code: the real callee answers, in a thread beside us."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.errors import CallError, CallTimeout, WireError
from grader.examiner import wire
from grader.examiner.remote import (
    Channel,
    Names,
    RemoteFunction,
    RemoteObject,
    Student,
    StudentError,
)
from grader.jail import callee

Code = Callable[[str], Student]


def answer_all(inner: socket.socket, names: dict[str, Any]) -> None:
    with inner, contextlib.suppress(OSError):
        while inner.recv(1, socket.MSG_PEEK):
            callee.serve_one(inner.fileno(), names)


@pytest.fixture
def code() -> Iterator[Code]:
    """Run student code in a kernel of our own, and return the way to it."""
    with contextlib.ExitStack() as stack:

        def run(source: str, seconds: float = 5) -> Student:
            ours, inner = socket.socketpair()
            names: dict[str, Any] = {"__name__": "__main__"}
            exec(source, names)
            thread = threading.Thread(target=answer_all, args=(inner, names))
            thread.start()
            stack.callback(thread.join)
            stack.callback(ours.close)
            stack.callback(ours.shutdown, socket.SHUT_RDWR)
            return Student(Channel(ours, seconds), {"numpy"})

        yield run


@pytest.fixture
def forger() -> Iterator[Callable[..., Student]]:
    """Answer every request with the same bytes, and then hang up or not."""
    with contextlib.ExitStack() as stack:

        def forge(answer: bytes, seconds: float = 5, hang_up: bool = False) -> Student:
            ours, inner = socket.socketpair()
            stack.enter_context(ours)
            stack.enter_context(inner)
            inner.sendall(answer)
            if hang_up:
                inner.shutdown(socket.SHUT_WR)
            return Student(Channel(ours, seconds), {"numpy"})

        yield forge


# --- names ------------------------------------------------------------------------


def test_data_arrive_as_copies(code: Code) -> None:
    student = code("numbers = [1, (2.5, 'a'), {'b': {3}}]")
    numbers = student.name("numbers")
    assert numbers == [1, (2.5, "a"), {"b": {3}}]
    numbers.append(4)
    assert student.name("numbers") == [1, (2.5, "a"), {"b": {3}}]


def test_a_missing_name_is_a_key_error(code: Code) -> None:
    with pytest.raises(KeyError, match="absent"):
        code("").name("absent")


def test_a_module_is_our_own_import_and_only_the_lessons(code: Code) -> None:
    student = code("import numpy, os\nimport numpy.linalg as la\nfake = numpy")
    assert student.name("numpy") is np
    assert student.name("la") is np.linalg
    with pytest.raises(WireError, match="none that the lesson imports"):
        student.name("os")


def test_a_module_that_is_not_loaded_is_not_loaded_for_a_student(code: Code) -> None:
    student = code(
        "import types\n"
        "m = types.ModuleType('numpy.f2py.__main__')\n"
        "n = types.ModuleType('numpy')"
    )
    with pytest.raises(WireError, match="not loaded"):
        student.name("m")
    assert student.name("n") is np


# --- calls ------------------------------------------------------------------------


def test_calls_take_and_give_data(code: Code) -> None:
    f = code("def f(a, *rest, k=1, **more): return [a, rest, k, more]").name("f")
    assert f(1) == [1, (), 1, {}]
    assert f([2], 3, k=(4,), z=np.float32(5)) == [[2], (3,), (4,), {"z": 5.0}]


def test_arrays_go_there_and_back(code: Code) -> None:
    f = code("def f(x): return x.T * 2").name("f")
    x = np.arange(6, dtype="f4").reshape(2, 3)
    found = f(x)
    assert type(found) is np.ndarray
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, x.T * 2)


def test_types_and_dtypes_can_be_arguments(code: Code) -> None:
    f = code("import numpy as np\ndef f(t): return np.zeros(2, t)").name("f")
    assert f(np.float32).dtype == np.float32
    assert f(np.dtype(">i2")).dtype == ">i2"
    assert f(bool).dtype == bool


@pytest.mark.parametrize(
    ("argument", "after"),
    [
        (np.zeros(3), [7, 0, 0]),
        ([0, 0], [7, 0]),
        ({0: 1}, {0: 7}),
    ],
    ids=["array", "list", "dict"],
)
@pytest.mark.parametrize("how", ["position", "keyword"])
def test_changes_in_place_come_back(
    code: Code, how: str, argument: Any, after: Any
) -> None:
    f = code("def f(x): x[0] = 7").name("f")
    assert (f(argument) if how == "position" else f(x=argument)) is None
    found = argument.tolist() if isinstance(argument, np.ndarray) else argument
    assert found == after


def test_what_a_function_leaves_alone_stays_the_same_object(code: Code) -> None:
    f = code("def f(x): return len(x)").name("f")
    inner = [1]
    outer = [inner]
    assert f(outer) == 1
    assert outer[0] is inner


def test_a_set_changed_in_place_comes_back(code: Code) -> None:
    f = code("def f(x): x.add(3)").name("f")
    given = {1}
    f(given)
    assert given == {1, 3}


def test_a_student_cannot_reshape_our_array_or_write_a_frozen_one(code: Code) -> None:
    student = code("def grow(x): x.resize((4,), refcheck=False)\ndef put(x): x[:] = 9")
    given = np.zeros(2)
    student.name("grow")(given)
    assert given.shape == (2,)
    given.flags.writeable = False
    student.name("put")(given)
    assert given.tolist() == [0, 0]


def test_what_cannot_be_sent_is_said_before_it_is_sent(code: Code) -> None:
    student = code("def f(x): return x\ny = 1")
    f = student.name("f")
    with pytest.raises(WireError, match="cannot be sent to student code"):
        f(object())
    assert student.name("y") == 1


# --- what students raise ----------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        "ValueError",
        "TypeError",
        "KeyError",
        "IndexError",
        "ZeroDivisionError",
        "NotImplementedError",
        "AssertionError",
        "FileNotFoundError",
        "RecursionError",
    ],
)
def test_exceptions_keep_their_builtin_type_and_are_marked(
    code: Code, kind: str
) -> None:
    f = code(f"def f(): raise {kind}('why')").name("f")
    with pytest.raises(eval(kind)) as caught:
        f()
    assert type(caught.value) is eval(kind)
    assert caught.value.student_type == kind
    assert "why" in str(caught.value)


def test_an_exception_of_their_own_comes_as_the_builtin_above_it(code: Code) -> None:
    source = "class Odd(LookupError, ValueError): pass\ndef f(): raise Odd('x')"
    with pytest.raises(LookupError) as caught:
        code(source).name("f")()
    assert type(caught.value) is LookupError
    assert caught.value.student_type == "LookupError"


@pytest.mark.parametrize(
    "kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException"]
)
def test_what_would_end_the_examiner_does_not(code: Code, kind: str) -> None:
    student = code(f"def f(): raise {kind}\ny = 2")
    with pytest.raises(StudentError):
        student.name("f")()
    assert student.name("y") == 2


def test_exceptions_that_want_more_arguments_come_as_value_errors(code: Code) -> None:
    with pytest.raises(ValueError, match="utf-8"):
        code("def f(): b'\\xff'.decode()").name("f")()


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError('\\ud800')",
        "raise type('\\ud800', (ValueError,), {})",
        "raise type('E', (ValueError,), {'__str__': lambda s: 1 / 0})",
        "raise type('E', (ValueError,), {'__str__': lambda s: exit()})",
        "raise ValueError('x' * 10**7)",
    ],
)
def test_an_exception_that_is_hard_to_tell_is_told(code: Code, body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        code(f"def f(): {body}").name("f")()


def test_deep_recursion_is_a_recursion_error(code: Code) -> None:
    with pytest.raises(RecursionError):
        code("def f(): return f()").name("f")()


# --- generators, classes, other objects ---------------------------------------------


def test_generators_are_run_step_by_step(code: Code) -> None:
    student = code("seen = []\ndef f():\n  for i in range(3): seen.append(i); yield i")
    steps = iter(student.name("f")())
    assert next(steps) == 0
    assert student.name("seen") == [0]
    assert list(steps) == [1, 2]


def test_an_endless_generator_can_be_left(code: Code) -> None:
    count = code("import itertools\nf = itertools.count").name("f")
    for number in count(5):
        if number > 8:
            break
    assert number == 9


def test_stop_iteration_of_a_call_is_one_here(code: Code) -> None:
    with pytest.raises(StopIteration):
        code("def f(): return next(iter([]))").name("f")()


def test_objects_are_asked_there(code: Code) -> None:
    student = code(
        "class Box:\n"
        "  size = 2\n"
        "  def __init__(self, items): self.items = items\n"
        "  def get(self, i): return self.items[i]\n"
        "  def __getitem__(self, i): return self.items[i]\n"
        "  def __len__(self): return len(self.items)\n"
        "  def __contains__(self, item): return item in self.items\n"
        "  def __float__(self): return 2.5\n"
        "def total(box): return sum(box.items)\n"
    )
    box = student.name("Box")([3, 4])
    assert isinstance(box, RemoteObject)
    assert (box.size, box.items, box.get(1), box[0], len(box)) == (2, [3, 4], 4, 3, 2)
    assert 4 in box
    assert 5 not in box
    assert float(box) == 2.5
    assert student.name("total")(box) == 7
    with pytest.raises(AttributeError):
        _ = box.absent


def test_objects_that_make_arrays_can_be_compared_as_arrays(code: Code) -> None:
    student = code(
        "import numpy as np\n"
        "class A:\n"
        "  def __array__(self, dtype=None, copy=None): return np.arange(3)\n"
        "a = A()"
    )
    np.testing.assert_array_equal(student.name("a"), [0, 1, 2])
    assert np.asarray(student.name("a"), dtype="f4").dtype == np.float32


def test_functions_can_be_handed_back(code: Code) -> None:
    student = code("def f(x): return x + 1\ndef twice(g, x): return g(g(x))")
    assert student.name("twice")(student.name("f"), 1) == 3


def test_private_attributes_are_not_asked_for(code: Code) -> None:
    f = code("def f(): pass").name("f")
    for name in ("__globals__", "__code__", "__wrapped__"):
        with pytest.raises(AttributeError):
            getattr(f, name)


def test_an_object_stays_the_same_whatever_is_fetched_later(code: Code) -> None:
    student = code("class A:\n  def __init__(self, b): self.b = b\na, c = A(3), A(4)")
    a, c = student.name("a"), student.name("c")
    assert (a.b, c.b) == (3, 4)


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


def test_an_object_that_always_pleases_pleases_nobody(code: Code) -> None:
    student = code(LIES)
    yes = student.name("yes")
    assert yes != 5
    assert (yes == [1, 2]) is False
    assert student.name("f")(1) != 1
    with pytest.raises(TypeError):
        _ = yes < 3
    with pytest.raises((TypeError, AssertionError)):
        np.testing.assert_allclose(yes, 3)


def test_subclasses_of_data_lose_their_tricks(code: Code) -> None:
    student = code(LIES)
    array, number = student.name("array"), student.name("number")
    assert type(array) is np.ndarray
    assert not (array == 1).any()
    assert type(number) is int
    assert number != 3
    assert abs(number - 3) == 2


@pytest.mark.parametrize("name", ["claims", "claims_int"])
def test_a_claimed_class_is_not_believed(code: Code, name: str) -> None:
    student = code(LIES)
    with pytest.raises((TypeError, AttributeError)) as caught:
        student.name(name)
    assert hasattr(caught.value, "student_type")
    assert student.channel.broken is None


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
    monkeypatch.setattr(wire, "MAX_FRAME", 1 << 20)
    monkeypatch.setattr(wire, "MAX_NODES", 10_000)
    student = code(f"def f(): return {value}\ny = 3")
    with pytest.raises(Exception, match=r".") as caught:
        student.name("f")()
    assert hasattr(caught.value, "student_type")
    assert student.name("y") == 3


def test_a_value_inside_itself_is_the_students_error(code: Code) -> None:
    student = code("x = []\nx.append(x)")
    with pytest.raises(Exception, match="inside itself") as caught:
        student.name("x")
    assert caught.value.student_type == "Exception"


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
    student.channel.deadline = 0.0
    with pytest.raises(CallTimeout):
        student.name("y")


FRAMES = {
    "not msgpack": b"\x01\x00\x00\x00\xc1",
    "too long": b"\xff\xff\xff\xff",
    "not a list": wire.pack({"ok": 1}),
    "empty": wire.pack([]),
    "no status": wire.pack([1, 2]),
    "another status": wire.pack(["fine", 1, []]),
    "too short": wire.pack(["ok", 1]),
    "raised too short": wire.pack(["raised"]),
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
        {"tensor": ["O", [1], b"12345678"]},
        {"local": 0},
    ],
    ids=repr,
)
def test_a_forged_value_is_a_wire_error(
    forger: Callable[..., Student], tree: Any
) -> None:
    with pytest.raises(WireError):
        forger(wire.pack(["ok", tree, []])).name("x")


@pytest.mark.parametrize(
    "changed", [7, [7], [[0]], [[5, 1]], [["z", 1]], [[[0], 1]], [[-1, [9]]], "abc"]
)
def test_forged_changes_of_arguments_break_the_channel(
    forger: Callable[..., Student], changed: Any
) -> None:
    student = forger(wire.pack(["ok", None, changed]))
    given = [1]
    with pytest.raises(WireError):
        RemoteFunction(student, 0, "f")(given)
    assert given == [1]
    assert student.channel.broken is not None


@pytest.mark.parametrize(
    "builtin", ["SystemExit", "KeyboardInterrupt", "print", "os", "", 7, None]
)
def test_a_forged_exception_is_an_ordinary_one(
    forger: Callable[..., Student], builtin: Any
) -> None:
    student = forger(wire.pack(["raised", builtin, "m"]))
    with pytest.raises(StudentError):
        student.name("x")


# --- which name is whose ------------------------------------------------------------


def namespace(student: Student | None, **definitions: str) -> Names:
    names = Names({"answer", "max"}, definitions)
    names.student = student
    return names


def test_answers_come_from_the_student_even_where_builtins_have_the_name(
    code: Code,
) -> None:
    names = namespace(code("answer = 5\ndef max(x): return 'mine'"))
    exec("found = answer, max([1])", names)
    assert names["found"] == (5, "mine")


def test_what_the_instructor_defines_is_the_instructors(code: Code) -> None:
    student = code("import types\nnp = types.SimpleNamespace(sum=lambda x: 99)\nk = 5")
    names = namespace(student, np="import numpy as np", f="def f(x): return np.sum(x)")
    exec("found = np.sum([1, 2]), f([1, 2])", names)
    assert names["found"] == (3, 3)


def test_builtins_cannot_be_replaced_by_a_student(code: Code) -> None:
    names = namespace(code("def abs(x): return 0\nsum = len = print = abs"))
    exec("found = abs(-3), sum([1, 2]), len('ab')", names)
    assert names["found"] == (3, 3, 2)


def test_other_names_are_the_kernels(code: Code) -> None:
    names = namespace(code("data = [1, 2]"))
    exec("found = [x + y for x in data for y in data]", names)
    assert names["found"] == [2, 3, 3, 4]


def test_functions_of_tests_see_the_same_names(code: Code) -> None:
    names = namespace(code("def answer(x): return x + 1"))
    exec("def check(x): return [answer(i) for i in x]\nfound = check([1, 2])", names)
    assert names["found"] == [2, 3]


def test_what_tests_define_stays_and_what_is_the_students_is_fetched_anew(
    code: Code,
) -> None:
    student = code("answer = []\ndef grow(): answer.append(len(answer))")
    names = namespace(student)
    exec("mine = 1\ngrow()\nassert answer == [0]", names)
    names.forget_students()
    exec("assert mine == 1\ngrow()\nassert answer == [0, 1]", names)


def test_a_test_that_uses_an_answers_name_does_not_hide_the_next_answer(
    code: Code,
) -> None:
    names = namespace(code("answer = 5"))
    exec("answer = 'of the test'", names)
    names.forget_students()
    exec("assert answer == 5", names)


def test_without_a_kernel_a_students_name_is_a_name_error() -> None:
    with pytest.raises(NameError, match="answer"):
        exec("answer", namespace(None))
