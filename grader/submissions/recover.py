"""Find the student's text for each answer cell, wherever it ended up. Pure.

An answer may be in a new cell, in the cell of another answer, in a locked cell, or in
pieces. The student is told what was taken from where. A cell that only may be an
answer is not taken: :mod:`grader.submissions.doubts` flags it for the instructor.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.notebooks import magics
from grader.submissions.align import How, bound_names, own_names
from grader.submissions.blank import worked_on
from grader.submissions.compare import Comparison
from grader.submissions.repair import paste

_WAYS: dict[How, str] = {
    "cell id": "its cell id",
    "text": "its text",
    "names": "the name it defines",
    "likeness": "its likeness to the released cell",
    "place": "its place",
}


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A student's text for one answer cell.

    ``how`` is one of :data:`grader.submissions.align.How`, or ``joined``, ``new cell``,
    ``merged``, ``locked cell``.
    """

    source: str
    how: str


@dataclass(slots=True)
class Recovered:
    """What was recovered of the answers of one submission.

    Attributes
    ----------
    answers : dict of int to AnswerText or None
        For each answer cell of the reference, by its index, the student's text.
    used : set of int
        Cells of the submission that need not be kept as extra cells.
    unsure : set of int
        Answer cells for which a person has to look.
    repairs : list of str
        Sentences for the student.
    flags : list of str
        Short sentences for the instructor.
    """

    answers: dict[int, AnswerText | None] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)
    repairs: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def recover(comparison: Comparison) -> Recovered:
    """Find the text of each answer.

    Parameters
    ----------
    comparison
        The submission beside the cells that students received.
    """
    return _Search(comparison).run()


