"""Merge a submission's answers into the instructor's notebook, and list repairs. Pure.

The structure of a submitted notebook is never trusted. The instructor's notebook is
taken, and the student's answers and added cells go into it; tests and whatever else
is locked stay the instructor's.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.errors import SubmissionError
from grader.notebooks import magics
from grader.notebooks.cells import (
    Cell,
    NotebookNode,
    cells_of,
    grade_id_of,
    is_locked,
    is_test,
    nbgrader_of,
    new_cell,
    parse_notebook,
    tags_of,
)
from grader.records import Answer, Assignment, Flag
from grader.submissions import roles
from grader.submissions.align import Profile, align, normal
from grader.submissions.recover import recover, worked_on
from grader.submissions.releases import closest, known, reference
from grader.submissions.repair import attachments
from grader.submissions.repair.attachments import LOST
from grader.submissions.repair.notebook import nothing, readings

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_MAX_PARSED = 1_000_000
_BADGE = "colab-badge.svg"


@dataclass(frozen=True, slots=True)
class Merged:
    """A trusted notebook and how it came about.

    ``repairs`` are sentences for the student, ``flags`` short ones for the
    instructor. ``missing`` are grade_ids with no answer found, ``blank`` those
    left as they were released. Every code cell of ``notebook`` has a role, see
    :data:`grader.notebooks.cells.Role`; ``cells`` are the records of its cells.
    """

    notebook: NotebookNode
    answers: tuple[Answer, ...] = ()
    repairs: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    flags: tuple[Flag, ...] = ()
    cells: tuple[Cell, ...] = field(default=(), compare=False, repr=False)


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

    Raises
    ------
    SubmissionError
        ``content`` is no notebook. Nothing is raised for one that could be read.
    """
    try:
        merged = [
            _Merge(assignment, read, parameters or {}).run()
            for read in readings(content)
        ]
        return max(merged, key=_worth)
    except SubmissionError:
        raise
    except Exception as error:  # noqa: BLE001 - one odd notebook never stops a batch
        return _nothing_found(assignment, parameters or {}, error)


def _worth(made: Merged) -> tuple[int, int]:
    """How many answers there are, and how many of them are Python or prose."""
    answers = [a for a in made.answers if a.grade_id not in made.missing | made.blank]
    broken = [a for a in answers if magics.parsed_to_read(a.source) is None]
    prose = {
        grade_id_of(cell) for cell in made.notebook.cells if cell.cell_type != "code"
    }
    return len(answers), -sum(a.grade_id not in prose for a in broken)


def _nothing_found(
    assignment: Assignment, parameters: Mapping[str, Any], error: Exception
) -> Merged:
    """The blank notebook, flagged: a mistake of ours, for a person to look at."""
    blank = _Merge(assignment, nothing(), parameters).run()
    flag = Flag(
        "repair", f"look by hand: merging failed ({type(error).__name__}: {error})"
    )
    told = "Your notebook could not be taken apart; your instructor will look at it."
    return Merged(
        notebook=blank.notebook,
        answers=blank.answers,
        repairs=(told,),
        missing=blank.missing,
        unsure=blank.missing,
        flags=(flag,),
        cells=blank.cells,
    )


