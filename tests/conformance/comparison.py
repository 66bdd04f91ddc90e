"""Compare our grades with nbgrader's, count how they differ, and say what is wrong.

Everything here is pure: it starts and opens nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tests.conformance.grading import Graded, Key
from tests.conformance.reader import Style

MOST_MANUAL = 0.03

Verdict = Literal["equal", "manual", "too generous", "too strict"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Compared:
    """One answer, graded by nbgrader and by our grader."""

    kind: str
    key: Key
    nbgrader: float
    ours: Graded

    @property
    def verdict(self) -> Verdict:
        """Return how our points compare with nbgrader's."""
        if self.ours.status == "manual":
            return "manual"
        if abs(self.ours.points - self.nbgrader) < 1e-6:
            return "equal"
        return "too generous" if self.ours.points > self.nbgrader else "too strict"

    def line(self) -> str:
        """Return the two grades as a line of text."""
        message = " ".join(self.ours.message.split())
        return (
            f"{self.verdict}: {self.kind}: {self.key.style}, {self.key.answer}: "
            f"nbgrader {self.nbgrader:g}, ours {self.ours.points:g} "
            f"({self.ours.trust}, {self.ours.status}) {message}".rstrip()
        )


def compared(
    styles: Iterable[Style], theirs: Mapping[Key, float], ours: Mapping[Key, Graded]
) -> list[Compared]:
    """Return each answer that both graders have graded, in the order of the styles."""
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
    """Return the answers that are not as right or wrong as their style says.

    nbgrader must give all points to a right answer, and fewer to a wrong one.
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
    groups: dict[tuple[str, str], list[Compared]] = {}
    for each in sorted(found, key=lambda each: (each.kind, each.ours.trust)):
        groups.setdefault((each.kind, each.ours.trust), []).append(each)
    for each in sorted(found, key=lambda each: each.ours.trust):
        groups.setdefault(("all", each.ours.trust), []).append(each)
    groups["all", ""] = list(found)
    rows = [("kind", "trust", "styles", "answers", *VERDICTS)]
    rows += [(*name, *map(str, _counts(group))) for name, group in groups.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _counts(found: Sequence[Compared]) -> list[int]:
    verdicts = [each.verdict for each in found]
    counts = [verdicts.count(verdict) for verdict in VERDICTS]
    return [len({each.key.style for each in found}), len(found), *counts]


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    words = [text.ljust(width) for text, width in zip(row[:2], widths, strict=False)]
    numbers = [t.rjust(w) for t, w in zip(row[2:], widths[2:], strict=True)]
    return "  ".join([*words, *numbers]).rstrip()


def shortfalls(
    found: Sequence[Compared], allowed: Mapping[Key, str], at_fault: Collection[str]
) -> list[str]:
    """Return the reasons why the suite does not pass; none if it passes.

    Parameters
    ----------
    found
        All answers that were graded.
    allowed
        The answers that may be left to a person.
    at_fault
        The answers that `faulty` returns.
    """
    differing = [e for e in found if e.verdict not in ("equal", "manual")]
    manual = [each for each in found if each.verdict == "manual"]
    unlisted = [each for each in manual if each.key not in allowed]
    share = len(manual) / max(len(found), 1)
    reasons = [
        (differing, f"{len(differing)} answers get other points than nbgrader's"),
        (unlisted, f"{len(unlisted)} manual answers are not listed in manual.txt"),
        (
            share > MOST_MANUAL,
            f"{share:.1%} of the answers are manual: at most {MOST_MANUAL:.0%} may be",
        ),
        (at_fault, f"{len(at_fault)} answers are not what their style says they are"),
    ]
    return [text for wrong, text in reasons if wrong]


__all__ = ["Compared", "compared", "faulty", "shortfalls", "table"]
