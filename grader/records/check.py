"""The grade of one cell, and points as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "passed", "partial", "failed", "error", "timeout", "crashed", "missing", "manual"
]
Trust = Literal["examiner", "both", "in-kernel", "none"]
#: How far a test can be trusted, from the lowest level to the highest.
TRUST_LEVELS: tuple[Trust, ...] = ("in-kernel", "both", "examiner")


@dataclass(frozen=True, slots=True)
class Check:
    """The grade of one cell.

    Attributes
    ----------
    grade_id : str
        The grade_id of the cell.
    points, max_points : float
        The points that it earned, and the most that it can earn.
    status : str
        How its test ended, or that nothing could be tested.
    trust : str
        Where its test ran: in the ``examiner``, which student code never enters;
        ``in-kernel``, beside student code; in ``both``, and the lower verdict counts;
        or ``none``: nothing ran.
    message : str
        What the student reads.
    seconds : float
        Wall time of the test.
    notebook : str
        Set only where an assignment has several notebooks: a grade_id is unique in
        its notebook only.
    """

    grade_id: str
    points: float
    max_points: float
    status: Status
    trust: Trust
    message: str = ""
    seconds: float = 0.0
    notebook: str = ""

    def __str__(self) -> str:
        """Return the points and the status, with the first line of the message."""
        name = f"{self.notebook}/{self.grade_id}" if self.notebook else self.grade_id
        share = f"{points_text(self.points)} of {points_text(self.max_points)}"
        first, *_ = self.message.splitlines() or [""]
        return f"{name}: {share}, {self.status}" + (f": {first}" if first else "")


def points_text(points: float) -> str:
    """Return points as people write them, with two decimals at most.

    Examples
    --------
    >>> points_text(2.50), points_text(3.0), points_text(1 / 3)
    ('2.5', '3', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
