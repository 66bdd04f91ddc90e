"""The student's text for each answer cell, wherever it ended up. Pure.

An answer can stand in a new cell, in the cell of another answer, in a locked
cell, or in pieces. What is taken is told to the student; what is a guess is
flagged for the instructor.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.notebooks import magics
from grader.notebooks.cells import is_answer, is_locked
from grader.submissions.align import Alignment, How, Profile, bound_names, own_names
from grader.submissions.repair import paste

UNSURE = 0.3
"""A cell as much like an answer as this is one for a person to look at."""

_WAYS: dict[How, str] = {
    "cell id": "its cell id",
    "text": "its text",
    "names": "the name it defines",
    "likeness": "its likeness to the released cell",
    "place": "its place",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A student's text for one answer cell.

    ``how`` is one of :data:`grader.submissions.align.How`, or ``joined``, ``new cell``,
    ``merged``, ``locked cell``.
    """

    source: str
    how: str


@dataclass(slots=True)
class Recovered:
    """What was found for each answer cell, by its place in the reference.

    ``used`` are the cells of the submission that need not be kept as extra cells,
    ``unsure`` the answers that a person has to look for.
    """

    found: dict[int, Found | None] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)
    repairs: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def recover(
    reference: Sequence[Profile],
    submitted: Sequence[Profile],
    alignment: Alignment,
    title: Callable[[int], str],
    label: Callable[[int], str],
) -> Recovered:
    """Find the text of each answer.

    Parameters
    ----------
    reference, submitted
        The cells that students received, and those that came back.
    alignment
        Which is which, from :func:`grader.submissions.align.align`.
    title
        Names a cell of the reference in messages to students.
    label
        Its grade_id, which names it in messages to instructors.
    """
    return _Search(reference, submitted, alignment, title, label).run()


def worked_on(stub: Profile, text: str) -> bool:
    r"""Whether a text says anything that the released cell did not say.

    Examples
    --------
    >>> stub = Profile(notebook.new_cell("code", "x = 0\n...  # TODO", "a"))
    >>> worked_on(stub, "x = 0\n# not yet"), worked_on(stub, "x = 1")
    (False, True)
    """
    before = {line.strip() for line in stub.text.split("\n")}
    added = {line.strip() for line in text.split("\n")} - before - {""}
    return any(not (stub.code and line.startswith("#")) for line in added)


