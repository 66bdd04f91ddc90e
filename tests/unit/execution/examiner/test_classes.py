"""Descriptions of classes that lie make no class, or one that pleases nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.errors import WireError
from grader.execution.examiner.proxies.objects import ObjectProxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import messages

Code = Callable[..., Student]


def described(*parts: Any) -> list[Any]:
    return [0, "A", "A", "__main__", [], [], [], False][: len(parts) or 8]


def with_part(at: int, part: Any) -> list[Any]:
    description = described()
    description[at] = part
    return description


MALFORMED = [
    [],
    [[]],
    [5],
    [described(1, 2)],
    [with_part(0, "0")],
    [with_part(0, -1)],
    [with_part(0, 7)],
    [with_part(1, 5)],
    [with_part(1, "x" * 1000)],
    [with_part(1, "a\0b")],
    [with_part(4, [7])],
    [with_part(4, 5)],
    [with_part(4, [None])],
    [with_part(5, ["__getattribute__"])],
    [with_part(5, ["__class__"])],
    [with_part(5, [5])],
    [with_part(5, 5)],
    [with_part(6, ["__instancecheck__"])],
    [with_part(7, 1)],
    [described(), [1, "B", "B", "m", [0, 0], [], [], False]][::-1],
    [with_part(4, ["ValueError", "KeyError", "OSError", "UnicodeDecodeError"])],
]


@pytest.mark.parametrize("description", MALFORMED, ids=str)
def test_a_malformed_description_makes_no_class(
    forger: Callable[..., Student], description: Any
) -> None:
    answers = [["ok", {"remote": ["class", 0, "A"]}, []], ["ok", description, []]]
    student = forger(b"".join(map(messages.pack, answers)))
    with pytest.raises(WireError):
        student.name("A")


@pytest.mark.parametrize("base", ["SystemExit", "KeyboardInterrupt", "print", "", "os"])
def test_no_exception_of_a_student_ends_a_process(
    forger: Callable[..., Student], base: str
) -> None:
    answers = [
        ["ok", {"remote": ["class", 0, "A"]}, []],
        ["ok", [with_part(4, [base])], []],
    ]
    kind = forger(b"".join(map(messages.pack, answers))).name("A")
    assert issubclass(kind, Exception)
    assert not issubclass(kind, SystemExit | KeyboardInterrupt)


@pytest.mark.parametrize("base", ["StopIteration", "StopAsyncIteration"])
def test_no_exception_of_a_student_ends_a_loop(
    forger: Callable[..., Student], base: str
) -> None:
    answers = [
        ["ok", {"remote": ["class", 0, "A"]}, []],
        ["ok", [with_part(4, [base])], []],
    ]
    kind = forger(b"".join(map(messages.pack, answers))).name("A")
    assert not issubclass(kind, StopIteration | StopAsyncIteration)


def test_only_so_many_classes_are_made(
    forger: Callable[..., Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.execution.examiner.proxies import classes

    monkeypatch.setattr(classes, "MAX_CLASSES", 5)
    many = [[n, "A", "A", "m", [], [], [], False] for n in range(9)]
    answers = [["ok", {"remote": ["class", 8, "A"]}, []], ["ok", many, []]]
    with pytest.raises(WireError, match="more than 5"):
        forger(b"".join(map(messages.pack, answers))).name("A")


def test_a_claimed_library_class_is_believed_only_if_it_holds_no_data(
    code: Code,
) -> None:
    student = code(
        "import types\n"
        "Array = type('ndarray', (), {'__module__': 'numpy'})\n"
        "Number = type('int', (), {'__module__': 'builtins'})\n"
        "array, number = Array(), Number()\n"
    )
    import numpy as np

    assert not isinstance(student.name("array"), np.ndarray)
    assert issubclass(type(student.name("number")), ObjectProxy)
    with pytest.raises(Exception, match="cannot be asked"):
        isinstance(student.name("number"), int)


def test_a_texts_type_is_exact(code: Code) -> None:
    student = code(
        "class Text(str): pass\nclass A:\n  def __repr__(self): return Text('x')"
    )
    assert type(repr(student.name("A")())) is str