class _Merge:
    """One run of :func:`merge`; holds what its steps share."""

    def __init__(
        self,
        assignment: Assignment,
        submitted: NotebookNode,
        parameters: Mapping[str, Any],
    ) -> None:
        self.assignment = assignment
        self.parameters = parameters
        self.claims = submitted.metadata["grader"]
        self.source = parse_notebook(assignment.source)
        editions = (assignment.released, *assignment.earlier)
        edition = closest(editions, submitted)
        texts, release = known(editions[edition])
        self.earlier = (release or "unnamed") if edition else None
        self.released_texts = set(texts) if edition else set()
        self.reference = reference(assignment.source, editions[edition])
        self.submitted = _profiles(submitted.cells)
        self.titles = {task.grade_id: short(task.title) for task in assignment.tasks}
        self.labels = [grade_id_of(cell) or "" for cell in self.source.cells]
        self.alignment = align(self.reference, self.submitted)
        self.recovered = recover(
            self.reference, self.submitted, self.alignment, self.title, self.id_of
        )
        self.repairs = list(map(_sentence, self.claims["notes"]))

    def run(self) -> Merged:
        found = self.recovered.found
        self.repairs += self.recovered.repairs
        self.note_release()
        self.note_locked()
        made = self.assembled()
        return Merged(
            notebook=made,
            answers=tuple(map(self.as_answer, found)),
            repairs=tuple(dict.fromkeys(self.repairs)),
            missing=frozenset(self.id_of(at) for at, got in found.items() if not got),
            blank=frozenset(self.id_of(at) for at in found if self.is_blank(at)),
            unsure=frozenset(map(self.id_of, self.recovered.unsure)),
            flags=tuple(self.flags()),
            cells=cells_of(made),
        )

    def flags(self) -> Iterator[Flag]:
        """What the instructor should know: damage, doubts, another release."""
        for text in (*self.claims["flags"], *self.recovered.flags):
            yield Flag("repair", text)
        if self.of_unknown_release():
            yield Flag("release", "submitted from another release")
        elif self.earlier:
            yield Flag("release", f"from earlier release {self.earlier[:12]}")

    def id_of(self, at: int) -> str:
        return self.labels[at]

    def title(self, at: int) -> str:
        """Name of a cell in messages: its exercise, its label, or how it starts."""
        label = self.id_of(at)
        return self.titles.get(label) or label or _start(self.reference[at])

    def text_of(self, at: int) -> str:
        got = self.recovered.found[at]
        return got.source if got else str(self.reference[at].cell.source)

    def as_answer(self, at: int) -> Answer:
        got = self.recovered.found[at]
        return Answer(self.id_of(at), self.text_of(at), got.how if got else "missing")

    def is_blank(self, at: int) -> bool:
        got = self.recovered.found[at]
        if got is None or got.how == "merged":
            return False
        return not worked_on(self.reference[at], got.source)

    # What is not the student's ---------------------------------------------------
    def of_unknown_release(self) -> bool:
        """Whether the submission says so; it may lie, and gains nothing by it."""
        claimed = self.claims["release"]
        return claimed not in (None, self.assignment.release, self.earlier)

    def note_release(self) -> None:
        if self.of_unknown_release():
            self.repairs.append(
                "Your notebook comes from another release of this assignment; "
                "it was graded with the current tests."
            )
        elif self.earlier:
            self.repairs.append(
                f"Your notebook comes from an earlier release of this assignment "
                f"({self.earlier[:12]}); it was graded with the current tests."
            )

    def note_locked(self) -> None:
        """Say which locked and test cells were deleted, changed or re-priced."""
        deleted, changed = [], []
        for at, ours in enumerate(self.reference):
            if not is_locked(ours.cell):
                continue
            place = self.alignment.cells.get(at)
            name = f"{self.title(at)} ({'test' if _is_test(ours) else 'text'})"
            if place is None:
                deleted.append(name)
            else:
                theirs = self.submitted[place]
                self.note_points(at, theirs)
                changed += [] if theirs.text in self.originals(at) else [name]
        self.repairs += _told(deleted, "deleted", "put back")
        self.repairs += _told(changed, "changed", "restored")

    def note_points(self, at: int, theirs: Profile) -> None:
        ours = nbgrader_of(self.reference[at].cell).get("points")
        claimed = nbgrader_of(theirs.cell).get("points", ours)
        if _is_test(self.reference[at]) and claimed != ours:
            self.repairs.append(
                f"The points of {self.title(at)} were changed to {claimed!r}; "
                f"{ours} count."
            )

    def originals(self, at: int) -> tuple[str, str]:
        """A locked cell as students received it, and as the instructor has it.

        The second is submitted when the solution itself is graded.
        """
        return self.reference[at].text, normal(self.source.cells[at].source)

    # Assembly ------------------------------------------------------------------
    def assembled(self) -> NotebookNode:
        """The instructor's notebook with answers, extra cells and parameters."""
        extras = self.extras()
        cells = list(extras.get(-1, []))
        for at, cell in enumerate(self.source.cells):
            if at in self.recovered.found:
                cell.source = self.text_of(at)
                self.attach(cell, at)
                # The checksum of the released cell tells nbgrader a blank one.
                released = nbgrader_of(self.reference[at].cell)
                if "checksum" in released:
                    cell.metadata["nbgrader"]["checksum"] = released["checksum"]
            roles.set_role(cell)
            cells += [cell, *self.injected(cell), *self.edited(at), *extras.get(at, [])]
        if self.parameters and not any(map(_takes_parameters, self.source.cells)):
            cells.insert(0, self.parameter_cell())
        self.source.cells = _unique_ids(cells)
        return self.source

    def attach(self, cell: NotebookNode, at: int) -> None:
        """Give a text the pictures that it shows, wherever the student's copy has them.

        Names such as image.png come again and again: the answer's own cell goes first.
        """
        if cell.cell_type == "code":
            return
        own = self.alignment.cells.get(at)
        order = sorted(range(len(self.submitted)), key=lambda place: place != own)
        cells = [*(self.submitted[place].cell for place in order), cell]
        self.show_pictures(cell, cells, self.title(at))

    def show_pictures(
        self, cell: NotebookNode, where: Sequence[NotebookNode], title: str
    ) -> None:
        found = attachments.shown(
            cell.source, [c.get("attachments", {}) for c in where]
        )
        cell.pop("attachments", None)
        if found:
            cell["attachments"] = NotebookNode(found)
        for name in (name for name, picture in found.items() if picture == LOST):
            self.repairs.append(
                f"The picture {name} in {title} is not in your file; paste it again."
            )

    def injected(self, cell: NotebookNode) -> list[NotebookNode]:
        """The cell that sets the parameters, after the one tagged for it."""
        wanted = self.parameters and _takes_parameters(cell)
        return [self.parameter_cell()] if wanted else []

    def parameter_cell(self) -> NotebookNode:
        lines = [f"{name} = {value!r}" for name, value in self.parameters.items()]
        made = new_cell("code", "\n".join(lines), INJECTED)
        made.metadata["tags"] = [INJECTED]
        roles.set_role(made)
        return made

    def edited(self, at: int) -> list[NotebookNode]:
        """The student's version of a cell of ours, if it says more.

        Not of a locked code cell, and not of the parameters, which would undo
        those that were injected.
        """
        place, ours = self.alignment.cells.get(at), self.reference[at]
        if place is None or at in self.recovered.found:
            return []
        theirs = self.submitted[place]
        closed = is_locked(ours.cell) or _takes_parameters(ours.cell)
        closed = closed if theirs.code else self.of_unknown_release()
        if closed or not worked_on(ours, theirs.text):
            return []
        if theirs.code and not _is_form(ours):
            self.repairs.append(
                f"You changed a cell of ours ({_start(ours)}); "
                "ours was put back, and yours was run after it."
            )
        return [self.as_extra(theirs.cell)]

    def as_extra(self, cell: NotebookNode) -> NotebookNode:
        made = new_cell(cell.cell_type, cell.source, cell.id)
        roles.as_extra(made)
        if made.cell_type != "code":
            self.show_pictures(made, [cell], "a text of your own")
        return made

    def extras(self) -> dict[int, list[NotebookNode]]:
        """The student's own cells, by the reference cell that they follow."""
        follow = {place: at for at, place in self.alignment.cells.items()}
        kept: dict[int, list[NotebookNode]] = {}
        anchor = -1
        # A blank copy of an answer cell would undo the answer above it.
        idle = {"", *(self.reference[at].text for at in self.recovered.found)}
        idle |= self.released_texts
        for place, profile in enumerate(self.submitted):
            anchor = follow.get(place, anchor)
            own = place not in self.recovered.used
            if own and profile.text not in idle and _BADGE not in profile.text:
                kept.setdefault(anchor, []).append(self.as_extra(profile.cell))
        return kept


