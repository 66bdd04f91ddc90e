"""Merge a submission's answers into the instructor's notebook, and list repairs. Pure.

The structure of a submitted notebook is never trusted. Read :func:`merge` first: the
bytes are read (:mod:`grader.submissions.repair.notebook`), the cells are compared with
those that students received (:mod:`grader.submissions.compare`), the answers are found
(:mod:`grader.submissions.recover`), and a notebook is put together from the
instructor's (:mod:`grader.submissions.assemble`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.errors import SubmissionError
from grader.notebooks import magics
from grader.notebooks.cells import Cell, NotebookNode, cells_of
from grader.records import Answer, Assignment, Flag
from grader.submissions import notes
from grader.submissions.assemble import answer_text, assemble
from grader.submissions.blank import worked_on
from grader.submissions.compare import Comparison, compare
from grader.submissions.doubts import note_doubts
from grader.submissions.recover import Recovered, recover
from grader.submissions.repair.notebook import nothing, readings


@dataclass(frozen=True, slots=True)
class Merged:
    """A trusted notebook and how it came about.

    Attributes
    ----------
    notebook : NotebookNode
        What is graded. Every code cell has a role, see
        :data:`grader.notebooks.cells.Role`.
    answers : tuple of Answer
        The text of each answer cell, in order.
    repairs : tuple of str
        Sentences for the student on what was repaired.
    missing, blank, unsure : frozenset of str
        The grade_ids of answers that were not found, that are as they were released,
        and that a person has to look for.
    flags : tuple of Flag
        For the instructor.
    cells : tuple of Cell
        The records of the notebook's cells.
    files : tuple of (str, bytes)
        What the student has submitted beside it; see `Submission`.
    """

    notebook: NotebookNode
    answers: tuple[Answer, ...] = ()
    repairs: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    flags: tuple[Flag, ...] = ()
    cells: tuple[Cell, ...] = field(default=(), compare=False, repr=False)
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


def merge(
    assignment: Assignment,
    content: bytes,
    parameters: Mapping[str, Any] | None = None,
) -> Merged:
    """Put the answers of a submission into the instructor's notebook.

    Parameters
    ----------
    assignment
        The assignment, with the instructor's notebook and the released copy.
    content
        The submission. Of several readings that merge conflicts leave, the one with
        the most answers is taken.
    parameters
        Values for a cell that is put after the one tagged ``parameters``.

    Returns
    -------
    Merged
        The notebook to grade, with its repairs and flags.

    Raises
    ------
    SubmissionError
        ``content`` is not a notebook. Nothing is raised for one that could be read.
    """
    try:
        merged = [
            _merge_reading(assignment, reading, parameters or {})
            for reading in readings(content)
        ]
        return max(merged, key=_worth)
    except SubmissionError:
        raise
    except Exception as error:  # noqa: BLE001 - one odd notebook never stops a batch
        return _merge_failed(assignment, parameters or {}, error)


def _merge_reading(
    assignment: Assignment, submitted: NotebookNode, parameters: Mapping[str, Any]
) -> Merged:
    comparison = compare(assignment, submitted)
    recovered = recover(comparison)
    note_doubts(comparison, recovered)
    on_locked_cells = notes.locked_repairs(comparison)
    notebook, on_assembly = assemble(comparison, recovered, parameters)
    repairs = (
        *map(_as_sentence, submitted.metadata["grader"]["notes"]),
        *recovered.repairs,
        notes.release_repair(comparison.origin),
        *on_locked_cells,
        *on_assembly,
    )
    missing = [at for at, answer in recovered.answers.items() if answer is None]
    return Merged(
        notebook=notebook,
        answers=tuple(_answers(comparison, recovered)),
        repairs=tuple(dict.fromkeys(filter(None, repairs))),
        missing=frozenset(map(comparison.grade_id, missing)),
        blank=frozenset(map(comparison.grade_id, _blank(comparison, recovered))),
        unsure=frozenset(map(comparison.grade_id, recovered.unsure)),
        flags=tuple(_flags(submitted, comparison, recovered)),
        cells=cells_of(notebook),
    )


def _answers(comparison: Comparison, recovered: Recovered) -> Iterator[Answer]:
    for at, answer in recovered.answers.items():
        text = answer_text(comparison, recovered, at)
        yield Answer(comparison.grade_id(at), text, answer.how if answer else "missing")


def _blank(comparison: Comparison, recovered: Recovered) -> Iterator[int]:
    """Yield the answer cells that are as they were released."""
    for at, answer in recovered.answers.items():
        if answer is None or answer.how == "merged":
            continue
        if not worked_on(comparison.reference[at], answer.source):
            yield at


def _flags(
    submitted: NotebookNode, comparison: Comparison, recovered: Recovered
) -> Iterator[Flag]:
    """Yield what the instructor should know: damage, doubts, another release."""
    for text in (*submitted.metadata["grader"]["flags"], *recovered.flags):
        yield Flag("repair", text)
    if text := notes.release_flag(comparison.origin):
        yield Flag("release", text)


def _worth(merged: Merged) -> tuple[int, int]:
    """Return how many answers there are, and minus how many of them do not parse."""
    left = merged.missing | merged.blank
    answers = [answer for answer in merged.answers if answer.grade_id not in left]
    in_text = {cell.grade_id for cell in merged.cells if not cell.is_code}
    broken = [
        answer
        for answer in answers
        if answer.grade_id not in in_text
        and magics.parsed_to_read(answer.source) is None
    ]
    return len(answers), -len(broken)


def _merge_failed(
    assignment: Assignment, parameters: Mapping[str, Any], error: Exception
) -> Merged:
    """Return the blank notebook, flagged: a fault of the grader, for a person."""
    blank = _merge_reading(assignment, nothing(), parameters)
    flag = Flag(
        "repair", f"look by hand: merging failed ({type(error).__name__}: {error})"
    )
    repair = "Your notebook could not be merged; your instructor will look at it."
    return Merged(
        notebook=blank.notebook,
        answers=blank.answers,
        repairs=(repair,),
        missing=blank.missing,
        unsure=blank.missing,
        flags=(flag,),
        cells=blank.cells,
    )


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


__all__ = ["Merged", "merge"]
