"""Blank answers: what a notebook says of them, and that they never earn anything."""

from __future__ import annotations

import pickle
import types
from collections.abc import Callable
from typing import Any

import pytest

from cnnlab import exercises
from cnnlab.exercises import (
    NotAnswered,
    NotRight,
    answered,
    attempted,
    course_answer,
    is_blank,
    relying_on,
    yours_or_ours,
)


def dots(x: int) -> Any: ...


def with_docstring(x: int) -> Any:
    """Double a number."""
    ...


def only_passes() -> None:
    pass


def prints(x: int) -> None:
    print(2 * x)


def returns_zero() -> int:
    return 0


def doubles(x: int) -> int:
    return 2 * x


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercises, "is_person_present", lambda: True)


BLANK = [None, ..., "", "  ", dots, with_docstring, only_passes]
FILLED = [0, False, "A", prints, returns_zero, doubles, [], print, len]


@pytest.mark.parametrize("answer", BLANK)
def test_an_answer_with_nothing_in_it_is_blank(answer: object) -> None:
    assert is_blank(answer)


@pytest.mark.parametrize("answer", FILLED)
def test_an_answer_with_anything_in_it_is_not_blank(answer: object) -> None:
    assert not is_blank(answer)


class TestAttempted:
    def test_an_answer_is_tested(self) -> None:
        assert attempted("Exercise 1", doubles)

    def test_one_value_of_two_is_tested(self) -> None:
        assert attempted("Exercise 1", None, 3)

    @pytest.mark.usefixtures("person")
    def test_a_person_reads_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert not attempted("Exercise 1", dots)
        assert capsys.readouterr().out == "Exercise 1: not answered yet\n"

    @pytest.mark.usefixtures("person")
    def test_it_says_that_a_value_is_none(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """After `model = model.set_weights(...)`, a person thinks it is answered."""
        assert not attempted("Exercise 1", None)
        said = "Exercise 1: not answered yet (the value is None)\n"
        assert capsys.readouterr().out == said

    def test_a_program_gets_an_error(self) -> None:
        with pytest.raises(NotAnswered, match=r"^Exercise 1: not answered yet$"):
            attempted("Exercise 1", dots)

    @pytest.mark.usefixtures("person")
    def test_it_raises_for_a_person_on_request(self) -> None:
        with exercises.raising(), pytest.raises(NotAnswered):
            attempted("Exercise 1", None)
        assert not attempted("Exercise 1", None)

    def test_the_error_survives_a_pickle(self) -> None:
        error = pickle.loads(pickle.dumps(NotAnswered("Exercise 1: not answered yet")))
        assert str(error) == "Exercise 1: not answered yet"
        assert error.feedback == "not answered yet"


def test_a_cell_that_shows_an_answer_never_raises(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answered("Exercise 2", doubles, 3)
    assert not answered("Exercise 2", doubles, None)
    assert capsys.readouterr().out == "Answer Exercise 2 first.\n"


def test_the_course_stands_in_for_a_blank_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert yours_or_ours("Exercise 2", prints, doubles) is prints
    assert capsys.readouterr().out == ""
    assert yours_or_ours("Exercise 2", dots, doubles) is doubles
    assert capsys.readouterr().out.startswith("Exercise 2 is not answered: ")


# --- the course's own answers ----------------------------------------------------


@course_answer("quadruple")
def double(x: int) -> int:
    """Double a number."""
    return 2 * x


def in_notebook(source: str, name: str = "__main__") -> Callable[..., int]:
    """Return the function `f` of a cell that sees the course's `double` as `ours`."""
    cell = types.ModuleType(name)
    cell.__dict__["ours"] = double
    exec(source, cell.__dict__)
    function: Callable[..., int] = cell.__dict__["f"]
    return function


def test_a_later_cell_leads_back_to_the_test_without_a_traceback() -> None:
    nothing: Any = None
    with pytest.raises(NotRight) as caught, relying_on("Exercises 1 and 2"):
        nothing[0]
    assert "Exercises 1 and 2: run the tests there first.\nTypeError" in str(
        caught.value
    )
    assert caught.value._render_traceback_() == [
        f"\x1b[1;31mNot right yet.\x1b[0m {caught.value}"
    ]


def test_a_later_cell_runs_on_with_a_right_answer() -> None:
    with relying_on("Exercise 1"):
        assert doubles(2) == 4


def test_a_course_answer_works_in_other_cells() -> None:
    assert double(2) == 4
    assert double.__doc__ == "Double a number."
    assert in_notebook("def f(x): return ours(x)")(2) == 4


@pytest.mark.parametrize(
    "source",
    [
        "def double(x): return ours(x)\nf = double",
        "def quadruple(x): return 2 * ours(x)\nf = quadruple",
        "def help(x): return ours(x)\ndef double(x): return help(x)\nf = double",
        "f = double = lambda x: ours(x)",
        "def other(x): return ours(x)\nf = quadruple = other",
    ],
)
def test_an_answer_cannot_call_the_courses_own(source: str) -> None:
    with pytest.raises(AssertionError, match="yourself, instead of calling the course"):
        in_notebook(source)(2)


def test_graded_under_another_name_it_is_refused_as_well() -> None:
    grader = in_notebook("def f(x): return ours(x)", "grader.execution.inside.calls")
    with pytest.raises(AssertionError, match="yourself"):
        grader(2)


def test_under_another_name_it_is_no_answer_on_screen() -> None:
    with pytest.raises(AssertionError, match="write double yourself"):
        attempted("Exercise 1", double)