class _Search:
    """One run of :func:`recover`; holds what its steps share."""

    def __init__(self, comparison: Comparison) -> None:
        self.title = comparison.title
        self.grade_id = comparison.grade_id
        self.reference = comparison.reference
        self.submitted = comparison.submitted
        self.alignment = comparison.alignment
        self.unique = own_names(self.reference)
        self.recovered = Recovered(used=set(self.alignment.cells.values()))

    def run(self) -> Recovered:
        for at in self.alignment.copies:
            self.drop_idle_copies(at)
        for at, stub in enumerate(self.reference):
            if stub.cell.is_answer:
                self.recovered.answers[at] = self.answer(at)
        self.report_evidence()
        return self.recovered

    def repair(self, text: str) -> None:
        self.recovered.repairs.append(text)

    def flag(self, at: int, text: str) -> None:
        self.recovered.flags.append(f"{self.grade_id(at)}: {text}")

    def unused_code(self) -> list[int]:
        """Return the code cells of the submission that nothing was taken from."""
        cells = enumerate(self.submitted)
        return [at for at, c in cells if c.code and at not in self.recovered.used]

    def drop_idle_copies(self, at: int) -> None:
        """Leave out copies of a cell that add nothing, blank ones above all.

        A blank copy below the answer would define its function again.
        """
        texts = {c: self.submitted[c].text for c in self.alignment.copies[at]}
        unanswered = {"", self.reference[at].text}
        idle = unanswered | {self.submitted[self.alignment.cells[at]].text}
        self.recovered.used |= {cell for cell, text in texts.items() if text in idle}
        if self.reference[at].cell.is_answer:
            different = len({*texts.values()} - unanswered)
            counts = "the last version counts" if different > 1 else "one was kept"
            self.repair(
                f"Your notebook had the answer cell of {self.title(at)} "
                f"{len(texts)} times; {counts}."
            )
            if different > 1:
                self.flag(at, f"{different} different copies")

    # The answer's own cell -----------------------------------------------------
    def answer(self, at: int) -> AnswerText | None:
        """Return the student's text for an answer cell, or None."""
        place = self.alignment.cells.get(at)
        if place is not None:
            text = self.as_released(at, place)
            if worked_on(self.reference[at], text):
                return self.joined(at, place, text) or self.own_text(at, place, text)
        elsewhere = self.in_new_cell(at) or self.merged(at) or self.in_locked(at)
        if elsewhere is None and place is not None:
            return self.plain(at, self.submitted[place].cell.source)
        return elsewhere

    def own_text(self, at: int, place: int, text: str) -> AnswerText:
        """Return the text in the answer's own cell, or else the one in a new cell."""
        if not self.unique[at] or self.unique[at] <= bound_names(text):
            return self.plain(at, text)
        elsewhere = self.in_new_cell(at)
        if elsewhere is None:
            return self.plain(at, text)
        self.recovered.used.discard(place)
        return elsewhere

    def plain(self, at: int, text: str) -> AnswerText:
        return AnswerText(str(text), self.alignment.how[at])

    def as_released(self, at: int, place: int) -> str:
        """Return the text of a submitted cell as the type of cell that was released."""
        cell, released = self.submitted[place].cell, self.reference[at].cell.cell_type
        if cell.cell_type != released:
            self.repair(
                f"The answer cell of {self.title(at)} had become a {cell.cell_type} "
                f"cell; it was read as {released}."
            )
        return self.tidied(at, cell.source)

    def tidied(self, at: int, text: str) -> str:
        """Return a text without what pasting and merging left in it."""
        text = str(text)
        merged = paste.without_conflict(text, lambda version: self.worth(at, version))
        if merged != text:
            self.repair(
                f"Merge-conflict markers were removed from {self.title(at)}; one of "
                "the versions between them was kept."
            )
            self.flag(at, "merge conflict in the answer; look by hand")
        if not self.reference[at].code:
            return merged
        bare = paste.without_fences(merged)
        if bare != merged:
            self.repair(f"Code fences (```) were removed from {self.title(at)}.")
        typed = paste.without_prompts(bare)
        if typed != bare:
            self.repair(f"The prompts of a shell were removed from {self.title(at)}.")
        spaced = paste.with_plain_blanks(typed)
        if spaced != typed:
            self.repair(
                "Blanks of a web page, which Python refuses, were replaced by ordinary "
                f"ones in {self.title(at)}."
            )
        return spaced

    def worth(self, at: int, text: str) -> int:
        """Return how much of an answer a text is: worked on, and whole."""
        return worked_on(self.reference[at], text) + 2 * (
            not self.reference[at].code or self.is_whole(at, text)
        )

    # Pieces of an answer ---------------------------------------------------------
    def joined(self, at: int, place: int, text: str) -> AnswerText | None:
        """Put an answer together that was split into several cells.

        Either copies of the label mark the pieces, or the next cell goes on in the
        middle of a block.
        """
        if not self.reference[at].code:
            return None
        copies = self.alignment.copies.get(at, ())
        pieces = [c for c in copies if c not in self.recovered.used or c == place]
        if len(pieces) < 2 or self.is_whole(at, text):
            pieces = self.following_pieces(at, place, text)
        whole = "\n".join(self.submitted[cell].cell.source for cell in pieces)
        if len(pieces) < 2 or not self.is_whole(at, whole):
            return None
        self.recovered.used.update(pieces)
        self.repair(
            f"Your answer to {self.title(at)} was split into {len(pieces)} cells; "
            "they were joined."
        )
        return AnswerText(whole, "joined")

    def following_pieces(self, at: int, place: int, text: str) -> list[int]:
        """Return a cell and those below that go on with it, or that it lacks.

        A cell that binds no name at all is not a first piece.
        """
        pieces, free = [place], self.unused_code()
        while (below := pieces[-1] + 1) in free and (
            self.goes_on(below) or (bound_names(text) and not self.is_whole(at, text))
        ):
            text += f"\n{self.submitted[below].cell.source}"
            pieces.append(below)
        return pieces

    def is_whole(self, at: int, text: str) -> bool:
        """Say whether a text is Python and defines all that the released cell does."""
        names = self.reference[at].names
        return magics.parsed(text) is not None and names <= bound_names(text)

    def goes_on(self, cell: int) -> bool:
        """Say whether a cell starts indented, so that it continues another."""
        return self.submitted[cell].text.startswith((" ", "\t"))

    # Answers in other cells ------------------------------------------------------
    def in_new_cell(self, at: int) -> AnswerText | None:
        """Find an answer in a new cell whose own cell was left empty."""
        unique, names = self.unique[at], self.reference[at].names
        place = self.alignment.cells.get(at, -2)
        free = [c for c in self.unused_code() if self.adds(at, c)]
        cells = [c for c in free if unique and unique <= self.submitted[c].names]
        below = [c for c in free if c == place + 1]
        if not unique and self.reference[at].code:
            cells = [c for c in below if names <= self.submitted[c].names]
        cells = cells or self.code_in_text(unique)
        if not cells:
            return None
        self.recovered.used.add(cells[-1])
        self.repair(
            f"Your answer to {self.title(at)} was in a new cell; "
            "it was moved to the answer cell."
        )
        text = self.tidied(at, self.submitted[cells[-1]].cell.source)
        return AnswerText(text, "new cell")

    def adds(self, at: int, cell: int) -> bool:
        return worked_on(self.reference[at], self.submitted[cell].text)

    def code_in_text(self, unique: frozenset[str]) -> list[int]:
        """Return the text cells of the student that hold the code of an answer."""
        return [
            place
            for place, cell in enumerate(self.submitted)
            if unique and unique <= cell.named and not cell.code
            if place not in self.recovered.used
            if magics.parsed(paste.without_fences(cell.text)) is not None
        ]

    def merged(self, at: int) -> AnswerText | None:
        """Find an answer in the cell of another answer or in an instructor's cell."""
        unique = self.unique[at]
        for host, place in self.alignment.cells.items():
            theirs = self.submitted[place]
            apart = host != at and not self.reference[host].cell.locked
            if unique and apart and unique <= theirs.names:
                where = f"the cell of {self.title(host)}"
                self.repair(
                    f"Your answer to {self.title(at)} was in {where}; "
                    "it was taken from there."
                )
                # Cells above have run by then; from one below the text is needed.
                pointer = f"# The answer is in {where}."
                text = pointer if host < at else self.tidied(at, theirs.cell.source)
                return AnswerText(text, "merged")
        return None

    def in_locked(self, at: int) -> AnswerText | None:
        """Find an answer that was typed into a locked code cell, such as its test."""
        unique = self.unique[at]
        for host, place in self.alignment.cells.items():
            ours, theirs = self.reference[host], self.submitted[place]
            readable = theirs.code and len(theirs.text) <= magics.MAX_CHARACTERS
            if unique and ours.cell.locked and readable and unique <= theirs.names:
                text = _added_lines(ours.text, theirs.text)
                if magics.parsed(text) is not None and unique <= bound_names(text):
                    self.repair(
                        f"Your answer to {self.title(at)} was in a locked cell; "
                        "it was moved to the answer cell."
                    )
                    self.flag(at, "taken from a locked cell")
                    return AnswerText(text, "locked cell")
        return None

    def report_evidence(self) -> None:
        """Say how answers without their label were recognised, and which were not."""
        titles: dict[How, list[str]] = {}
        for at, answer in self.recovered.answers.items():
            how = self.alignment.how.get(at)
            if answer is None:
                self.repair(f"No answer to {self.title(at)} was found.")
            elif how is not None and how != "grade_id":
                titles.setdefault(how, []).append(self.title(at))
            if how in ("likeness", "place"):
                self.flag(at, f"recognised by its {how}")
        self.recovered.repairs += [_recognised(titles[h], _WAYS[h]) for h in titles]


def _added_lines(before: str, after: str) -> str:
    """Return the lines of ``after`` that are not in ``before``, in order."""
    old, new = before.split("\n"), after.split("\n")
    changes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = [new[low:high] for tag, _, _, low, high in changes if tag != "equal"]
    return "\n".join(line for lines in kept for line in lines)


def _recognised(titles: Sequence[str], way: str) -> str:
    if len(titles) == 1:
        return (
            f"Your answer to {titles[0]} had lost its nbgrader label; "
            f"it was recognised by {way}."
        )
    return (
        f"{len(titles)} answers had lost their nbgrader labels; each was recognised "
        f"by {way}: {', '.join(titles)}."
    )


__all__ = ["AnswerText", "Recovered", "recover"]
