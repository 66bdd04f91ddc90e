"""How a test cell ends, what it earns, and what the student is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnnlab.expect import expect
from grader.execution.examiner.process import run_cell
from grader.execution.examiner.proxies.exceptions import student_exception
from grader.notebooks.markers import hidden_lines
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
        ("%matplotlib inline\nassert 1", "passed"),
        ("%%time\nassert 0", "failed"),
        ("%%time\nnp.testing.assert_allclose(1, 2, err_msg='no')", "failed"),
        ('text = """\n%config x\n"""\nassert "config" in text', "passed"),
        ("a = %pwd", "error"),
        ("%%bash\nls", "error"),
        ("!ls", "error"),
        ("import asyncio\nawait asyncio.sleep(0)\nassert 1", "passed"),
        ("import asyncio\nawait asyncio.sleep(0)\nassert 0", "failed"),
        ("async def f():\n    return 1\nassert await f() == 1", "passed"),
        ("async def f():\n    yield 1\nassert [x async for x in f()] == [2]", "failed"),
        ("import sys; print('warning', file=sys.stderr)", "passed"),
        ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass", "passed"),
    ],
)
def test_how_a_cell_ends(source: str, ended: str) -> None:
    assert run(source).ended == ended


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\nassert a", 0),
        ("a = 1\nassert not a\nb = 2", 2),
        ("def f():\n    assert 0\n\nf()", 4),
        ("assert (\n    1 ==\n    2\n)", 2),
        ("np.testing.assert_allclose(1, 2)", 1),
        ("a = 1\n3 / 0", 2),
        ("def broken(", 0),
    ],
)
def test_the_line_at_which_a_cell_ends_is_known(source: str, line: int) -> None:
    assert run(source).line == line


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


@pytest.mark.parametrize("mark", ["\f", "\x1c", "\u2028", "\x85"])
def test_only_what_ends_a_line_in_python_counts_as_one(mark: str) -> None:
    source = f"a = '{mark * 3}'\n### BEGIN HIDDEN TESTS\nf(3)\n### END HIDDEN TESTS"
    assert hidden_lines(source) == {2, 3, 4}
    found = run(source, f=student_raises)
    assert (found.hidden, found.before_hidden, found.text) == (True, False, "")


def test_lines_are_those_of_python_where_the_cell_has_other_ends() -> None:
    assert hidden_lines("a\r\nb\rc\n### BEGIN HIDDEN TESTS") == {4}
    found = run("a = '\f'\nassert a == 2")
    assert found.message == "AssertionError at the visible test: assert a == 2"


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


def test_of_a_modules_error_only_the_feedback_of_a_visible_test_is_told() -> None:
    call = "expect(abs, 4, gives=5, slips={'add one': 4})"
    found = run(call, expect=expect)
    assert (found.ended, found.hidden) == ("failed", False)
    assert found.message == "for (4) the answer must be 5: add one"
    assert run(hidden(call), expect=expect).message == "a hidden test failed"


@pytest.mark.parametrize("line", ["f(31337)", "assert f(31337) == 1, 'why'"])
def test_a_students_exception_text_is_never_told(line: str) -> None:
    found = run(hidden(line), f=student_raises)
    assert (found.ended, found.text) == ("error", "")
    assert found.message == "your code raised AssertionError when a test called it"


def test_of_a_visible_test_the_line_is_told_and_the_text_kept_apart() -> None:
    found = run(hidden("f(31337)", before="x = 1\nf(x)"), f=student_raises)
    assert (found.ended, found.hidden, found.before_hidden) == ("error", False, True)
    assert found.message == "at the visible test `f(x)` your code raised AssertionError"
    assert found.text == "SECRET 31337"


@pytest.mark.parametrize(
    "source",
    [
        hidden("g = f") + "\nf(1)",
        hidden("f(1)"),
        hidden("def g():\n    f(1)") + "\ng()",
        hidden("try:\n    f(1)\nexcept AssertionError as e:\n    kept = e")
        + "\nraise kept",
    ],
)
def test_after_a_hidden_line_no_text_is_kept(source: str) -> None:
    found = run(source, f=student_raises)
    assert found.ended == "error"
    assert (found.before_hidden, found.text) == (False, "")
    assert "SECRET" not in found.message


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
