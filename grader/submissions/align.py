"""Match the cells of a submission to those of the notebook that students received.

The strongest evidence comes first: nbgrader's grade_id, the cell's id, the same text,
the names it defines, likeness, and at last its place between matched neighbours.
Pure; nothing is raised on any input.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from grader.notebooks import magics
from grader.notebooks.cells import Cell, NotebookNode

How = Literal["grade_id", "cell id", "text", "names", "likeness", "place"]
ALIKE = 0.5
"""Cells less alike than this are not taken for each other."""

_SHORT = 600
_MAX_CANDIDATES = 100
_BINDS = re.compile(
    r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)",
    re.MULTILINE,
)


def normal(source: str) -> str:
    """Return a source without trailing blanks and without blank lines at its ends."""
    return "\n".join(line.rstrip() for line in source.split("\n")).strip("\n")


@lru_cache(maxsize=256)
def bound_names(source: str) -> frozenset[str]:
    r"""Return the names that a cell's top level defines or assigns.

    Examples
    --------
    >>> sorted(bound_names("def f(x):\n    y = x\nz = 1"))
    ['f', 'z']
    """
    tree = magics.parsed_to_read(source)
    return _named(source) if tree is None else frozenset(_bound_by(tree))


def _named(source: str) -> frozenset[str]:
    """Find these names in the text alone, for what is not Python."""
    return frozenset(defined or set_ for defined, set_ in _BINDS.findall(source))


def _bound_by(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (leaf for target in targets for leaf in ast.walk(target))
            yield from (leaf.id for leaf in names if isinstance(leaf, ast.Name))


class Profile:
    """A cell and what is compared of it, computed once.

    Parameters
    ----------
    node
        The cell as it is in the notebook.
    asked
        Names that it has to bind, though the stub does not show it.
    parse
        If off, names are read from the text alone.

    Attributes
    ----------
    cell : Cell
    code : bool
        Whether it is a code cell.
    text : str
        Its source, normalised.
    """

    def __init__(
        self, node: NotebookNode, asked: Iterable[str] = (), *, parse: bool = True
    ) -> None:
        self.cell = Cell.of(node)
        self.parse = parse
        self.asked = frozenset(asked)
        self.code = self.cell.is_code
        self.text = normal(self.cell.source)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that the cell's top level binds."""
        if not self.code:
            return frozenset()
        read = bound_names if self.parse else _named
        return self.asked | read(self.cell.source)

    @cached_property
    def named(self) -> frozenset[str]:
        """Names that its lines bind, even if it is not a code cell."""
        return self.names if self.code else _named(self.text)

    @cached_property
    def lines(self) -> Counter[str]:
        """Its lines with their counts: stripped, without blank ones and TODOs."""
        lines = (line.strip() for line in self.text.split("\n"))
        return Counter(line for line in lines if line and "TODO" not in line)


@dataclass(slots=True)
class Alignment:
    """Which cell of the submission is which cell of the reference.

    All cells are given by their index.

    Attributes
    ----------
    cells : dict of int to int
        For a cell of the reference, the cell of the submission.
    how : dict of int to How
        For a cell of the reference, the evidence.
    copies : dict of int to tuple of int
        For a cell of the reference, all cells with its grade_id, if there are several.
    """

    cells: dict[int, int] = field(default_factory=dict)
    how: dict[int, How] = field(default_factory=dict)
    copies: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[int]:
        """Cells of the submission that are accounted for."""
        repeated = (cell for cells in self.copies.values() for cell in cells)
        return frozenset(self.cells.values()).union(repeated)

    def pair(self, reference: int, submitted: int, how: How) -> None:
        """Note which submitted cell belongs to a released cell.

        Parameters
        ----------
        reference
            Index of the released cell.
        submitted
            Index of the submitted cell.
        how
            How the pair was found.
        """
        self.cells[reference] = submitted
        self.how[reference] = how

    def between(self, at: int, end: int) -> range:
        """Return the cells between those of the nearest matched neighbours.

        Parameters
        ----------
        at
            A cell of the reference.
        end
            How many cells the submission has.
        """
        before = [i for i in self.cells if i < at]
        after = [i for i in self.cells if i > at]
        low = self.cells[max(before)] if before else -1
        return range(low + 1, self.cells[min(after)] if after else end)


def own_names(reference: Sequence[Profile]) -> dict[int, frozenset[str]]:
    """Return, for each answer cell, the names that no other cell binds."""
    binders = Counter(name for profile in reference for name in profile.names)
    return {
        at: frozenset(name for name in profile.names if binders[name] == 1)
        for at, profile in enumerate(reference)
        if profile.cell.is_answer
    }


def align(reference: Sequence[Profile], submitted: Sequence[Profile]) -> Alignment:
    """Match the cells of a submission to those of the reference.

    Parameters
    ----------
    reference
        The cells of the notebook as students received it.
    submitted
        The cells of the notebook that came back.
    """
    return _Aligner(reference, submitted).run()


