"""Which name is whose: the names that a test cell sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.execution.examiner.names import ExaminerGlobals
from grader.execution.examiner.proxies.student import Student

Code = Callable[[str], Student]


def namespace(student: Student | None, **definitions: str) -> ExaminerGlobals:
    names = ExaminerGlobals({"answer", "max"}, definitions)
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
