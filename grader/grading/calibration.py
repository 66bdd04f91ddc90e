"""What grading the instructor's own solution has shown: where each test can run.

:func:`grader.grading.calibrate.calibrate` finds it out, once for an assignment, and the
grading of each submission goes by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from grader.errors import CourseError
from grader.records import TRUST_LEVELS, Check, Flag, Trust, points_text

_NEXT = (
    "correct the notebook, or supply what it needs, and grade again (with --force if "
    "the notebook stays as it is)"
)


class Places(NamedTuple):
    """Where each test runs that does not run in the examiner alone.

    Attributes
    ----------
    beside : collection of str
        Tests that run in the session's own kernel, beside the answers.
    elsewhere : collection of str
        Tests that the session does not run.
    twice : collection of str
        Tests that run in the examiner, and then in the session's own kernel. Only for
        trials of answers that the instructor wrote.
    """

    beside: Collection[str] = ()
    elsewhere: Collection[str] = ()
    twice: Collection[str] = ()


class FailedTest(NamedTuple):
    """A test that the solution does not pass.

    Attributes
    ----------
    check : Check
        What the solution got.
    error : str
        The exception, for the instructor; empty if the test raised none.
    cause : str
        The cell above it that raised an error first, with that error; empty if none.
    """

    check: Check
    error: str
    cause: str

    @property
    def reason(self) -> str:
        """Why the solution does not pass."""
        got = f"it earns {points_text(self.check.points)} of "
        got += f"{points_text(self.check.max_points)} points"
        reason = self.error or f"{self.check.status}: {self.check.message}"
        reason = got if self.check.status == "partial" else reason.rstrip(": ")
        return f"{reason}; before it, {self.cause}" if self.cause else reason


@dataclass(frozen=True, slots=True)
class Calibration:
    """Where the tests of an assignment can run.

    Attributes
    ----------
    trusts : dict of str to str
        How far tests can be trusted, by grade_id. Tests that are not listed run in the
        examiner alone.
    reasons : dict of str to str
        Why a test does not run in the examiner alone, for the instructor.
    lenders : frozenset of str
        Tests that run beside the answers, because later cells need names that their
        hidden lines bind.
    quiet : frozenset of str
        Tests that fail in the kernel if anything is written to standard error while
        they run, as in nbgrader. With the solution nothing is.
    answers : frozenset of str
        The names that the solution's answers bind.
    proofs : dict of str to str
        What :func:`grader.grading.trust_proof.prove` found.
    by_hand : dict of str to str
        Why a person has to grade a test that is not trusted enough, by grade_id.
    failed : tuple of FailedTest
        Test cells that the solution does not pass at all.
    fault : str
        Why the solution could not be graded, through a fault of the grader.
    """

    trusts: Mapping[str, Trust] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    lenders: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    proofs: Mapping[str, str] = field(default_factory=dict)
    by_hand: Mapping[str, str] = field(default_factory=dict)
    failed: tuple[FailedTest, ...] = ()
    fault: str = ""

    def trust(self, grade_id: str) -> Trust:
        """Return how far a test can be trusted."""
        return self.trusts.get(grade_id, "examiner")

    def at_least(self, least: Trust) -> Calibration:
        """Return the same, with a person to grade each test that has less trust."""
        low = {
            name: f"its test has the trust {trust}, and at least {least} is asked for"
            for name, trust in self.trusts.items()
            if TRUST_LEVELS.index(trust) < TRUST_LEVELS.index(least)
        }
        return replace(self, by_hand=low)

    def without(self, tests: Iterable[str]) -> Calibration:
        """Return the same, with these tests in the examiner alone."""
        left = dict(self.trusts)
        for name in tests:
            left.pop(name, None)
        return replace(self, trusts=left, lenders=self.lenders & left.keys())

    @property
    def places_of_trials(self) -> Places:
        """The places of tests while many answers are tried in one kernel."""
        twice = {name for name, trust in self.trusts.items() if trust == "both"}
        return Places(beside=self.need_kernel - twice, twice=twice)

    @property
    def need_kernel(self) -> frozenset[str]:
        """The tests that the examiner does not judge alone, or not at all."""
        return frozenset(self.trusts)

    @property
    def elsewhere(self) -> frozenset[str]:
        """The tests that only the kernel can run, and that bind nothing for answers."""
        alone = {name for name, trust in self.trusts.items() if trust == "in-kernel"}
        return frozenset(alone - self.lenders)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What each result of the assignment says about its tests."""
        return tuple(
            Flag(
                "course",
                f"cell {test.check.grade_id}: the instructor's own solution does not "
                f"pass this test ({test.reason}); {self._where(test)}, as nbgrader "
                f"would grade it; {_NEXT}",
            )
            for test in self.failed
        )

    def _where(self, test: FailedTest) -> str:
        beside = self.trust(test.check.grade_id) == "in-kernel"
        return f"it was graded {'in the kernel' if beside else 'all the same'}"

    def require_sound(self, label: str) -> None:
        """Raise an error if the solution of the assignment `label` fails its tests.

        Raises
        ------
        CourseError
            With each test that fails, and why.
        """
        if self.failed:
            lines = [
                f"  {test.check.grade_id}: {test.check.status}: {test.reason}"
                for test in self.failed
            ]
            raise CourseError(
                f"{label}: the instructor's own solution does not pass its tests, so "
                "they cannot grade:\n"
                + "\n".join(lines)
                + "\nCorrect the notebook, and run again."
            )


__all__ = ["Calibration", "FailedTest", "Places"]
