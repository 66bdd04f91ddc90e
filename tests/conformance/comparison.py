"""Compare our grades with nbgrader's: what differs, counts by kind and trust, faults.

Everything here is pure: it starts and opens nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tests.conformance.grading import Graded, Key
from tests.conformance.reader import Style

MOST_MANUAL = 0.03
COLUMNS = ("styles", "answers", "equal", "manual", "too generous", "too strict")

Verdict = Literal["equal", "manual", "too generous", "too strict"]


@dataclass(frozen=True)
class Compared:
    """One answer, graded by nbgrader and by our grader."""

    kind: str
    key: Key
    nbgrader: float
    ours: Graded

    @property
    def verdict(self) -> Verdict:
        if self.ours.status == "manual":
            return "manual"
        if abs(self.ours.points - self.nbgrader) < 1e-6:
            return "equal"
        return "too generous" if self.ours.points > self.nbgrader else "too strict"

    def line(self) -> str:
        """Return the two grades in one line."""
        said = " ".join(self.ours.message.split())
        return (
            f"{self.verdict}: {self.kind}: {self.key.style}, {self.key.answer}: "
            f"nbgrader {self.nbgrader:g}, ours {self.ours.points:g} "
            f"({self.ours.trust}, {self.ours.status}) {said}".rstrip()
        )


def compared(
    styles: Iterable[Style], theirs: Mapping[Key, float], ours: Mapping[Key, Graded]
) -> list[Compared]:
    """Return each answer that both have graded, in the order of the styles."""
    keys = [
        (style.kind, Key(style.name, answer.label))
        for style in styles
        for answer in style.answers
    ]
    return [
        Compared(kind, key, theirs[key], ours[key])
        for kind, key in keys
        if key in theirs and key in ours
    ]


def faulty(styles: Iterable[Style], points: Mapping[Key, float]) -> list[str]:
    """Return which styles are themselves at fault, by nbgrader's points.

    A right answer earns all points in nbgrader, and a wrong one does not.
    """
    found = []
    for style in styles:
        for answer in style.answers:
            got = points.get(Key(style.name, answer.label))
            full = got is not None and got >= style.points
            if got is not None and full == (answer.role == "wrong"):
                what = f"{got:g} of {style.points:g}"
                found.append(f"{style.kind}: {style.name}, {answer.label}: {what}")
    return found


def table(found: Sequence[Compared]) -> str:
    """Return the counts by kind and trust, as text."""
    ordered = sorted(found, key=lambda each: (each.kind, each.ours.trust))
    rows: list[tuple[str, ...]] = [("kind", "trust", *COLUMNS)]
    for (kind, trust), group in groupby(ordered, lambda e: (e.kind, e.ours.trust)):
        rows.append((kind, trust, *map(str, _counts(list(group)))))
    for trust, group in groupby(
        sorted(found, key=lambda e: e.ours.trust), lambda e: e.ours.trust
    ):
        rows.append(("all", trust, *map(str, _counts(list(group)))))
    rows.append(("all", "", *map(str, _counts(found))))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _counts(found: Sequence[Compared]) -> list[int]:
    verdicts = [each.verdict for each in found]
    counts = [verdicts.count(name) for name in ("equal", "manual")]
    counts += [verdicts.count(name) for name in ("too generous", "too strict")]
    return [len({each.key.style for each in found}), len(found), *counts]


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    words = [text.ljust(width) for text, width in zip(row[:2], widths, strict=False)]
    numbers = [t.rjust(w) for t, w in zip(row[2:], widths[2:], strict=True)]
    return "  ".join([*words, *numbers]).rstrip()


def shortfalls(
    found: Sequence[Compared], allowed: Mapping[Key, str], at_fault: Collection[str]
) -> list[str]:
    """Return in words why the suite does not pass; nothing if it does.

    Parameters
    ----------
    found
        All answers that were graded.
    allowed
        The answers that may be left to a person.
    at_fault
        Styles that are themselves at fault.
    """
    differing = [e for e in found if e.verdict in ("too generous", "too strict")]
    manual = [each for each in found if each.verdict == "manual"]
    unlisted = [each for each in manual if each.key not in allowed]
    share = len(manual) / max(len(found), 1)
    reasons = [
        (differing, f"{len(differing)} answers get other points than nbgrader's"),
        (unlisted, f"{len(unlisted)} manual answers are not listed in manual.txt"),
        (share > MOST_MANUAL, f"{share:.1%} of the answers are manual: at most 3 %"),
        (at_fault, f"{len(at_fault)} answers are not what their style says they are"),
    ]
    return [text for wrong, text in reasons if wrong]


__all__ = ["Compared", "compared", "faulty", "shortfalls", "table"]
