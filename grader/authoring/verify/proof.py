"""What ``grader verify`` found: facts of each notebook → where it falls short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.authoring.verify.mutants import EQUIVALENT, Listed, Mutant
from grader.grading.trials import How, Trial
from grader.records import Check

Point = Literal[
    "solution", "blank", "wrong answers", "subtle", "generated", "leak", "stub", "seeds"
]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that has to be mended; `text` says where, what and the next step."""

    point: Point
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A wrong answer and how it fared."""

    mutant: Mutant
    trial: Trial

    @property
    def caught(self) -> bool:
        """At least one test failed it, under every seed if it was made by hand."""
        generated = self.mutant.origin == "generated"
        return not self.trial.passed if generated else "passed" not in self.trial.hows

    @property
    def name(self) -> str:
        return f"{self.mutant.grade_id}/{self.mutant.name}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of one notebook.

    Attributes
    ----------
    notebook : str
    points : float
        To be had from tests.
    failed : tuple of Check
        Tests that the solution does not pass.
    blank : tuple of Check
        Grades of the copy that students get.
    seeds : tuple of int
        What the hidden tests drew from.
    solutions : dict
        The solution's trial for each exercise, under every seed.
    verdicts : tuple of Verdict
        Of all wrong answers.
    found : tuple of Shortfall
        What was wrong with the files themselves.
    hidden : frozenset of str
        Tests with a hidden part.
    in_kernel : tuple of str
        Tests that run beside student code, because the examiner cannot run them.
    listed : Listed
        The generated mutants of this notebook that are right answers, and the
        exercises of which none are made.
    generated : bool
        Mutants were generated, so that stale entries among those can be told.
    seconds : float
    """

    notebook: str
    points: float
    failed: tuple[Check, ...]
    blank: tuple[Check, ...]
    seeds: tuple[int, ...]
    solutions: dict[str, Trial]
    verdicts: tuple[Verdict, ...]
    found: tuple[Shortfall, ...] = ()
    hidden: frozenset[str] = frozenset()
    in_kernel: tuple[str, ...] = ()
    listed: Listed = field(default_factory=Listed)
    generated: bool = False
    seconds: float = 0.0

    def of(self, *origins: str) -> list[Verdict]:
        """Verdicts of the mutants of these origins."""
        return [v for v in self.verdicts if v.mutant.origin in origins]

    @property
    def earned(self) -> float:
        """Points of the solution."""
        return self.points - sum(c.max_points - c.points for c in self.failed)

    @property
    def equal(self) -> list[Verdict]:
        """Generated mutants that no test caught and that are listed as equivalent."""
        return [v for v in self.of("generated") if not v.caught and self._listed(v)]

    @property
    def survivors(self) -> list[Verdict]:
        """Generated mutants that no test caught and that no reason excuses."""
        return [v for v in self.of("generated") if not v.caught and not self._listed(v)]

    def _listed(self, verdict: Verdict) -> bool:
        return any(entry.covers(verdict.mutant) for entry in self.listed.equivalent)

    @property
    def kill_rate(self) -> float | None:
        """Share of the generated mutants, equivalent ones left out, that was caught."""
        count = len(self.of("generated")) - len(self.equal)
        return None if count <= 0 else 1 - len(self.survivors) / count

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """All that has to be mended, in the order of the points."""
        return (
            *self._solution(),
            *self._blank(),
            *self._wrong_answers(),
            *self._subtle(),
            *self._generated(),
            *self.found,
            *self._seeds(),
        )

    def _solution(self) -> Iterator[Shortfall]:
        for check in self.failed:
            text = (
                f"{check.grade_id}: the solution earns {check.points:g} of "
                f"{check.max_points:g}: {check.message}"
            )
            yield Shortfall("solution", text)

    def _blank(self) -> Iterator[Shortfall]:
        for check in self.blank:
            if check.points > 0 and check.grade_id in self.hidden:
                text = (
                    f"{check.grade_id}: a blank copy earns {check.points:g} of "
                    f"{check.max_points:g}; let a hidden test fail the stub"
                )
                yield Shortfall("blank", text)

    def _wrong_answers(self) -> Iterator[Shortfall]:
        for verdict in self.of("kept", "stub"):
            if verdict.trial.passed:
                text = f"{verdict.name}: passes every test; add a hidden test"
                yield Shortfall("wrong answers", text)

    def _subtle(self) -> Iterator[Shortfall]:
        for verdict in self.of("kept"):
            trial = verdict.trial
            early = trial.raised or not {"passed", "hidden"}.issuperset(trial.hows)
            if verdict.mutant.subtle and early:
                text = (
                    f"{verdict.name}: is marked subtle, yet does not pass the "
                    f"visible tests: {trial.told}"
                )
                yield Shortfall("subtle", text)

    def _generated(self) -> Iterator[Shortfall]:
        for verdict in self.survivors:
            yield Shortfall("generated", survived(verdict.mutant))
        if not self.generated:
            return
        for entry in self.listed.equivalent:
            same = [v for v in self.of("generated") if entry.covers(v.mutant)]
            if not same or all(v.caught for v in same):
                why = "is caught" if same else "is not generated any more"
                text = f"{EQUIVALENT}: stale: {entry.grade_id}: {entry.after!r} {why}"
                yield Shortfall("generated", text)

    def _seeds(self) -> Iterator[Shortfall]:
        for grade_id, trial in self.solutions.items():
            if not trial.passed:
                yield Shortfall(
                    "seeds",
                    f"{grade_id}: the solution does not pass under every seed: "
                    f"{self._by_seed(trial)}: {trial.told}",
                )
        for verdict in self.of("kept", "stub"):
            if verdict.trial.wavers:
                text = f"{verdict.name}: {self._by_seed(verdict.trial)}"
                yield Shortfall("seeds", f"{text}; make the hidden test sure")

    def _by_seed(self, trial: Trial) -> str:
        pairs = zip(self.seeds, trial.hows, strict=False)
        return ", ".join(
            f"seed {seed} {'passed' if how == 'passed' else 'failed'}"
            for seed, how in pairs
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as plain data, for JSON."""
        return {
            "notebook": self.notebook,
            "solution": self.earned,
            "max_score": self.points,
            "blank": sum(c.points for c in self.blank),
            "in_kernel": list(self.in_kernel),
            "seeds": list(self.seeds),
            "kill_rate": self.kill_rate,
            "equivalent": len(self.equal),
            "open": [entry.grade_id for entry in self.listed.open],
            "mutants": [_row(verdict) for verdict in self.verdicts],
            "shortfalls": [{"point": s.point, "text": s.text} for s in self.shortfalls],
            "seconds": self.seconds,
        }


def survived(mutant: Mutant) -> str:
    """Return what to say of a generated mutant that no test caught: with its diff."""
    gone = "".join(f"\n  - {line}" for line in mutant.before.split("\n"))
    come = "".join(f"\n  + {line}" for line in mutant.after.split("\n"))
    return f"{mutant.grade_id}: no test fails this change:{gone}{come}"


def _row(verdict: Verdict) -> dict[str, Any]:
    mutant = verdict.mutant
    hows: tuple[How, ...] = verdict.trial.hows
    return {
        "grade_id": mutant.grade_id,
        "name": mutant.name,
        "origin": mutant.origin,
        "subtle": mutant.subtle,
        "caught": verdict.caught,
        "by": list(hows),
        "told": verdict.trial.told,
        "before": mutant.before,
        "after": mutant.after,
    }


__all__ = ["Point", "Proof", "Shortfall", "Verdict", "survived"]
