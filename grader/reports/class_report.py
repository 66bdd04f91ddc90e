"""Report on a class: scores, hardest cells, and submissions to review.

Pure. Like a student's page, the HTML page has no script and loads nothing.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Template

from grader.notebooks.cell_names import MADE_UP, ordinal
from grader.records import Check, points_text
from grader.reports import html
from grader.reports.course_problems import (
    CourseProblem,
    course_problems,
    other_flags,
)
from grader.reports.status_words import STATUS_WORDS

if TYPE_CHECKING:
    from grader.classroom.grades import Grade
    from grader.classroom.trusts import CellTrust

BINS = 10
_HARDEST = 8


@dataclass(frozen=True, slots=True)
class CellSummary:
    """How a class did in one graded cell.

    Attributes
    ----------
    name : str
        The cell's grade_id, after its notebook if the assignment has several.
    share : float
        The mean share of its points that was earned, from 0 to 1.
    max_points : float
        What it is worth.
    statuses : dict
        How often each status occurs, the most frequent first.
    title : str
        What people call it: its name, unless nbgrader made that up.
    """

    name: str
    share: float
    max_points: float
    statuses: dict[str, int]
    title: str


@dataclass(frozen=True, slots=True)
class AssignmentSummary:
    """The scores of one assignment.

    Attributes
    ----------
    assignment : str
        Its name.
    max_score : float
        What it is worth.
    scores : tuple of float
        All scores, in ascending order.
    absent : tuple of str
        IDs of students without a graded submission.
    waiting : int
        How many submissions still have points to be given by hand.
    bins : tuple of int
        How many scores are in each tenth of the points; full scores are in the last.
    cells : tuple of CellSummary
        The graded cells, the hardest first.
    """

    assignment: str
    max_score: float
    scores: tuple[float, ...]
    absent: tuple[str, ...]
    waiting: int
    bins: tuple[int, ...]
    cells: tuple[CellSummary, ...]

    @property
    def mean(self) -> float:
        return statistics.fmean(self.scores) if self.scores else 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.scores) if self.scores else 0.0

    @property
    def hardest(self) -> tuple[CellSummary, ...]:
        """The cells in which most points were lost, at most eight."""
        lost = [cell for cell in self.cells if cell.share < 1]
        return tuple(lost[:_HARDEST])


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A submission that the instructor should review.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and for which assignment.
    why : tuple of str
        The reasons.
    """

    student: str
    assignment: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateItem:
    """A submission that is late.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and for which assignment.
    late : str
        How late it is, such as ``2 d 1 h``.
    seconds : float or None
        How late it is in seconds; None if only the LMS says that it is late.
    submitted, due : str
        When it was made and was due, in ISO 8601; empty if that is not known.
    penalty : float
        The points that were taken off, as the gradebook says.
    """

    student: str
    assignment: str
    late: str
    seconds: float | None
    submitted: str
    due: str
    penalty: float


