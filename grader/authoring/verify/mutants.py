"""Collect the wrong answers to try in a notebook, wherever they come from. Pure.

Some are written by hand (:mod:`grader.authoring.verify.wrong_answers`), one for each
exercise is the stub in the student copy, and some are generated from the solution
(:mod:`grader.notebooks.analysis.mutation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from grader.authoring.verify.equivalent import Equivalent
from grader.authoring.verify.wrong_answers import WrongAnswer
from grader.grading.trials import Exercise
from grader.notebooks.analysis import mutation
from grader.notebooks.cells import Cell

Origin = Literal["kept", "stub", "generated"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong answer to an exercise.

    Attributes
    ----------
    grade_id : str
        The grade_id of the answer cell.
    name : str
        Its name if written by hand, else what was changed.
    source : str
        The text of the answer cell.
    origin : str
        ``kept`` in the course, the student copy's ``stub``, or ``generated``.
    subtle : bool
        Whether it must pass the visible tests.
    before, after : str
        If it was generated, the changed lines before and after the change.
    """

    grade_id: str
    name: str
    source: str
    origin: Origin
    subtle: bool = False
    before: str = ""
    after: str = ""

    def is_listed_as(self, entry: Equivalent) -> bool:
        """Say whether an entry of the notebook's list means this mutant."""
        key = (self.grade_id, self.before, self.after)
        return key == (entry.grade_id, entry.before, entry.after)


def kept(answers: Mapping[str, Sequence[WrongAnswer]]) -> Iterator[Mutant]:
    """Yield the wrong answers that were written by hand, by their exercise."""
    for grade_id, written in answers.items():
        for wrong in written:
            yield Mutant(grade_id, wrong.name, wrong.source, "kept", wrong.subtle)


def stubs(copy: Iterable[Cell], exercises: Iterable[Exercise]) -> Iterator[Mutant]:
    """Yield the stub of each exercise, which must earn no points.

    Parameters
    ----------
    copy
        The cells of the student copy.
    exercises
        The exercises of the notebook.
    """
    texts = {cell.grade_id: cell.source for cell in copy}
    for exercise in exercises:
        if exercise.grade_id in texts:
            text = texts[exercise.grade_id]
            yield Mutant(exercise.grade_id, "left blank", text, "stub")


def generated(cells: Iterable[Cell], exercises: Iterable[Exercise]) -> Iterator[Mutant]:
    """Yield small changes of each solution, always in the same order.

    Parameters
    ----------
    cells
        The cells of the source notebook.
    exercises
        The exercises of the notebook.
    """
    texts = {cell.grade_id: cell.source for cell in cells if cell.is_answer}
    for exercise in exercises:
        solution = texts[exercise.grade_id]
        for source in mutation.mutants(solution):
            before, after = changed_lines(solution, source)
            name = f"{before} → {after}"
            yield Mutant(
                exercise.grade_id, name, source, "generated", False, before, after
            )


def changed_lines(old: str, new: str) -> tuple[str, str]:
    r"""Return the lines in which two texts differ, without indentation.

    Parameters
    ----------
    old, new
        The texts.

    Returns
    -------
    tuple of str
        The lines that only `old` has, and those that only `new` has.

    Examples
    --------
    >>> changed_lines("a\n  b\nc", "a\n  d\nc")
    ('b', 'd')
    """
    lines, others = old.split("\n"), new.split("\n")
    before: list[str] = []
    after: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, lines, others, False).get_opcodes():
        if tag != "equal":
            before += lines[a:b]
            after += others[c:d]
    return _joined(before), _joined(after)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


__all__ = ["Mutant", "Origin", "changed_lines", "generated", "kept", "stubs"]
