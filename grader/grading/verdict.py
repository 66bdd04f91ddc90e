"""Decide what counts when the examiner and the kernel have both judged a test. Pure.

Student code can forge the verdict of its own kernel, and the examiner cannot see
everything. So the lower verdict counts: no kernel can raise a grade. Where the kernel
passes a test and the examiner stumbled (it could not ask what the test asks), the right
verdict is not known, and a person decides.
"""

from __future__ import annotations

from typing import NamedTuple

from grader.grading import scoring
from grader.records import Outcome


class Verdict(NamedTuple):
    """What counts for one test.

    Attributes
    ----------
    outcome : Outcome
        The outcome that earns the points.
    proposed : float or None
        Points that a person should confirm; None if there is nothing to confirm.
    disputed : bool
        Whether the kernel's verdict is lower than the examiner's.
    """

    outcome: Outcome
    proposed: float | None = None
    disputed: bool = False


def lower(
    examined: Outcome | None, in_kernel: Outcome | None, points: float
) -> Verdict:
    """Return the verdict on one test.

    Parameters
    ----------
    examined
        How it ended in the examiner; None if it did not run there.
    in_kernel
        How it ended beside student code; None if it did not run there.
    points
        What the test is worth.

    Examples
    --------
    >>> lower(Outcome("passed"), Outcome("failed"), 2).outcome.ended
    'failed'
    >>> lower(Outcome("failed"), Outcome("passed"), 2).outcome.ended
    'failed'
    >>> lower(Outcome("error", stumbled="its source"), Outcome("passed"), 2).proposed
    2.0
    """
    if examined is None or in_kernel is None:
        outcome = examined or in_kernel
        if outcome is None:
            raise ValueError("nobody has judged this test")
        return Verdict(outcome)
    by_examiner = scoring.earned(examined, points)
    by_kernel = scoring.earned(in_kernel, points)
    # After a timeout the examiner's calls were not completed: nothing is proposed.
    if examined.stumbled and by_kernel > 0 and examined.ended != "timeout":
        return Verdict(examined, proposed=by_kernel)
    if by_kernel < by_examiner:
        return Verdict(in_kernel, disputed=True)
    return Verdict(examined)


def kernel_could_change(examined: Outcome, points: float) -> bool:
    """Say whether the kernel could change the examiner's verdict."""
    return bool(examined.stumbled) or scoring.earned(examined, points) > 0


__all__ = ["Verdict", "kernel_could_change", "lower"]
