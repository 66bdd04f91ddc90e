"""The state of each answer: blank, not run, or what its visible test says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cnnlab.exercises import NotAnswered, raising
from cnnlab.selfcheck._cells import (
    Cell,
    grade_id,
    is_answer,
    is_blank,
    is_test,
    nbgrader_metadata,
    normalized,
    saved_error,
    source_of,
    titled,
)
from cnnlab.selfcheck._front_end import RunTest

__all__ = ["AnswerCheck", "State", "check_answers", "first_line"]

State = Literal["passes", "fails", "blank", "not run", "answered"]


@dataclass(frozen=True)
class AnswerCheck:
    """The state of one answer.

    Attributes
    ----------
    title : str
        The heading above the exercise, without its points.
    state : str
        ``"passes"`` or ``"fails"`` its visible test, ``"blank"``, ``"not run"``
        since it was changed, or ``"answered"``: whether it is right is only told after
        you submit, as for all questions, and for answers that a person grades.
    message : str
        Why the test fails, or what to do next; often empty.
    """

    title: str
    state: State
    message: str = ""


def check_answers(
    cells: Iterable[Cell], executed_sources: Iterable[str], run_test: RunTest
) -> tuple[AnswerCheck, ...]:
    """Check the answers of a notebook, in their order.

    Parameters
    ----------
    cells : iterable of mapping
        The notebook's cells, as in its JSON.
    executed_sources : iterable of str
        The sources of all cells that were run in the kernel.
    run_test : callable
        Runs the source of a test; raises what the test raises.

    Returns
    -------
    tuple of AnswerCheck
        One per answer that has a visible test or is graded by a person.
    """
    executed = {normalized(source) for source in executed_sources}
    return tuple(_answer_checks(list(cells), executed, run_test))


def _answer_checks(
    cells: list[Cell], executed: set[str], run_test: RunTest
) -> Iterator[AnswerCheck]:
    answer = None
    for title, cell in titled(cells):
        if is_answer(cell):
            answer = cell
            if nbgrader_metadata(cell).get("grade"):
                # A person grades it: no test follows.
                yield AnswerCheck(title, "blank" if is_blank(cell) else "answered")
        elif is_test(cell) and answer is not None:
            yield _check_answer(
                title or grade_id(cell), answer, cell, executed, run_test
            )


def _check_answer(
    title: str, answer: Cell, test: Cell, executed: set[str], run_test: RunTest
) -> AnswerCheck:
    if is_blank(answer):
        return AnswerCheck(title, "blank")
    if normalized(source_of(answer)) not in executed:
        return AnswerCheck(title, "not run", "run its cell, then run this cell again")
    try:
        with raising():
            run_test(source_of(test))
    except NotAnswered:
        if error := saved_error(answer):
            return AnswerCheck(title, "fails", f"its cell stopped with {error}")
        return AnswerCheck(title, "blank")
    except (Exception, SystemExit) as raised:  # noqa: BLE001 - whatever a test raises
        return AnswerCheck(title, "fails", first_line(raised))
    # Tests of questions look at the form of an answer only.
    return AnswerCheck(title, "answered" if title.startswith("Question") else "passes")


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, with its kind if that is needed."""
    kind, text = type(error).__name__, str(error).strip()
    if not isinstance(error, AssertionError) or not text:
        text = f"{kind}: {text}".removesuffix(": ")
    return text.split("\n")[0]
