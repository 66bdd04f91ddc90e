"""Collect the grades of a class: each student's score, and whether it is final."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom import timing
from grader.classroom.folder import Classroom
from grader.classroom.roster import Person
from grader.classroom.students import ClassList
from grader.classroom.timing import Timing
from grader.errors import ClassError
from grader.records import Result
from grader.submissions.read import submitted_at

if TYPE_CHECKING:
    from grader.classroom.gradebook.gradebook import Standing

GradeKey = tuple[str, str]
"""A student and an assignment."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One student's grade for one assignment.

    Attributes
    ----------
    person : Person
        The student.
    assignment : str
        Its name.
    max_score : float
        What it is worth.
    result : Result or None
        The result of grading; None if nothing was submitted.
    score : float or None
        The gradebook's score, with manual points and extra credit and without the
        penalty for a late submission, or else that of the result. None if there is
        none, or if the grader failed.
    submitted : datetime or None
        When it was submitted; None if that is not known.
    waiting : float
        Points that are still to be given by hand.
    due : datetime or None
        When the assignment was due; None if the gradebook does not say it.
    timing : Timing
        When the submission was made and was due, and what its lateness cost.
    raw_score : float or None
        The score before points were taken off for lateness; None if none were.
    """

    person: Person
    assignment: str
    max_score: float
    result: Result | None = None
    score: float | None = None
    submitted: datetime | None = None
    waiting: float = 0.0
    due: datetime | None = None
    timing: Timing = field(default_factory=Timing)
    raw_score: float | None = None

    @property
    def grader_failed(self) -> bool:
        """Whether the grader failed on some part; no fault of the student."""
        return self.result is not None and self.result.grader_failed


def read(room: Classroom, database: str | None = None) -> list[Grade]:
    """Read the grades of a class folder: one for each student and assignment.

    Parameters
    ----------
    room
        The class folder, with its results, roster and submissions.
    database
        SQLAlchemy URL of the gradebook; None takes the class folder's own, if any.

    Returns
    -------
    list of Grade
        Sorted by assignment, then student; see :func:`of_class`.

    Raises
    ------
    ClassError
        There are no results yet, or a file of the class cannot be used.
    """
    results = room.read_results()
    if not results:
        raise ClassError(
            f"{room.results}: no results yet, so there are no grades; first run: "
            f"grader grade --class {room.root}"
        )
    known = ClassList.read(room.root, database=database)
    times = {key: submitted_at(room.folder("submitted", *key)) for key in results}
    submitted = {key: time for key, time in times.items() if time}
    standings = _standings(room.gradebook, database)
    grades = of_class(results, known.people, standings, submitted)
    timings = timing.read(room, results, database)
    return [
        replace(
            _after_penalty(grade, timings.get((grade.person.id, grade.assignment))),
            due=known.due.get(grade.assignment),
        )
        for grade in grades
    ]


def _after_penalty(grade: Grade, timed: Timing | None) -> Grade:
    """Add when a submission was made, and subtract its penalty as nbgrader does."""
    if timed is None:
        return grade
    if grade.score is None or not timed.penalty:
        return replace(grade, timing=timed)
    score = max(0.0, grade.score - timed.penalty)
    return replace(grade, timing=timed, score=score, raw_score=grade.score)


def _standings(path: Path, database: str | None) -> Mapping[GradeKey, Standing]:
    if database is None and not path.is_file():
        return {}
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(path)) as book:
        return book.standings()


def of_class(
    results: Mapping[GradeKey, Result],
    people: Mapping[str, Person],
    standings: Mapping[GradeKey, Standing],
    submitted: Mapping[GradeKey, datetime],
) -> list[Grade]:
    """Return a grade for each student and each assignment that was graded, sorted.

    Parameters
    ----------
    results
        The latest result for each student and assignment.
    people
        The students on the roster; students who were graded are added.
    standings
        The state of submissions in the gradebook, if there is one.
    submitted
        When submissions were made, where that is known.

    Returns
    -------
    list of Grade
        Sorted by assignment, then student.
    """
    most: dict[str, float] = {}
    for result in results.values():
        highest = most.get(result.assignment, 0.0)
        most[result.assignment] = max(highest, result.max_score)
    students = sorted({student for student, _ in results} | people.keys())
    return [
        _grade(
            people.get(student, Person(student)),
            assignment,
            most[assignment],
            results.get((student, assignment)),
            standings.get((student, assignment)),
            submitted.get((student, assignment)),
        )
        for assignment in sorted(most)
        for student in students
    ]


def _grade(
    person: Person,
    assignment: str,
    most: float,
    result: Result | None,
    standing: Standing | None,
    submitted: datetime | None,
) -> Grade:
    if result is None:
        return Grade(person, assignment, most)
    by_hand = sum(c.max_points for c in result.cells if c.status == "manual")
    score = standing.score if standing else result.score
    waiting = by_hand if standing is None or standing.needs_grading else 0.0
    grade = Grade(person, assignment, most, result, score, submitted, waiting)
    return replace(grade, score=None) if grade.grader_failed else grade


__all__ = ["Grade", "of_class", "read"]
