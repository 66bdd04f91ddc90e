"""What tests see of student code: the real call server answers, in a thread."""

from __future__ import annotations

import copy
from array import array
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import CannotAsk, WireError
from grader.execution.examiner.proxies.exceptions import StudentError
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student

pandas: Any = pytest.importorskip("pandas")
Code = Callable[[str], Student]


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
    with pytest.raises(WireError, match="does not import module"):
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
    argument = copy.copy(argument)
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
    with pytest.raises(ValueError, match="read-only"):
        student.name("put")(given)
    assert given.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("given", "change"),
    [
        (Counter("aab"), "x['b'] += 5"),
        (OrderedDict(a=1, b=2), "x.move_to_end('a')"),
        (defaultdict(int, a=1), "x['b'] += 1"),
        (deque([1, 2]), "x.append(3)"),
        (bytearray(b"ab"), "x.extend(b'c')"),
        (array("i", [1, 2]), "x.append(3)"),
        (pandas.Series([1, 2]), "x[0] = 9"),
        (pandas.DataFrame({"a": [1, 2]}), "x['b'] = x['a'] * 2"),
        (pandas.DataFrame({"a": [1, 2]}), "x.loc[5] = 7"),
    ],
    ids=lambda value: value if type(value) is str else type(value).__name__,
)
def test_containers_of_all_kinds_are_changed_in_place(
    code: Code, given: Any, change: str
) -> None:
    expected = copy.copy(given)
    exec(change, {"x": expected})
    code(f"def f(x): {change}").name("f")(given)
    assert repr(given) == repr(expected)
    assert type(given) is type(expected)


def test_what_cannot_be_sent_is_said_before_it_is_sent(code: Code) -> None:
    student = code("def f(x): return x\ny = 1")
    f = student.name("f")
    with pytest.raises(CannotAsk, match="object as an argument"):
        f(object())
    assert student.channel.stumbled
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


def test_an_exception_of_their_own_has_its_own_class(code: Code) -> None:
    source = "class Odd(LookupError, ValueError): pass\ndef f(): raise Odd('x')"
    student = code(source)
    with pytest.raises(student.name("Odd"), match="x") as caught:
        student.name("f")()
    assert type(caught.value) is student.name("Odd")
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, ValueError)
    assert vars(caught.value)["student_type"] == "LookupError"


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


@pytest.mark.parametrize("body", ["raise StopIteration", "return next(iter([]))"])
def test_a_call_cannot_end_the_loop_of_a_test(code: Code, body: str) -> None:
    f = code(f"def f(x): {body}").name("f")
    with pytest.raises(RuntimeError) as caught:
        assert all(map(lambda x: f(x) == 2 * x, [1, 2]))  # noqa: C417 - the point
    assert vars(caught.value)["student_type"] == "StopIteration"


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
    assert issubclass(type(box), ObjectProxy)
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


def test_attributes_are_there_if_they_are_there(code: Code) -> None:
    f = code("def f(): pass\nf.calls = 3").name("f")
    assert (f.calls, f.__name__, f.__doc__) == (3, "f", None)
    assert f.__code__.co_name == "f"
    assert not hasattr(f, "__wrapped__")


def test_an_object_stays_the_same_whatever_is_fetched_later(code: Code) -> None:
    student = code("class A:\n  def __init__(self, b): self.b = b\na, c = A(3), A(4)")
    a, c = student.name("a"), student.name("c")
    assert (a.b, c.b) == (3, 4)
