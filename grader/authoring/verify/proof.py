"""Define the proof of one notebook: what was found, and what falls short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from grader.authoring.verify import checks
from grader.authoring.verify.checks import Shortfall
from grader.authoring.verify.findings import Findings, Verdict


@dataclass(frozen=True, slots=True)
class Proof:
    """The findings of one notebook, and where its tests fall short.

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
        """Judge the findings of one notebook."""
        return cls(findings, checks.shortfalls(findings))

    @property
    def notebook(self) -> str:
        """The name of the assignment."""
        return self.findings.notebook

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as plain data, for JSON."""
        findings = self.findings
        return {
            "notebook": findings.notebook,
            "solution": findings.earned,
            "max_score": findings.points,
            "blank": findings.blank_points,
            "in_kernel": list(findings.in_kernel),
            "seeds": list(findings.seeds),
            "listed": len(findings.of("kept")),
            "on_screen": sum(verdict.on_screen for verdict in findings.of("kept")),
            "kill_rate": findings.kill_rate,
            "equivalent": len(findings.equal),
            "open": [entry.grade_id for entry in findings.case.listed.open],
            "mutants": [_row(verdict) for verdict in findings.verdicts],
            "shortfalls": [{"point": s.point, "text": s.text} for s in self.shortfalls],
            "seconds": findings.seconds,
        }


def _row(verdict: Verdict) -> dict[str, Any]:
    mutant = verdict.mutant
    return {
        "grade_id": mutant.grade_id,
        "name": mutant.name,
        "origin": mutant.origin,
        "subtle": mutant.subtle,
        "caught": verdict.caught,
        "on_screen": verdict.on_screen,
        "by": list(verdict.trial.outcomes),
        "told": verdict.trial.message,
        "before": mutant.before,
        "after": mutant.after,
    }


__all__ = ["Proof", "Shortfall"]
