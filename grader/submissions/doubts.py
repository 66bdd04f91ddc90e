"""Point out cells that may be an answer but are not taken for one. Pure.

Where no answer was found, the grader does not guess: the instructor is told which cell
to look at, and so is the student.
"""

from __future__ import annotations

from grader.submissions.align import Profile
from grader.submissions.blank import worked_on
from grader.submissions.compare import Comparison
from grader.submissions.recover import Recovered

UNSURE = 0.3
"""A cell that is at least this much like an answer is shown to a person."""


def note_doubts(comparison: Comparison, recovered: Recovered) -> None:
    """Add to what was recovered, for each missing answer, the cell that may be it.

    Parameters
    ----------
    comparison
        The submission beside the cells that students received.
    recovered
        The answers that were found in it; its `unsure`, `flags` and `repairs` grow.
    """
    for at, answer in recovered.answers.items():
        stub = comparison.reference[at]
        missing = answer is None
        if answer and (answer.how == "merged" or worked_on(stub, answer.source)):
            continue
        likeness, place = _likest(comparison, recovered.used, at, near_counts=missing)
        grade_id, cell = comparison.grade_id(at), place + 1
        if likeness >= UNSURE:
            recovered.unsure.add(at)
            recovered.flags.append(
                f"{grade_id}: cell {cell} may be the answer; look by hand"
            )
            recovered.repairs.append(
                f"Cell {cell} of your notebook may be your answer to "
                f"{comparison.title(at)}; your instructor will look at it."
            )
        elif missing:
            recovered.flags.append(f"{grade_id}: no answer found; look by hand")


def _likest(
    comparison: Comparison, used: set[int], at: int, *, near_counts: bool
) -> tuple[float, int]:
    """Return how much the likest unused cell is like an answer, and its index.

    With `near_counts`, a cell where the answer should be is likely enough by that.
    """
    stub, submitted = comparison.reference[at], comparison.submitted
    near = comparison.alignment.between(at, len(submitted)) if near_counts else ()
    cells = [
        (_common_share(stub, cell) + UNSURE * (place in near), -place)
        for place, cell in enumerate(submitted)
        if place not in used and cell.code == stub.code and cell.text
    ]
    likeness, place = max(cells, default=(0.0, 0))
    return likeness, -place


def _common_share(stub: Profile, cell: Profile) -> float:
    """Return the share of the stub's names or lines that a cell has, from 0 to 1."""
    names = len(stub.names & cell.names) / max(len(stub.names), 1)
    lines = (stub.lines & cell.lines).total() / max(stub.lines.total(), 1)
    return max(names, lines)


__all__ = ["UNSURE", "note_doubts"]
