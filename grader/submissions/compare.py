"""Compare a submission with the notebook that students received. Pure.

A :class:`Comparison` is what the steps after it work on: which release the submission
was made from, which of its cells is which, and what to call a cell in messages.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.notebooks.cells import Cell, NotebookNode, cells_of, parse_notebook
from grader.records import Assignment
from grader.submissions.align import Alignment, Profile, align
from grader.submissions.releases import Origin, find_origin

# Of a longer submission, names in further cells are read from the text alone.
_MAX_PARSED = 1_000_000
_LONGEST_EXCERPT = 40


@dataclass(frozen=True)
class Comparison:
    """A submission beside the notebook that students received.

    A cell of `source` and of the reference is given by its index, the same in both.

    Attributes
    ----------
    source : NotebookNode
        The instructor's notebook, read for this submission: it may be changed.
    cells : tuple of Cell
        Its cells.
    origin : Origin
        The release that the submission was made from.
    submitted : sequence of Profile
        The cells that came back.
    alignment : Alignment
        Which cell of `submitted` is which of the reference.
    titles : mapping of str to str
        The heading above each graded cell, by its grade_id.
    """

    source: NotebookNode
    cells: tuple[Cell, ...]
    origin: Origin
    submitted: Sequence[Profile]
    alignment: Alignment
    titles: Mapping[str, str]

    @property
    def reference(self) -> Sequence[Profile]:
        """For each cell of the source, the cell that students received."""
        return self.origin.reference

    def grade_id(self, at: int) -> str:
        """Return the grade_id of a cell; empty for an ordinary one."""
        return self.cells[at].grade_id

    def title(self, at: int) -> str:
        """Return what to call a cell: by its heading, grade_id or first line."""
        grade_id = self.grade_id(at)
        return self.titles.get(grade_id) or grade_id or excerpt(self.reference[at])

    def submitted_for(self, at: int) -> Profile | None:
        """Return the submitted cell that is the cell at this index, if there is one."""
        place = self.alignment.cells.get(at)
        return None if place is None else self.submitted[place]


def compare(assignment: Assignment, submitted: NotebookNode) -> Comparison:
    """Match the cells of a submission to those that students received.

    Parameters
    ----------
    assignment
        The assignment, with the instructor's notebook and the released copies.
    submitted
        The submission, as :func:`grader.submissions.repair.notebook.readings` reads it.
    """
    source = parse_notebook(assignment.source)
    origin = find_origin(assignment, submitted)
    profiles = _profiles(submitted.cells)
    return Comparison(
        source=source,
        cells=cells_of(source),
        origin=origin,
        submitted=profiles,
        alignment=align(origin.reference, profiles),
        titles={t.grade_id: without_points(t.title) for t in assignment.tasks},
    )


def _profiles(nodes: Sequence[NotebookNode]) -> list[Profile]:
    sizes = itertools.accumulate(len(node.source) for node in nodes)
    pairs = zip(nodes, sizes, strict=True)
    return [Profile(node, parse=size <= _MAX_PARSED) for node, size in pairs]


def without_points(title: str) -> str:
    """Return a heading without the points at its end.

    Examples
    --------
    >>> without_points("Exercise 3 · corr2d (4 points)")
    'Exercise 3 · corr2d'
    """
    return re.sub(r"\s*\([^()]*\)\s*$", "", title)


def excerpt(profile: Profile) -> str:
    """Return the beginning of a cell's first line, in quotation marks."""
    line = profile.text.split("\n")[0]
    return f"“{line[:_LONGEST_EXCERPT]}…”" if line[_LONGEST_EXCERPT:] else f"“{line}”"


__all__ = ["Comparison", "compare", "excerpt", "without_points"]
