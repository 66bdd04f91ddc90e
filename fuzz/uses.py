"""How tests use proxies: each function does so once, with a kernel that may lie."""

from __future__ import annotations

import contextlib
import copy
import inspect
import math
import operator
from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from grader.execution.examiner.proxies.forwarders import FORWARDERS
from grader.execution.examiner.proxies.functions import FunctionProxy
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student

Able = type("Able", (ObjectProxy,), {"__slots__": (), **FORWARDERS})


def proxy(student: Student) -> Any:
    """Return a new proxy of a student's function."""
    return FunctionProxy(student, 0, "f")


def able(student: Student) -> Any:
    """Return a new proxy of an object that has every special method."""
    return Able(student, 1, "able")


def call(student: Student) -> None:
    """Call with arguments: the kernel may change their contents, not their types."""
    array, items, mapping = np.zeros(2), [1], {"a": 1}
    proxy(student)(array, items, k=mapping)
    if array.shape != (2,) or array.dtype != float or type(items) is not list:
        raise TypeError("an argument is no longer what it was")


def call_in_a_loop(student: Student) -> None:
    """Map over inputs, as tests do: the kernel must not be able to end the loop."""
    if len(list(map(proxy(student), range(3)))) != 3:
        raise TypeError("the loop of a test was ended from outside")


def call_with_functions(student: Student) -> None:
    """Lend functions of the test, which the kernel may call as it likes."""
    items = [1]

    def change(*args: Any, **_: Any) -> Any:
        items.extend(args)
        return items

    proxy(student)(change, iter([1, 2]), len, key=change)


def by_python(use: Callable[[Student], Any]) -> Callable[[Student], Any]:
    """Allow the errors with which Python refuses what a special method returns."""

    def used(student: Student) -> None:
        with contextlib.suppress(TypeError, ValueError):
            use(student)

    return used


def change(student: Student) -> None:
    """Set and delete an attribute and an item."""
    it = able(student)
    it.x = [1]
    del it.x
    it[0] = 1
    del it[0]


def enter(student: Student) -> None:
    """Enter and leave a with block: a failed assertion in it is not dropped."""
    failed = False
    try:
        with able(student):
            failed = True
            raise AssertionError("of the test")
    except AssertionError:
        failed = False
    if failed:
        raise RuntimeError("a failed assertion was dropped")


def step(student: Student) -> None:
    """Send to a generator; its end is no error."""
    with contextlib.suppress(StopIteration):
        FORWARDERS["send"](able(student), 1)


def name_together(student: Student) -> None:
    """Fetch a name with others that share objects with it."""
    found = student.names.together("absent", ["b", "c"])
    if not {"absent"} <= found.keys() <= {"absent", "b", "c"}:
        raise TypeError("a name came that was not asked for")


def list_names(student: Student) -> None:
    """List the names of the kernel, as ``dir()`` does."""
    if any(type(name) is not str for name in student.names.all()):
        raise TypeError("a name that is no text")


def bind(student: Student) -> None:
    """Bind and delete names that student code reads, and replace a function."""
    student.bindings.begin(["x", "math.hypot"])
    plain = math.hypot
    try:
        student.bindings.bind("x", [1, proxy(student), lambda: 1])
        student.bindings.bind("unsent", object())
        math.hypot = lambda *_: 1.0
        student.bindings.delete("y")
        proxy(student)(1)
    finally:
        math.hypot = plain
        student.end()


_OPERATORS = "add radd iadd mul pow lt eq ne".split()
USES: list[Callable[[Student], Any]] = [
    lambda student: student.name("absent"),
    call,
    call,
    call_in_a_loop,
    call_with_functions,
    call_with_functions,
    change,
    by_python(enter),
    step,
    name_together,
    list_names,
    bind,
    by_python(lambda student: np.asarray(able(student))),
    by_python(lambda student: list(islice(able(student), 4))),
    by_python(lambda student: operator.index(able(student))),
    by_python(lambda student: isinstance(3, student.name("absent"))),
    by_python(lambda student: round(able(student))),
    by_python(lambda student: inspect.signature(proxy(student))),
    lambda student: proxy(student).attribute,
    lambda student: able(student)[0],
    lambda student: len(able(student)),
    lambda student: float(able(student)),
    lambda student: bool(able(student)),
    lambda student: hash(able(student)),
    lambda student: 3 in able(student),
    lambda student: repr(able(student)),
    lambda student: f"{able(student)}{able(student):x}",
    lambda student: dir(proxy(student)),
    lambda student: copy.deepcopy(proxy(student)),
    *(
        lambda student, name=name: FORWARDERS[f"__{name}__"](able(student), 3)
        for name in _OPERATORS
    ),
]

__all__ = ["USES", "able", "proxy"]