class _Search:
    """One run of :func:`recover`; holds what its steps share."""

    def __init__(
        self,
        reference: Sequence[Profile],
        submitted: Sequence[Profile],
        alignment: Alignment,
        title: Callable[[int], str],
        label: Callable[[int], str],
    ) -> None:
        self.reference = reference
        self.submitted = submitted
        self.alignment = alignment
        self.title = title
        self.label = label
        self.own = own_names(reference)
        self.out = Recovered(used=set(alignment.cells.values()))

    def run(self) -> Recovered:
        for at in self.alignment.copies:
            self.drop_idle_copies(at)
        for at, wanted in enumerate(self.reference):
            if is_answer(wanted.cell):
                self.out.found[at] = self.answer(at)
        self.tell_how()
        for at in self.out.found:
            self.look_closer(at)
        return self.out

    def repair(self, text: str) -> None:
        self.out.repairs.append(text)

    def flag(self, at: int, text: str) -> None:
        self.out.flags.append(f"{self.label(at)}: {text}")

    def free(self) -> list[int]:
        """Code cells of the submission that are nothing yet."""
        cells = enumerate(self.submitted)
        return [at for at, c in cells if c.code and at not in self.out.used]

    def drop_idle_copies(self, at: int) -> None:
        """Leave out copies of a cell that add nothing, blank ones above all.

        A blank copy after the answer would define its function anew.
        """
        texts = {c: self.submitted[c].text for c in self.alignment.copies[at]}
        nothing = {"", self.reference[at].text}
        idle = nothing | {self.submitted[self.alignment.cells[at]].text}
        self.out.used |= {cell for cell, text in texts.items() if text in idle}
        if is_answer(self.reference[at].cell):
            different = len({*texts.values()} - nothing)
            counts = "the last version counts" if different > 1 else "one was kept"
            self.repair(
                f"The answer cell of {self.title(at)} was there {len(texts)} times; "
                f"{counts}."
            )
            if different > 1:
                self.flag(at, f"{different} different copies")

    def answer(self, at: int) -> Found | None:
        """The student's text for an answer cell, or None."""
        place = self.alignment.cells.get(at)
        if place is not None:
            text = self.as_released(at, place)
            if worked_on(self.reference[at], text):
                return self.joined(at, place, text) or self.own_text(at, place, text)
        elsewhere = self.in_new_cell(at) or self.merged(at) or self.in_locked(at)
        if elsewhere is None and place is not None:
            return self.plain(at, self.submitted[place].cell.source)
        return elsewhere

    def own_text(self, at: int, place: int, text: str) -> Found:
        """The text in the answer's own cell, unless a new cell has the answer."""
        if not self.own[at] or self.own[at] <= bound_names(text):
            return self.plain(at, text)
        elsewhere = self.in_new_cell(at)
        if elsewhere is None:
            return self.plain(at, text)
        self.out.used.discard(place)
        return elsewhere

    def plain(self, at: int, text: str) -> Found:
        return Found(str(text), self.alignment.how[at])

    def as_released(self, at: int, place: int) -> str:
        """The text of a submitted cell as the type of cell that was released."""
        cell, wanted = self.submitted[place].cell, self.reference[at].cell.cell_type
        if cell.cell_type != wanted:
            self.repair(
                f"The answer cell of {self.title(at)} had become a {cell.cell_type} "
                f"cell; it was read as {wanted}."
            )
        return self.tidied(at, cell.source)

    def tidied(self, at: int, text: str) -> str:
        """The text without what pasting and merging left in it."""
        text = str(text)
        merged = paste.without_conflict(text, lambda each: self.worth(at, each))
        if merged != text:
            self.repair(
                f"Merge-conflict markers were taken out of {self.title(at)}; of the "
                "versions between them one was kept."
            )
            self.flag(at, "merge conflict in the answer; look by hand")
        if not self.reference[at].code:
            return merged
        bare = paste.without_fences(merged)
        if bare != merged:
            self.repair(f"Code fences (```) were taken out of {self.title(at)}.")
        return bare

    def worth(self, at: int, text: str) -> int:
        """How much of an answer a text is: worked on, and whole."""
        return worked_on(self.reference[at], text) + 2 * (
            not self.reference[at].code or self.whole(at, text)
        )

    def joined(self, at: int, place: int, text: str) -> Found | None:
        """An answer that was split into several cells, put together again.

        Either copies of the label mark the pieces, or the next cell goes on in
        the middle of a block.
        """
        if not self.reference[at].code:
            return None
        copies = self.alignment.copies.get(at, ())
        pieces = [c for c in copies if c not in self.out.used or c == place]
        if len(pieces) < 2 or self.whole(at, text):
            pieces = self.run_of_pieces(at, place, text)
        whole = "\n".join(self.submitted[cell].cell.source for cell in pieces)
        if len(pieces) < 2 or not self.whole(at, whole):
            return None
        self.out.used.update(pieces)
        self.repair(
            f"Your answer to {self.title(at)} was split into {len(pieces)} cells; "
            "they were joined."
        )
        return Found(whole, "joined")

    def run_of_pieces(self, at: int, place: int, text: str) -> list[int]:
        """A cell and those below that go on with it, or that it lacks to be whole.

        A cell that binds no name at all is no first piece.
        """
        pieces, free = [place], self.free()
        while (below := pieces[-1] + 1) in free and (
            self.goes_on(below) or (bound_names(text) and not self.whole(at, text))
        ):
            text += f"\n{self.submitted[below].cell.source}"
            pieces.append(below)
        return pieces

    def whole(self, at: int, text: str) -> bool:
        """Whether a text is Python and defines all that the released cell does."""
        names = self.reference[at].names
        return magics.parsed(text) is not None and names <= bound_names(text)

    def goes_on(self, cell: int) -> bool:
        """Whether a cell starts indented, as no cell of its own can."""
        return self.submitted[cell].text.startswith((" ", "\t"))

    def in_new_cell(self, at: int) -> Found | None:
        """An answer typed into a cell of its own, its own cell left empty."""
        own, names = self.own[at], self.reference[at].names
        place = self.alignment.cells.get(at, -2)
        free = [c for c in self.free() if self.adds(at, c)]
        cells = [c for c in free if own and own <= self.submitted[c].names]
        below = [c for c in free if c == place + 1]
        if not own and self.reference[at].code:
            cells = [c for c in below if names <= self.submitted[c].names]
        cells = cells or self.code_in_text(own)
        if not cells:
            return None
        self.out.used.add(cells[-1])
        self.repair(
            f"Your answer to {self.title(at)} stood in a new cell; "
            "it was put into the answer cell."
        )
        return Found(self.tidied(at, self.submitted[cells[-1]].cell.source), "new cell")

    def adds(self, at: int, cell: int) -> bool:
        return worked_on(self.reference[at], self.submitted[cell].text)

    def code_in_text(self, own: frozenset[str]) -> list[int]:
        """Own text cells of the student that hold the code of an answer."""
        return [
            place
            for place, cell in enumerate(self.submitted)
            if own and own <= cell.named and not cell.code
            if place not in self.out.used
            if magics.parsed(paste.without_fences(cell.text)) is not None
        ]

    def merged(self, at: int) -> Found | None:
        """An answer that stands in the cell of another answer or of ours."""
        own = self.own[at]
        for host, place in self.alignment.cells.items():
            cell = self.submitted[place]
            apart = host != at and not is_locked(self.reference[host].cell)
            if own and apart and own <= cell.names:
                where = f"the cell of {self.title(host)}"
                self.repair(
                    f"Your answer to {self.title(at)} stood in {where}; "
                    "it was taken from there."
                )
                # Cells above have run by then; from one below the text is needed.
                pointer = f"# The answer stands in {where}."
                text = pointer if host < at else self.tidied(at, cell.cell.source)
                return Found(text, "merged")
        return None

    def in_locked(self, at: int) -> Found | None:
        """An answer typed into a locked code cell, such as its test."""
        own = self.own[at]
        for host, place in self.alignment.cells.items():
            ours, theirs = self.reference[host], self.submitted[place]
            locked = is_locked(ours.cell) and theirs.code
            locked = locked and len(theirs.text) <= magics.MAX_CHARACTERS
            if own and locked and own <= theirs.names:
                text = _added(ours.text, theirs.text)
                if magics.parsed(text) is not None and own <= bound_names(text):
                    self.repair(
                        f"Your answer to {self.title(at)} stood in a locked cell; "
                        "it was put into the answer cell."
                    )
                    self.flag(at, "taken from a locked cell")
                    return Found(text, "locked cell")
        return None

    def tell_how(self) -> None:
        """Say how answers without their label were recognised, and which not."""
        by_way: dict[How, list[str]] = {}
        for at, got in self.out.found.items():
            how = self.alignment.how.get(at)
            if got is None:
                self.repair(f"No answer to {self.title(at)} was found.")
            elif how is not None and how != "grade_id":
                by_way.setdefault(how, []).append(self.title(at))
            if how in ("likeness", "place"):
                self.flag(at, f"recognised by its {how}")
        self.out.repairs += [_recognised(by_way[way], _WAYS[way]) for way in by_way]

    # What may be an answer, and is not taken for one ---------------------------
    def look_closer(self, at: int) -> None:
        """Where no answer was found, say which cell may be one, and do not guess."""
        got = self.out.found[at]
        if got is not None and (got.how == "merged" or self.says_something(at, got)):
            return
        likeness, cell = self.likest(at, near_counts=got is None)
        if likeness >= UNSURE:
            self.out.unsure.add(at)
            self.flag(at, f"cell {cell + 1} may be the answer; look by hand")
            self.repair(
                f"Cell {cell + 1} of your notebook may be your answer to "
                f"{self.title(at)}; your instructor will look at it."
            )
        elif got is None:
            self.flag(at, "no answer found; look by hand")

    def says_something(self, at: int, got: Found) -> bool:
        return worked_on(self.reference[at], got.source)

    def likest(self, at: int, *, near_counts: bool) -> tuple[float, int]:
        """The own cell of the student that is most like an answer, and how much."""
        wanted = self.reference[at]
        near = self.alignment.between(at, len(self.submitted)) if near_counts else ()
        cells = [
            (_share(wanted, cell) + UNSURE * (place in near), -place)
            for place, cell in enumerate(self.submitted)
            if place not in self.out.used and cell.code == wanted.code and cell.text
        ]
        likeness, place = max(cells, default=(0.0, 0))
        return likeness, -place


def _share(wanted: Profile, cell: Profile) -> float:
    """The share of the released cell's names or lines that a cell has, 0 to 1."""
    names = len(wanted.names & cell.names) / max(len(wanted.names), 1)
    lines = (wanted.lines & cell.lines).total() / max(wanted.lines.total(), 1)
    return max(names, lines)


def _added(before: str, after: str) -> str:
    """The lines of ``after`` that are not those of ``before``, in order."""
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


__all__ = ["Found", "Recovered", "recover", "worked_on"]
