"""Assignment × hand-in → the notebook that is run, and what was repaired.

The structure of a handed-in notebook is never trusted. The instructor's
notebook is taken, and into it go the student's answers and extra cells; what is
locked or a test stays the instructor's. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from grader import align, magics, notebook
from grader.align import How, Profile, normal
from grader.records import Answer, Assignment

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_CODE_STUB = "...  # TODO: your answer here"
_TEXT_STUB = "YOUR ANSWER HERE"
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_BADGE = "colab-badge.svg"
_WAYS: dict[How, str] = {
    "grade_id": "its label",
    "cell id": "its cell id",
    "text": "its text",
    "names": "the name it defines",
    "likeness": "its likeness to the released cell",
    "place": "its place",
}


@dataclass(frozen=True, slots=True)
class Grafted:
    """A trusted notebook and how it came about.

    ``repairs`` are sentences for the student, ``flags`` short ones for the
    instructor. ``missing`` are grade_ids with no answer found, ``blank`` those
    left as they were handed out. Every code cell of ``notebook`` has
    ``metadata.grader.role``: ``setup``, ``answer``, ``test`` or ``extra``.
    """

    notebook: NotebookNode
    answers: tuple[Answer, ...] = ()
    repairs: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()


def graft(
    assignment: Assignment,
    content: bytes | NotebookNode,
    parameters: Mapping[str, Any] | None = None,
) -> Grafted:
    """Put the answers of a hand-in into the instructor's notebook.

    Parameters
    ----------
    assignment
        The assignment, with the instructor's notebook and the released copy.
    content
        The hand-in: bytes, or what :func:`grader.notebook.parse_submission` made
        of them.
    parameters
        Values for a cell that is put after the one tagged ``parameters``.

    Raises
    ------
    SubmissionError
        ``content`` is bytes that are no notebook. Nothing is raised for a
        notebook that could be read.
    """
    if isinstance(content, bytes):
        content = notebook.parse_submission(content)
    try:
        return _Graft(assignment, content, parameters or {}).run()
    except Exception as error:  # noqa: BLE001 - one odd notebook never stops a batch
        return _nothing_found(assignment, parameters or {}, error)


def _nothing_found(
    assignment: Assignment, parameters: Mapping[str, Any], error: Exception
) -> Grafted:
    """The blank notebook, flagged: a mistake of ours, for a person to look at."""
    empty = notebook.parse_submission(b'{"nbformat": 4, "cells": []}')
    blank = _Graft(assignment, empty, parameters).run()
    flag = f"look by hand: grafting failed ({type(error).__name__}: {error})"
    told = "Your notebook could not be taken apart; your instructor will look at it."
    return Grafted(
        blank.notebook, blank.answers, (told,), blank.missing, frozenset(), (flag,)
    )


@dataclass(slots=True)
class _Found:
    """A student's text for one answer cell."""

    source: str
    how: str


@dataclass(slots=True)
class _Log:
    repairs: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def repair(self, text: str) -> None:
        self.repairs.append(text)

    def flag(self, text: str) -> None:
        self.flags.append(text)


