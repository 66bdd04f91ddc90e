"""Report on a class: scores, hardest cells, and submissions that need a look.

Pure. The page is self-contained as a student's is: no script, nothing loaded.
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

from grader.records import Check, points_text
from grader.reports import html
from grader.reports.status_words import WORDS

if TYPE_CHECKING:
    from grader.classroom.grades import Grade

BINS = 10
_HARDEST = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """How a class did in one graded cell: the share of its points, and how it ended.

    ``statuses`` counts outcomes, the commonest first.
    """

    name: str
    share: float
    max_points: float
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """One assignment.

    ``bins`` counts scores by tenths of the points, full scores in the last;
    ``absent`` are students of whom nothing was graded; ``cells`` has the hardest first.
    """

    assignment: str
    max_score: float
    scores: tuple[float, ...]
    absent: tuple[str, ...]
    waiting: int
    bins: tuple[int, ...]
    cells: tuple[Cell, ...]

    @property
    def mean(self) -> float:
        return statistics.fmean(self.scores) if self.scores else 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.scores) if self.scores else 0.0

    @property
    def hardest(self) -> tuple[Cell, ...]:
        """The cells in which most points were lost."""
        lost = [cell for cell in self.cells if cell.share < 1]
        return tuple(lost[:_HARDEST])


@dataclass(frozen=True, slots=True)
class Look:
    """Something that a person should look at, in one student's work."""

    student: str
    assignment: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The report. ``unmatched`` are files without an owner or a place, with reasons."""

    summaries: tuple[Summary, ...]
    looks: tuple[Look, ...]
    unmatched: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return what ``--json`` reports."""
        made = asdict(self)
        for plain, summary in zip(made["summaries"], self.summaries, strict=True):
            plain |= {"mean": summary.mean, "median": summary.median}
        files = self.unmatched.items()
        made["unmatched"] = [{"path": path, "why": why} for path, why in files]
        return made


def of_grades(grades: Sequence[Grade], unmatched: dict[str, str]) -> Report:
    """Return the report on a class.

    Parameters
    ----------
    grades
        The grades of a class.
    unmatched
        Files without an owner or a place, each with the reason.
    """
    names = sorted({grade.assignment for grade in grades})
    summaries = (
        _summary(name, [g for g in grades if g.assignment == name]) for name in names
    )
    looks = (look for grade in grades if (look := _look(grade)))
    return Report(tuple(summaries), tuple(looks), unmatched)


def _summary(assignment: str, grades: Sequence[Grade]) -> Summary:
    scores = tuple(sorted(g.score for g in grades if g.score is not None))
    most = max(grade.max_score for grade in grades)
    return Summary(
        assignment,
        most,
        scores,
        tuple(g.person.id for g in grades if g.result is None),
        sum(bool(g.waiting) for g in grades),
        tuple(_binned(scores, most)),
        tuple(sorted(_cells(grades), key=lambda cell: (cell.share, cell.name))),
    )


def _binned(scores: Iterable[float], most: float) -> Iterator[int]:
    found = Counter(_bin(score, most) for score in scores)
    yield from (found[number] for number in range(BINS))


def _bin(score: float, most: float) -> int:
    share = score / most if most else 1.0
    return min(max(int(share * BINS), 0), BINS - 1)


def _cells(grades: Iterable[Grade]) -> Iterator[Cell]:
    """Yield each scored cell; submissions that the grader failed on do not count."""
    checks: dict[str, list[Check]] = {}
    for grade in grades:
        if grade.result and not grade.grader_failed:
            for check in grade.result.cells:
                checks.setdefault(_name(check), []).append(check)
    for name, found in checks.items():
        # An essay is a person's to grade, though it scores 0 where nothing was read.
        if any(c.status == "manual" or not c.max_points for c in found):
            continue
        share = statistics.fmean(check.points / check.max_points for check in found)
        count: Counter[str] = Counter(check.status for check in found)
        statuses = dict(count.most_common())
        yield Cell(name, share, found[0].max_points, statuses)


def _name(check: Check) -> str:
    return f"{check.notebook}/{check.grade_id}" if check.notebook else check.grade_id


def _look(grade: Grade) -> Look | None:
    """Return what a person should look at in a student's work, None if nothing."""
    if grade.result is None:
        return None
    why = [flag.text for flag in grade.result.flags]
    if low := [_name(c) for c in grade.result.cells if c.trust == "in-kernel"]:
        why.append(f"graded beside student code: {', '.join(low)}")
    if why and grade.waiting:
        why.append(f"{points_text(grade.waiting)} points to grade by hand")
    return Look(grade.person.id, grade.assignment, tuple(why)) if why else None


def page(report: Report, title: str, made: datetime) -> str:
    """Return the class's page as HTML.

    Parameters
    ----------
    report
        What is said of the class.
    title
        The name of the class.
    made
        When the report was made.
    """
    return _template().render(
        report=report, title=title, made=f"{made:%d %B %Y, %H:%M}"
    )


@cache
def _template() -> Template:
    environment = html.environment("feedback.css", "report.css")
    environment.globals |= {"words": WORDS, "bins": BINS}
    return environment.get_template("report.html.j2")


__all__ = ["Cell", "Look", "Report", "Summary", "of_grades", "page"]
