"""Compare grades with those in a gradebook, cell by cell. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grader.records import Check, Result, points_text

if TYPE_CHECKING:
    from grader.classroom.gradebook.recorded import (
        CellKey,
        RecordedScore,
        RecordedScores,
    )

NEAR = 1e-6

Errors = Callable[["CellKey"], str]
"""Returns the error that nbgrader saw in a cell; an empty text if none is known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that has different points here and in the gradebook.

    Attributes
    ----------
    student, assignment, notebook, grade_id : str
        The cell.
    recorded, points : float or None
        What the gradebook holds, and what the grader gave. None if a person has to
        grade the cell, or if it is not there.
    reason : str
        Why they differ, as far as that is known.
    """

    student: str
    assignment: str
    notebook: str
    grade_id: str
    recorded: float | None
    points: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing a class has shown.

    Attributes
    ----------
    same : mapping
        For each assignment the number of cells with the same points.
    differences : tuple of Difference
        Sorted by assignment, cell and student.
    submissions : mapping
        For each assignment the number of submissions that were compared.
    not_compared : tuple of str
        A sentence for each submission that is only here or only in the gradebook.
    """

    same: Mapping[str, int]
    differences: tuple[Difference, ...]
    submissions: Mapping[str, int]
    not_compared: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data, for JSON."""
        return {
            "assignments": [
                {
                    "assignment": name,
                    "submissions": self.submissions[name],
                    "same": self.same.get(name, 0),
                    "different": sum(d.assignment == name for d in self.differences),
                }
                for name in sorted(self.submissions)
            ],
            "differences": [asdict(each) for each in self.differences],
            "not_compared": list(self.not_compared),
        }


@dataclass(frozen=True, slots=True)
class Ours:
    """The grade of one cell, and the result that holds it."""

    check: Check
    result: Result


def compare(
    results: Collection[Result],
    recorded: RecordedScores,
    notebooks: Mapping[str, str],
    submitted: Mapping[tuple[str, str], datetime],
    errors: Errors,
) -> Comparison:
    """Compare the grader's results with the scores in a gradebook.

    Parameters
    ----------
    results
        The results of all submissions that were graded.
    recorded
        The gradebook's scores, of these submissions and others.
    notebooks
        The name of the notebook of each assignment that has only one.
    submitted
        When the submissions that were graded were made, where that is known.
    errors
        Returns the error that nbgrader saw in a cell.
    """
    from grader.classroom.gradebook.recorded import CellKey

    graded = {(r.student, r.assignment): r for r in results}
    both = graded.keys() & recorded.submitted.keys()
    ours: dict[CellKey, Ours] = {}
    for student, assignment in both:
        result = graded[student, assignment]
        for check in result.cells:
            notebook = check.notebook or notebooks.get(assignment, "")
            key = CellKey(student, assignment, notebook, check.grade_id)
            ours[key] = Ours(check, result)
    theirs = {key: s for key, s in recorded.cells.items() if key[:2] in both}
    newer = {
        key
        for key in both
        if (then := recorded.submitted[key]) and submitted.get(key, then) > then
    }
    same: Counter[str] = Counter()
    differences = []
    for key in sorted(ours.keys() | theirs.keys(), key=lambda k: (k[1], k[3], k[0])):
        mine, other = ours.get(key), theirs.get(key)
        if mine and other and _are_same(mine.check, other):
            same[key.assignment] += 1
        else:
            reasons = _reasons(key, mine, other, key[:2] in newer, errors)
            differences.append(_difference(key, mine, other, "; ".join(reasons)))
    names = {r.assignment for r in results}
    return Comparison(
        dict(same),
        tuple(differences),
        dict(Counter(assignment for _, assignment in both)),
        tuple(_not_compared(graded.keys(), recorded.submitted.keys(), names)),
    )


def _points(check: Check) -> float | None:
    return None if check.status == "manual" else check.points


def _are_same(check: Check, score: RecordedScore) -> bool:
    points = _points(check)
    if points is None or score.points is None:
        return points is score.points
    return abs(points - score.points) < NEAR


def _difference(
    key: CellKey, mine: Ours | None, other: RecordedScore | None, reason: str
) -> Difference:
    points = _points(mine.check) if mine else None
    return Difference(*key, other.points if other else None, points, reason)


def _reasons(
    key: CellKey,
    mine: Ours | None,
    other: RecordedScore | None,
    is_newer: bool,
    errors: Errors,
) -> Iterator[str]:
    """Yield why the points differ, the most likely cause first."""
    if mine is None:
        yield "the course has no such graded cell now"
        return
    if other is None:
        yield "the gradebook has no score for this cell"
        return
    check, result = mine.check, mine.result
    if result.grader_failed:
        yield next(f.text for f in result.flags if f.kind == "grader_fault")
    if is_newer:
        yield "submitted again after nbgrader had graded it"
    if abs(check.max_points - other.max_points) > NEAR:
        then, now = points_text(other.max_points), points_text(check.max_points)
        yield f"worth {then} points then, {now} now: the course was changed since"
    yield _here(check)
    if other.points is None:
        yield "in nbgrader it waits for a person"
    elif error := errors(key):
        yield f"in nbgrader: {error}"
    yield from (f"repaired here: {repair}" for repair in result.repairs)


def _here(check: Check) -> str:
    """Return how a cell ended here, and where its test ran."""
    place = "" if check.trust == "none" else f" ({check.trust})"
    first = next(iter(check.message.splitlines()), "")
    return f"here: {check.status}{place}" + (f", {first}" if first else "")


def _not_compared(
    graded: Collection[tuple[str, str]],
    recorded: Collection[tuple[str, str]],
    assignments: Collection[str],
) -> Iterator[str]:
    for student, assignment in sorted(set(graded) - set(recorded)):
        yield f"{student}, {assignment}: not in the gradebook"
    for student, assignment in sorted(set(recorded) - set(graded)):
        if assignment in assignments:
            yield f"{student}, {assignment}: in the gradebook, but not submitted here"


__all__ = ["Comparison", "Difference", "compare"]
