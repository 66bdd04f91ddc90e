"""What ``grader verify`` hands over of each notebook: the findings and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from grader.authoring.verify import checks
from grader.authoring.verify.checks import Shortfall
from grader.authoring.verify.findings import Findings, Verdict


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of one notebook, and where its tests fall short.

    Attributes
    ----------
    findings : Findings
    shortfalls : tuple of Shortfall
        In the order of the checks. The tests are proven if there are none.
    """

    findings: Findings
    shortfalls: tuple[Shortfall, ...]

    @classmethod
    def of(cls, findings: Findings) -> Self:
        """Judge what was found."""
        return cls(findings, checks.shortfalls(findings))

    @property
    def notebook(self) -> str:
        """The name of the assignment."""
        return self.findings.notebook

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as plain data, for JSON."""
        found = self.findings
        return {
            "notebook": found.notebook,
            "solution": found.earned,
            "max_score": found.points,
            "blank": found.blank_points,
            "in_kernel": list(found.in_kernel),
            "seeds": list(found.seeds),
            "kill_rate": found.kill_rate,
            "equivalent": len(found.equal),
            "open": [entry.grade_id for entry in found.case.listed.open],
            "mutants": [_row(verdict) for verdict in found.verdicts],
            "shortfalls": [{"point": s.point, "text": s.text} for s in self.shortfalls],
            "seconds": found.seconds,
        }


def _row(verdict: Verdict) -> dict[str, Any]:
    mutant = verdict.mutant
    return {
        "grade_id": mutant.grade_id,
        "name": mutant.name,
        "origin": mutant.origin,
        "subtle": mutant.subtle,
        "caught": verdict.caught,
        "by": list(verdict.trial.hows),
        "told": verdict.trial.told,
        "before": mutant.before,
        "after": mutant.after,
    }


__all__ = ["Proof", "Shortfall"]