class _Aligner:
    """Match cells in stages, one for each evidence; no stage changes a match."""

    def __init__(
        self, reference: Sequence[Profile], submitted: Sequence[Profile]
    ) -> None:
        self.reference = reference
        self.submitted = submitted
        self.alignment = Alignment()

    def run(self) -> Alignment:
        self.by_grade_id()
        self.by_id(lambda cell: cell.identifier)
        self.by_id(lambda cell: cell.node.metadata.get("colab_id"))
        self.by_text()
        self.by_names()
        self.by_likeness()
        self.by_place()
        return self.alignment

    def open_reference(self) -> list[int]:
        cells = self.alignment.cells
        return [at for at in range(len(self.reference)) if at not in cells]

    def open_submitted(self) -> list[int]:
        taken = self.alignment.taken
        return [at for at in range(len(self.submitted)) if at not in taken]

    def by_grade_id(self) -> None:
        places: dict[str, list[int]] = {}
        for at, profile in enumerate(self.submitted):
            places.setdefault(profile.cell.grade_id, []).append(at)
        places.pop("", None)
        for at, profile in enumerate(self.reference):
            cells = places.get(profile.cell.grade_id, [])
            if len(cells) > 1:
                self.alignment.copies[at] = tuple(cells)
            if cells:
                self.alignment.pair(at, self.choose(profile, cells), "grade_id")

    def choose(self, wanted: Profile, cells: Sequence[int]) -> int:
        """Choose among copies of one cell the one that was worked on, else the last.

        Of copies of a locked cell, choose one that was left as it was.
        """
        changed = [
            at for at in cells if self.submitted[at].text not in ("", wanted.text)
        ]
        if wanted.cell.locked or not changed:
            same = [at for at in cells if self.submitted[at].text == wanted.text]
            return (same or cells)[-1]
        whole = [at for at in changed if self.submitted[at].names >= wanted.names]
        return (whole or changed)[-1]

    def by_id(self, read_id: Callable[[Cell], str | None]) -> None:
        """Match cells by an id; of submitted cells with one id the first counts."""
        places = {
            read_id(self.submitted[at].cell): at
            for at in reversed(self.open_submitted())
        }
        places.pop(None, None)
        for at in self.open_reference():
            place = places.pop(self.reference[at].cell.identifier, None)
            if place is not None:
                self.alignment.pair(at, place, "cell id")

    def by_text(self) -> None:
        """Match cells with the same text, in the same order first, then anywhere."""
        ours = [at for at in self.open_reference() if self.reference[at].text]
        theirs = [at for at in self.open_submitted() if self.submitted[at].text]
        blocks = difflib.SequenceMatcher(
            None,
            [self.reference[at].text for at in ours],
            [self.submitted[at].text for at in theirs],
            autojunk=False,
        ).get_matching_blocks()
        for block in blocks:
            for step in range(block.size):
                at, place = ours[block.a + step], theirs[block.b + step]
                self.alignment.pair(at, place, "text")
        places = {self.submitted[at].text: at for at in reversed(self.open_submitted())}
        for at in self.open_reference():
            cell = places.pop(self.reference[at].text or "\n", None)
            if cell is not None:
                self.alignment.pair(at, cell, "text")

    def by_names(self) -> None:
        """Match an answer by names that no other cell of the reference defines."""
        unique = own_names(self.reference)
        for at in self.open_reference():
            names = unique.get(at, frozenset())
            free = self.open_submitted()
            cells = [c for c in free if names <= self.submitted[c].names]
            # The student may have turned the code cell into text.
            cells = cells or [c for c in free if names <= self.submitted[c].named]
            if names and cells:
                within = sorted({*self.gap(at)} & {*cells})
                self.alignment.pair(at, (within or cells)[-1], "names")

    def by_likeness(self) -> None:
        """Match the likest pairs between matched neighbours, best first."""
        open_cells = self.open_reference()
        pairs = [
            (self.likeness(self.reference[at], self.submitted[cell]), -at, -cell)
            for at in open_cells
            for cell in self.gap(at)[:_MAX_CANDIDATES]
        ]
        taken: set[int] = set()
        for score, at, cell in sorted(pairs, reverse=True):
            if score < ALIKE:
                break
            if -at not in self.alignment.cells and -cell not in taken:
                self.alignment.pair(-at, -cell, "likeness")
                taken.add(-cell)

    def likeness(self, wanted: Profile, cell: Profile) -> float:
        """Return how much alike two cells are, from 0 to 1.

        It is the share of common lines; of an answer, only its stub's lines count.
        """
        if wanted.code != cell.code:
            return 0.0
        shared = (wanted.lines & cell.lines).total()
        if wanted.cell.is_answer:
            if wanted.names and wanted.names <= cell.names:
                return 1.0
            return shared / max(wanted.lines.total(), 1)
        score = 2 * shared / max(wanted.lines.total() + cell.lines.total(), 1)
        if score < ALIKE and len(wanted.text) + len(cell.text) < _SHORT:
            score = difflib.SequenceMatcher(None, wanted.text, cell.text).ratio()
        return score

    def by_place(self) -> None:
        """Match an open answer to the only open cell between its neighbours.

        The cell must define all names that the answer has to define.
        """
        for at in self.open_reference():
            wanted = self.reference[at]
            cells = [
                c
                for c in self.gap(at)
                if self.submitted[c].code == wanted.code
                and self.submitted[c].names >= wanted.names
            ]
            alone = at - 1 in self.alignment.cells or at + 1 in self.alignment.cells
            if wanted.cell.is_answer and alone and len(cells) == 1:
                self.alignment.pair(at, cells[0], "place")

    def gap(self, at: int) -> list[int]:
        """Return the open cells between those of the nearest matched neighbours."""
        free = self.open_submitted()
        within = self.alignment.between(at, len(self.submitted))
        # Where cells were moved, the neighbours prove nothing.
        return [c for c in free if c in within] if within else free


__all__ = ["ALIKE", "Alignment", "How", "Profile", "align", "bound_names", "normal"]