class _Graft:
    """One run of :func:`graft`; holds what its steps share."""

    def __init__(
        self,
        assignment: Assignment,
        handed: NotebookNode,
        parameters: Mapping[str, Any],
    ) -> None:
        self.assignment = assignment
        self.parameters = parameters
        self.handed = handed
        self.source = notebook.parse(assignment.source)
        self.reference = _reference(self.source, notebook.parse(assignment.released))
        self.cells = [Profile(cell) for cell in handed.cells]
        self.log = _Log()
        self.titles = {task.grade_id: _short(task.title) for task in assignment.tasks}
        self.alignment = align.align(self.reference, handed.cells)
        self.used = set(self.alignment.cells.values())
        self.used |= self.idle_copies()

    def run(self) -> Grafted:
        found = {at: self.answer(at) for at in self.answer_places()}
        self.note_recognised(found)
        self.note_locked()
        answers = tuple(
            Answer(self.id_of(at), self.text_of(at, got), got.how if got else "missing")
            for at, got in found.items()
        )
        notes = self.handed.metadata.grader.notes
        return Grafted(
            notebook=self.assembled(found),
            answers=answers,
            repairs=(*map(_sentence, notes), *self.log.repairs),
            missing=frozenset(a.grade_id for a in answers if a.found == "missing"),
            blank=frozenset(
                self.id_of(a) for a, f in found.items() if self.is_blank(a, f)
            ),
            flags=tuple(self.log.flags),
        )

    def answer_places(self) -> list[int]:
        cells = enumerate(self.reference)
        return [at for at, cell in cells if notebook.is_answer(cell)]

    def id_of(self, at: int) -> str:
        return str(notebook.grade_id(self.reference[at]))

    def title(self, at: int) -> str:
        return self.titles.get(self.id_of(at)) or self.id_of(at)

    def text_of(self, at: int, found: _Found | None) -> str:
        return found.source if found else str(self.reference[at].source)

    def is_blank(self, at: int, found: _Found | None) -> bool:
        return found is not None and not self.worked_on(at, found.source)

    def worked_on(self, at: int, source: str) -> bool:
        """Whether a text has a line that the released stub did not have."""
        stub = {line.strip() for line in self.reference[at].source.split("\n")}
        lines = {line.strip() for line in source.split("\n")}
        return any(not line.startswith("#") for line in lines - stub - {""})

    # Copies --------------------------------------------------------------------
    def idle_copies(self) -> set[int]:
        """Copies of a cell that add nothing: not to be kept as extra cells."""
        idle: set[int] = set()
        for at, cells in self.alignment.copies.items():
            chosen = self.cells[self.alignment.cells[at]].text
            blank = normal(self.reference[at].source)
            texts = {cell: self.cells[cell].text for cell in cells}
            idle |= {c for c, text in texts.items() if text in ("", chosen, blank)}
            self.note_copies(at, {*texts.values()} - {"", blank})
        return idle

    def note_copies(self, at: int, different: set[str]) -> None:
        if not notebook.is_answer(self.reference[at]):
            return
        title = self.title(at)
        self.log.repair(
            f"The answer cell of {title} was there more than once; "
            + ("the last version counts." if len(different) > 1 else "one was kept.")
        )
        if len(different) > 1:
            self.log.flag(f"{self.id_of(at)}: {len(different)} different answers")

    # Answers -------------------------------------------------------------------
    def answer(self, at: int) -> _Found | None:
        """The student's text for an answer cell, or None."""
        place = self.alignment.cells.get(at)
        if place is not None:
            text = self.as_type(at, place)
            if self.worked_on(at, text):
                return _Found(text, self.alignment.how[at])
        elsewhere = self.new_cell(at, place)
        if elsewhere is not None:
            return elsewhere
        if place is not None:
            return _Found(self.cells[place].cell.source, self.alignment.how[at])
        return self.merged(at)

    def as_type(self, at: int, place: int) -> str:
        """The text of a handed-in cell as the type of cell that was released."""
        cell, wanted = self.cells[place].cell, self.reference[at].cell_type
        text = str(cell.source)
        if cell.cell_type != wanted:
            self.log.repair(
                f"The answer cell of {self.title(at)} had become a {cell.cell_type} "
                f"cell; it was read as {wanted}."
            )
        if wanted == "code" and magics.parsed(text) is None:
            bare = _FENCE.sub("", text)
            if bare != text and magics.parsed(bare) is not None:
                self.log.repair(
                    f"Code fences (```) were taken out of {self.title(at)}."
                )
                return bare.strip("\n")
        return text

    def new_cell(self, at: int, place: int | None) -> _Found | None:
        """An answer typed into a cell of its own, its own cell left empty."""
        names = Profile(self.reference[at]).names
        free = [i for i, c in enumerate(self.cells) if c.code and i not in self.used]
        cells = [i for i in free if names and names <= self.cells[i].names]
        if not names and place is not None and place + 1 in free:
            cells = [place + 1]
        if not cells:
            return None
        self.used.add(cells[-1])
        self.log.repair(
            f"Your answer to {self.title(at)} stood in a new cell; "
            "it was put into the answer cell."
        )
        return _Found(str(self.cells[cells[-1]].cell.source), "new cell")

    def merged(self, at: int) -> _Found | None:
        """An answer that stands in the cell of another answer."""
        names = Profile(self.reference[at]).names
        for other, place in self.alignment.cells.items():
            if names and names <= self.cells[place].names and other != at:
                self.log.repair(
                    f"Your answer to {self.title(at)} stood in the cell of "
                    f"{self.title(other)}; it was left there."
                )
                pointer = f"# The answer stands in the cell of {self.title(other)}."
                return _Found(pointer, "merged")
        return None

    def note_recognised(self, found: Mapping[int, _Found | None]) -> None:
        """Say how answers without their label were recognised, and which were not."""
        by_way: dict[How, list[str]] = {}
        for at in found:
            how = self.alignment.how.get(at, "grade_id")
            by_way.setdefault(how, []).append(self.title(at))
            if how in ("likeness", "place"):
                self.log.flag(f"{self.id_of(at)}: recognised by {how}")
        by_way.pop("grade_id", None)
        for way, titles in by_way.items():
            self.log.repair(_recognised(titles, _WAYS[way]))
        for at in (at for at, got in found.items() if got is None):
            self.log.repair(f"No answer to {self.title(at)} was found.")
            self.log.flag(f"{self.id_of(at)}: no answer found; look by hand")

    # What is not the student's ---------------------------------------------------
    def note_locked(self) -> None:
        """Say which locked and test cells were changed or deleted."""
        release = self.handed.metadata.grader.release
        if release is not None and release != self.assignment.release:
            self.log.repair(
                "Your notebook comes from another release of this assignment; "
                "it was graded with the current tests."
            )
            self.log.flag("handed in from another release")
        for at, cell in enumerate(self.reference):
            if notebook.is_locked(cell):
                self.note_locked_cell(at, cell)

    def note_locked_cell(self, at: int, cell: NotebookNode) -> None:
        what = "test" if notebook.is_test(cell) else "text"
        name = f"The locked {what} cell of {self.title(at)}"
        place = self.alignment.cells.get(at)
        if place is None:
            self.log.repair(f"{name} had been deleted; it was put back.")
            return
        if self.cells[place].text not in self.originals(at):
            self.log.repair(f"{name} had been changed; the original was used.")
        ours = notebook.nbgrader_of(cell).get("points")
        theirs = notebook.nbgrader_of(self.cells[place].cell).get("points", ours)
        if notebook.is_test(cell) and theirs != ours:
            self.log.repair(
                f"The points of {self.title(at)} had been changed to {theirs}; "
                f"{ours} count."
            )

    def originals(self, at: int) -> tuple[str, str]:
        """A locked cell as students received it, and as the instructor has it.

        The second is handed in when the solution itself is graded.
        """
        return normal(self.reference[at].source), normal(self.source.cells[at].source)

    # Assembly ------------------------------------------------------------------
    def assembled(self, found: Mapping[int, _Found | None]) -> NotebookNode:
        """The instructor's notebook with answers, extra cells and parameters."""
        extras = self.extras()
        cells = list(extras.get(-1, []))
        for at, cell in enumerate(self.source.cells):
            if at in found:
                cell.source = self.text_of(at, found[at])
                released = notebook.nbgrader_of(self.reference[at])
                cell.metadata["nbgrader"] = NotebookNode(released)
            _set_role(cell)
            cells += [cell, *self.injected(cell), *self.edited(at), *extras.get(at, [])]
        self.source.cells = _unique_ids(cells)
        return self.source

    def injected(self, cell: NotebookNode) -> list[NotebookNode]:
        """The cell that sets the parameters, after the one tagged for it."""
        if not self.parameters or PARAMETERS not in notebook.tags(cell):
            return []
        lines = [f"{name} = {value!r}" for name, value in self.parameters.items()]
        made = notebook.new_cell("code", "\n".join(lines), INJECTED)
        made.metadata["tags"] = [INJECTED]
        _set_role(made)
        return [made]

    def edited(self, at: int) -> list[NotebookNode]:
        """The student's version of an ordinary cell of ours, if it says more."""
        place, cell = self.alignment.cells.get(at), self.reference[at]
        keep = not notebook.is_answer(cell) and not notebook.is_test(cell)
        if place is None or not keep or PARAMETERS in notebook.tags(cell):
            return []
        theirs = self.cells[place]
        if theirs.code and notebook.is_locked(cell):
            return []
        if theirs.text == normal(cell.source) or not self.worked_on(at, theirs.text):
            return []
        if theirs.code:
            self.log.repair(
                f"You changed a cell of ours ({_start(cell)}); "
                "ours was run first, then yours."
            )
        return [_extra(theirs.cell)]

    def extras(self) -> dict[int, list[NotebookNode]]:
        """The student's own cells, by the reference cell that they follow."""
        follow = {place: at for at, place in self.alignment.cells.items()}
        kept: dict[int, list[NotebookNode]] = {}
        anchor = -1
        for place, profile in enumerate(self.cells):
            anchor = follow.get(place, anchor)
            if place not in self.used and profile.text and _BADGE not in profile.text:
                kept.setdefault(anchor, []).append(_extra(profile.cell))
        return kept


