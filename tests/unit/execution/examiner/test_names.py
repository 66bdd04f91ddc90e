"""Which name is whose: the names that a test cell sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.errors import CannotAsk, WireError
from grader.execution.examiner.names import ExaminerGlobals
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import messages

Code = Callable[[str], Student]


def namespace(student: Student | None, **definitions: str) -> ExaminerGlobals:
    names = ExaminerGlobals({"answer", "max"}, definitions)
    names.student = student
    return names


def sharing(student: Student, *names: str) -> ExaminerGlobals:
    found = ExaminerGlobals(set(names), {}, names)
    found.student = student
    found.begin(names)
    return found


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


# --- dir(), globals() and vars() ----------------------------------------------------


def test_a_test_sees_which_names_the_student_has_defined(code: Code) -> None:
    source = (
        "own = 1\n"
        "assert 'vec' in dir() and 'vec' in globals() and 'vec' in locals()\n"
        "assert 'vec' in vars() and 'own' in dir() and 'other' not in dir()\n"
        "assert globals()['vec'] == [1] and globals().get('other', 7) == 7\n"
        "assert dict(globals())['vec'] == [1] and 'other' not in globals()\n"
        "assert [1] in globals().values() and ('own', 1) in globals().items()\n"
        "assert len(globals()) == len(list(globals())) == len(dir())\n"
    )
    exec(source, namespace(code("vec = [1]")))


def test_a_traceback_asks_nothing_of_the_kernel(
    forger: Callable[..., Student],
) -> None:
    student = forger(b"")
    source = "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n"
    exec(f"{source}    text = traceback.format_exc()", namespace(student))
    assert student.channel.calls == 0 and student.channel.broken is None


def test_names_of_the_kernel_have_to_be_strings(forger: Callable[..., Student]) -> None:
    answer = messages.pack(["ok", ["a", 3], []])
    with pytest.raises(WireError, match="names"):
        exec("dir()", namespace(forger(answer)))


# --- values that share objects ------------------------------------------------------


def test_names_that_share_objects_do_so_in_a_test(code: Code) -> None:
    source = (
        "import numpy as np\n"
        "row = np.zeros(2)\ngrid = [row, 1]\ndeep = {'a': grid}\nalone = [row.copy()]"
    )
    for order in ("row, grid, deep, alone", "alone, deep, grid, row"):
        names = sharing(code(source), "row", "grid", "deep", "alone")
        exec(f"{order}\nassert grid[0] is row and deep['a'] is grid", names)
        exec("assert grid == [row, 1] and alone[0] is not row", names)


def test_a_shared_value_is_fetched_again_once_student_code_has_run(code: Code) -> None:
    names = sharing(
        code("a = [1]\nb = [a]\ndef grow(): a.append(2); return a"), "a", "b", "grow"
    )
    exec("a\ngrow()\nassert b == [[1, 2]]", names)


def test_only_names_that_were_asked_for_may_come(
    forger: Callable[..., Student],
) -> None:
    for pairs in ([["other", 1]], [["b", 1], ["b", 2]], [["b"]], "b", [[1, 1]]):
        student = forger(messages.pack(["ok", [1], pairs]))
        with pytest.raises(WireError, match="malformed"):
            exec("a", sharing(student, "a", "b"))


# --- names that a test binds --------------------------------------------------------

DEFINED = "def f(x): return 2"
TAX = "def tax(p): return p / 10\ndef total(p): return p + tax(p)"


def test_student_code_sees_what_a_test_binds(code: Code) -> None:
    student = code(TAX)
    names = sharing(student, "tax", "total")
    exec("kept = tax\ntax = lambda p: 1\nassert total(10) == 11", names)
    exec("tax = kept\nassert total(10) == 11 and total(20) == 22", names)
    exec("tax = lambda p: 2", names)
    student.end()
    names.forget_students()
    exec("assert total(20) == 22 and tax(10) == 2", names)


def test_student_code_misses_what_a_test_deletes_until_it_ends(code: Code) -> None:
    student = code(TAX)
    names = sharing(student, "tax", "total", "print")
    source = (
        "del tax\n"
        "try:\n    total(1)\nexcept NameError:\n    pass\nelse:\n    assert False\n"
        "try:\n    tax\nexcept NameError:\n    pass\nelse:\n    assert False\n"
        "assert 'tax' not in dir()"
    )
    exec(source, names)
    with pytest.raises(NameError):
        exec("del absent", names)
    student.end()
    names.forget_students()
    exec("assert total(20) == 22", names)


def test_a_test_can_delete_what_the_instructor_has_defined(code: Code) -> None:
    names = namespace(code("def f(x): return 1\nimport numpy as np"), f=DEFINED)
    source = (
        "kept = f\ndel f\n"
        "try:\n    f(1)\nexcept NameError:\n    pass\nelse:\n    assert False\n"
        "f = kept\nassert f(1) == 2"
    )
    exec(source, names)
    exec("del f", names)
    names.forget_students()
    exec("assert f(1) == 2", names)


def test_a_test_can_stand_in_for_a_builtin(code: Code) -> None:
    student = code("def ask(): return input() + input()")
    names = sharing(student, "ask", "input")
    source = "replies = ['a', 'b']\ndef input(): return replies.pop()\n"
    exec(f"{source}assert ask() == 'ba'\ndel input\nassert input.__name__", names)
    student.end()
    assert "input" not in student.names.all()


def test_names_that_no_answer_uses_are_not_told_to_the_kernel(code: Code) -> None:
    student = code("def f(): return 1")
    names = sharing(student, "f")
    exec("hidden = 5\nassert f() == 1", names)
    assert "hidden" not in student.names.all()


def test_a_module_that_a_test_imports_is_the_kernels_own_there(code: Code) -> None:
    student = code("def root(x): return numpy.sqrt(x), math.sqrt(x)")
    names = sharing(student, "root", "numpy", "math")
    exec("import math, numpy\nassert root(4) == (2, 2)", names)
    assert student.channel.stumbled == ""


@pytest.mark.parametrize(
    "answer", [["missing"], ["raised", "ValueError", "no"], ["stop"], ["ok?", None, []]]
)
def test_a_kernel_that_does_not_bind_a_name_is_asked_nothing_more(
    forger: Callable[..., Student], answer: list[object]
) -> None:
    student = forger(messages.pack(answer))
    names = sharing(student, "x", "f")
    with pytest.raises(CannotAsk, match="the test has bound"):
        exec("x = 5\nf", names)
    assert "bound" in student.channel.stumbled


def test_a_test_is_part_of_a_notebook_where_it_was_written_for_one() -> None:
    assert ExaminerGlobals(set(), {}, ["f"])["__name__"] == "__main__"
    assert ExaminerGlobals(set(), {})["__name__"] != "__main__"