@dataclass(frozen=True, slots=True)
class ClassReport:
    """The report on a class.

    Attributes
    ----------
    summaries : tuple of AssignmentSummary
        One for each assignment.
    looks : tuple of ReviewItem
        The submissions to review.
    unmatched : dict
        Files without an owner or an assignment, each with the reason.
    course : tuple of CourseProblem
        What is wrong with the course itself.
    trusts : tuple of CellTrust
        Tests that were not judged by the examiner alone, and why.
    sandboxes : tuple of str
        The sandboxes in which student code ran, sorted.
    late : tuple of LateItem
        The submissions that are late.
    """

    summaries: tuple[AssignmentSummary, ...]
    looks: tuple[ReviewItem, ...]
    unmatched: dict[str, str]
    course: tuple[CourseProblem, ...] = ()
    trusts: tuple[CellTrust, ...] = ()
    sandboxes: tuple[str, ...] = ()
    late: tuple[LateItem, ...] = ()

    def late_in(self, assignment: str) -> int:
        """Return how many submissions for an assignment are late."""
        return sum(item.assignment == assignment for item in self.late)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as ``--json`` writes it."""
        report = asdict(self)
        report["course"] = [problem._asdict() for problem in self.course]
        for plain, summary in zip(report["summaries"], self.summaries, strict=True):
            plain |= {"mean": summary.mean, "median": summary.median}
        files = self.unmatched.items()
        report["unmatched"] = [{"path": path, "why": why} for path, why in files]
        return report


def of_grades(
    grades: Sequence[Grade],
    unmatched: dict[str, str],
    trusts: Iterable[CellTrust] = (),
) -> ClassReport:
    """Return the report on a class.

    Parameters
    ----------
    grades
        The grades of a class.
    unmatched
        Files without an owner or an assignment, each with the reason.
    trusts
        The trust of each test in the class's assignments.
    """
    names = sorted({grade.assignment for grade in grades})
    summaries = (
        _summary(name, [g for g in grades if g.assignment == name]) for name in names
    )
    looks = (look for grade in grades if (look := _look(grade)))
    results = [grade.result for grade in grades if grade.result]
    course = course_problems(results)
    beside = tuple(each for each in trusts if each.trust != "examiner")
    ran_in = tuple(sorted({each.sandbox for each in results if each.sandbox}))
    late = tuple(item for grade in grades if (item := _late(grade)))
    return ClassReport(
        tuple(summaries), tuple(looks), unmatched, course, beside, ran_in, late
    )


def _summary(assignment: str, grades: Sequence[Grade]) -> AssignmentSummary:
    scores = tuple(sorted(g.score for g in grades if g.score is not None))
    most = max(grade.max_score for grade in grades)
    return AssignmentSummary(
        assignment,
        most,
        scores,
        tuple(g.person.id for g in grades if g.result is None),
        sum(bool(g.waiting) for g in grades),
        tuple(_binned(scores, most)),
        tuple(sorted(_cells(grades), key=lambda cell: (cell.share, cell.name))),
    )


def _binned(scores: Iterable[float], most: float) -> Iterator[int]:
    """Count the scores in each tenth of the points."""
    counts = Counter(_bin(score, most) for score in scores)
    yield from (counts[number] for number in range(BINS))


def _bin(score: float, most: float) -> int:
    share = score / most if most else 1.0
    return min(max(int(share * BINS), 0), BINS - 1)


def _cells(grades: Iterable[Grade]) -> Iterator[CellSummary]:
    """Yield each automatically graded cell; leave out where the grader failed."""
    checks: dict[str, list[Check]] = {}
    titles: dict[str, str] = {}
    for grade in grades:
        if grade.result and not grade.grader_failed:
            for number, check in enumerate(grade.result.cells, 1):
                checks.setdefault(_name(check), []).append(check)
                titles[_name(check)] = _title(number, check)
    for name, of_cell in checks.items():
        # A cell graded by hand has other statuses where a submission was unreadable.
        if any(c.status == "manual" or not c.max_points for c in of_cell):
            continue
        share = statistics.fmean(check.points / check.max_points for check in of_cell)
        counts: Counter[str] = Counter(check.status for check in of_cell)
        statuses = dict(counts.most_common())
        points = of_cell[0].max_points
        yield CellSummary(name, share, points, statuses, titles[name])


def _name(check: Check) -> str:
    return f"{check.notebook}/{check.grade_id}" if check.notebook else check.grade_id


def _title(number: int, check: Check) -> str:
    if MADE_UP.fullmatch(check.grade_id):
        return f"the {ordinal(number)} graded cell"
    return _name(check)


def _look(grade: Grade) -> ReviewItem | None:
    """Return the reasons to review a submission, None if there are none."""
    if grade.result is None:
        return None
    why = [flag.text for flag in other_flags(grade.result)]
    numbered = enumerate(grade.result.cells, 1)
    if in_kernel := [_title(n, c) for n, c in numbered if c.trust == "in-kernel"]:
        why.append(f"tested in the student's kernel: {', '.join(in_kernel)}")
    if why and grade.waiting:
        why.append(f"{points_text(grade.waiting)} points to grade by hand")
    return ReviewItem(grade.person.id, grade.assignment, tuple(why)) if why else None


def _late(grade: Grade) -> LateItem | None:
    """Return how late a submission is; None if it is not late."""
    timing = grade.timing
    if not (timing.late or timing.penalty):
        return None
    return LateItem(
        grade.person.id,
        grade.assignment,
        timing.late,
        timing.late_by.total_seconds() if timing.late_by else None,
        timing.submitted.isoformat() if timing.submitted else "",
        timing.due.isoformat() if timing.due else "",
        timing.penalty,
    )


def page(report: ClassReport, title: str, created: datetime) -> str:
    """Return the report as an HTML page.

    Parameters
    ----------
    report
        The report on the class.
    title
        The name of the class.
    created
        When the report was created, shown in its own time zone.
    """
    return _template().render(
        report=report, title=title, made=f"{created:%d %B %Y, %H:%M}"
    )


@cache
def _template() -> Template:
    environment = html.environment("feedback.css", "report.css")
    environment.globals |= {"words": STATUS_WORDS, "bins": BINS}
    environment.filters["moment"] = html.moment
    return environment.get_template("report.html.j2")


__all__ = [
    "AssignmentSummary",
    "CellSummary",
    "ClassReport",
    "LateItem",
    "ReviewItem",
    "of_grades",
    "page",
]
