"""Define the results of one notebook's solution, blank copy and wrong answers.

These are facts; :mod:`grader.authoring.verify.checks` judges them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.authoring.verify.case import Case
from grader.authoring.verify.equivalent import Equivalent
from grader.authoring.verify.mutants import Mutant, Origin
from grader.grading.trials import Trial
from grader.records import Check


@dataclass(frozen=True, slots=True)
class Verdict:
    """A wrong answer and how the tests judged it."""

    mutant: Mutant
    trial: Trial

    @property
    def caught(self) -> bool:
        """Whether a test failed it: under every seed if it was written by hand."""
        generated = self.mutant.origin == "generated"
        return (
            not self.trial.passed if generated else "passed" not in self.trial.outcomes
        )

    @property
    def on_screen(self) -> bool:
        """Whether a student sees it fail: a visible test, or an error on the way."""
        return self.trial.raised or "visible" in self.trial.outcomes

    @property
    def name(self) -> str:
        return f"{self.mutant.grade_id}/{self.mutant.name}"


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of one notebook.

    Attributes
    ----------
    case : Case
        What was tried.
    failed : tuple of Check
        Tests that the solution does not pass.
    blank : tuple of Check
        Grades of the copy that students get.
    seeds : tuple of int
        The seeds of the hidden tests' random numbers.
    solutions : mapping of str to Trial
        The solution's trial for each exercise, under every seed.
    verdicts : tuple of Verdict
        Of all wrong answers.
    in_kernel : tuple of str
        Tests that run beside student code, because the examiner cannot run them.
    seconds : float
    """

    case: Case
    failed: tuple[Check, ...]
    blank: tuple[Check, ...]
    seeds: tuple[int, ...]
    solutions: Mapping[str, Trial]
    verdicts: tuple[Verdict, ...]
    in_kernel: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def notebook(self) -> str:
        """The name of the assignment."""
        return self.case.assignment.name

    @property
    def points(self) -> float:
        """The points of all tests."""
        tasks = self.case.assignment.tasks
        return sum(task.points for task in tasks if task.kind == "test")

    @property
    def earned(self) -> float:
        """The points that the solution earns."""
        return self.points - sum(c.max_points - c.points for c in self.failed)

    @property
    def blank_points(self) -> float:
        """The points that the blank copy earns."""
        return sum(check.points for check in self.blank)

    def of(self, *origins: Origin) -> list[Verdict]:
        """Return the verdicts on wrong answers of these origins."""
        return [v for v in self.verdicts if v.mutant.origin in origins]

    def covered_by(self, entry: Equivalent) -> list[Verdict]:
        """Return the verdicts on generated mutants that an entry of the list means."""
        return [v for v in self.of("generated") if v.mutant.is_listed_as(entry)]

    @property
    def equal(self) -> list[Verdict]:
        """Generated mutants that no test caught and that are listed as equivalent."""
        return [v for v in self.of("generated") if not v.caught and self._listed(v)]

    @property
    def survivors(self) -> list[Verdict]:
        """Generated mutants that no test caught and that are not listed."""
        return [v for v in self.of("generated") if not v.caught and not self._listed(v)]

    def _listed(self, verdict: Verdict) -> bool:
        return any(map(verdict.mutant.is_listed_as, self.case.listed.equivalent))

    @property
    def kill_rate(self) -> float | None:
        """The share of generated mutants that was caught, without equivalent ones."""
        count = len(self.of("generated")) - len(self.equal)
        return None if count <= 0 else 1 - len(self.survivors) / count

    def by_seed(self, trial: Trial) -> str:
        """Say in words under which seeds an answer passed."""
        pairs = zip(self.seeds, trial.outcomes, strict=False)
        return ", ".join(
            f"seed {seed} {'passed' if how == 'passed' else 'failed'}"
            for seed, how in pairs
        )


__all__ = ["Findings", "Verdict"]