def _profiles(cells: list[NotebookNode]) -> list[Profile]:
    """Profiles of a submission, of which only so much is parsed."""
    sizes = itertools.accumulate(len(cell.source) for cell in cells)
    whole = zip(cells, sizes, strict=True)
    return [Profile(cell, parse=size <= _MAX_PARSED) for cell, size in whole]


def _unique_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Rename extra cells whose id is taken; the instructor's keep theirs."""
    extra = [cell for cell in cells if cell.metadata.get("grader", {}).get("extra")]
    own = set(map(id, extra))
    taken = {cell.id for cell in cells if id(cell) not in own}
    for number, cell in enumerate(extra, start=1):
        while cell.id in taken:
            cell["id"] = f"extra-{number}" if len(cell.id) > 50 else f"{cell.id}-x"
        taken.add(cell.id)
    return cells


def short(title: str) -> str:
    """A heading without its points: ``Exercise 3 · corr2d``."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", title)


def _is_test(profile: Profile) -> bool:
    return is_test(profile.cell)


def _takes_parameters(cell: NotebookNode) -> bool:
    return PARAMETERS in tags_of(cell)


def _told(names: list[str], what: str, then: str) -> list[str]:
    """One sentence for all locked cells with the same fate."""
    if len(names) == 1:
        return [f"The locked cell of {names[0]} was {what}; it was {then}."]
    whole = f"{len(names)} locked cells were {what} and have been {then}: "
    return [f"{whole}{', '.join(names)}."] if names else []


def _is_form(profile: Profile) -> bool:
    """Whether a cell asks to be filled in, such as ``NAME = ""``."""
    tree = magics.parsed(profile.text)
    values = [getattr(n, "value", n) for n in tree.body] if tree is not None else []
    return bool(values) and all(
        isinstance(v, ast.Constant) and v.value in ("", None) for v in values
    )


def _start(profile: Profile) -> str:
    line = profile.text.split("\n")[0]
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


__all__ = ["INJECTED", "PARAMETERS", "Merged", "merge", "short"]
