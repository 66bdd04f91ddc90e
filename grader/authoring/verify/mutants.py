"""All wrong answers that are tried of a notebook, wherever they come from.

Some are written by hand (:mod:`grader.authoring.verify.wrong_answers`), one for each
exercise is what the student copy holds, and some are generated from the solution
(:mod:`grader.authoring.verify.mutation`). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from grader.authoring.verify import mutation
from grader.authoring.verify.equivalent import Equivalent
from grader.authoring.verify.wrong_answers import WrongAnswer
from grader.grading.trials import Exercise
from grader.notebooks.cells import NotebookNode, grade_id_of, is_answer

Origin = Literal["kept", "stub", "generated"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong answer to an exercise.

    Attributes
    ----------
    grade_id : str
        Of the answer cell.
    name : str
        The name of one written by hand, or what was changed.
    source : str
        Text for the answer cell.
    origin : str
        ``kept`` in the course, the student copy's ``stub``, or ``generated``.
    subtle : bool
        It must pass the visible tests.
    before, after : str
        Of a generated one, the changed lines as they were and as they are.
    """

    grade_id: str
    name: str
    source: str
    origin: Origin
    subtle: bool = False
    before: str = ""
    after: str = ""

    def is_listed_as(self, entry: Equivalent) -> bool:
        """Say whether `entry`, of the same notebook, means this one."""
        key = (self.grade_id, self.before, self.after)
        return key == (entry.grade_id, entry.before, entry.after)


def kept(answers: Mapping[str, Sequence[WrongAnswer]]) -> Iterator[Mutant]:
    """Yield the wrong answers that were written by hand, by their exercise."""
    for grade_id, written in answers.items():
        for each in written:
            yield Mutant(grade_id, each.name, each.source, "kept", each.subtle)


def stubs(copy: NotebookNode, exercises: Iterable[Exercise]) -> Iterator[Mutant]:
    """Yield the student copy's own text of each answer: it must earn nothing."""
    texts = {grade_id_of(c): c.source for c in copy.cells}
    for exercise in exercises:
        if exercise.grade_id in texts:
            text = texts[exercise.grade_id]
            yield Mutant(exercise.grade_id, "left blank", text, "stub")


def generated(
    cells: Iterable[NotebookNode], exercises: Iterable[Exercise]
) -> Iterator[Mutant]:
    """Yield small changes of each solution, always in the same order."""
    texts = {grade_id_of(c): c.source for c in cells if is_answer(c)}
    for exercise in exercises:
        solution = texts[exercise.grade_id]
        for source in mutation.mutants(solution):
            before, after = changed_lines(solution, source)
            name = f"{before} → {after}"
            yield Mutant(
                exercise.grade_id, name, source, "generated", False, before, after
            )


def changed_lines(old: str, new: str) -> tuple[str, str]:
    r"""Return the lines that differ, as they were and as they are, not indented.

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