def _reference(source: NotebookNode, released: NotebookNode) -> list[NotebookNode]:
    """For each cell of the source, the cell that students received."""
    by_grade_id = {notebook.grade_id(cell): cell for cell in released.cells}
    by_id = {cell.id: cell for cell in released.cells}
    by_grade_id.pop(None, None)
    return [
        by_grade_id.get(notebook.grade_id(cell)) or by_id.get(cell.id) or _blanked(cell)
        for cell in source.cells
    ]


def _blanked(cell: NotebookNode) -> NotebookNode:
    """A cell that was not released, with nothing of a solution in it."""
    copy = notebook.new_cell(cell.cell_type, cell.source, cell.id)
    copy.metadata = cell.metadata
    if notebook.is_answer(cell):
        copy.source = _CODE_STUB if cell.cell_type == "code" else _TEXT_STUB
    return copy


def _set_role(cell: NotebookNode) -> None:
    """Write down what a code cell is, for those that run it."""
    if cell.cell_type == "code":
        role = "answer" if notebook.is_answer(cell) else "setup"
        role = "test" if notebook.is_test(cell) else role
        cell.metadata["grader"] = NotebookNode(role=role)


def _extra(cell: NotebookNode) -> NotebookNode:
    made = notebook.new_cell(cell.cell_type, cell.source, cell.id)
    role = {"role": "extra"} if cell.cell_type == "code" else {}
    made.metadata["grader"] = NotebookNode(extra=True, **role)
    return made


def _unique_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Rename extra cells whose id is taken; the instructor's keep theirs."""
    extra = [cell for cell in cells if cell.metadata.get("grader", {}).get("extra")]
    taken = {cell.id for cell in cells if not any(cell is one for one in extra)}
    for number, cell in enumerate(extra, start=1):
        while cell.id in taken:
            cell["id"] = f"extra-{number}" if len(cell.id) > 50 else f"{cell.id}-x"
        taken.add(cell.id)
    return cells


def _short(title: str) -> str:
    """A heading without its points: ``Exercise 3 · corr2d``."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", title)


def _start(cell: NotebookNode) -> str:
    line = normal(cell.source).split("\n")[0]
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _recognised(titles: list[str], way: str) -> str:
    if len(titles) == 1:
        return (
            f"Your answer to {titles[0]} had lost its nbgrader label; "
            f"it was recognised by {way}."
        )
    return (
        f"{len(titles)} answers had lost their nbgrader labels; each was recognised "
        f"by {way}: {', '.join(titles)}."
    )


__all__ = ["INJECTED", "PARAMETERS", "Grafted", "graft"]
