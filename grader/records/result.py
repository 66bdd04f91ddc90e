"""The grade of one submission, and its line of ``results.jsonl``."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from grader.records.check import Check, points_text
from grader.records.escapes import printable
from grader.records.flag import Flag


@dataclass(frozen=True, slots=True)
class Result:
    """The grade of one submission: one line of ``results.jsonl``.

    Attributes
    ----------
    student, assignment, release : str
        The student, the assignment, and the release that was graded.
    seed, grader : int, str
        The seed of the hidden tests' random inputs, and the version of the grader.
    score, max_score : float
        The sum of the cells' points, and the most points that all tasks can earn.
    cells : tuple of Check
        One for each graded cell.
    repairs, flags : tuple
        What had to be repaired, and what the instructor should know.
    seconds : float
        Wall time of grading.
    sandbox : str
        The sandbox in which student code ran; empty if none ran.
    """

    student: str
    assignment: str
    release: str
    seed: int
    grader: str
    score: float
    max_score: float
    cells: tuple[Check, ...]
    repairs: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    seconds: float = 0.0
    sandbox: str = ""

    @property
    def grader_failed(self) -> bool:
        """Whether any part of the grading failed through no fault of the student."""
        return any(flag.kind == "grader_fault" for flag in self.flags)

    @property
    def repair_count(self) -> int:
        """Number of repairs, without the notes that the copy is from another release.

        Each flag of the kind ``release`` comes with one such note in `repairs`.
        """
        notes = sum(flag.kind == "release" for flag in self.flags)
        return max(len(self.repairs) - notes, 0)

    def __str__(self) -> str:
        """Return the score, then a line for each cell, repair and flag."""
        lines = [
            f"{self.student}, {self.assignment}: {points_text(self.score)} of "
            f"{points_text(self.max_score)} points",
            *(f"  {check}" for check in self.cells),
            *(f"  repaired: {repair}" for repair in self.repairs),
            *(f"  flag: {flag.text}" for flag in self.flags),
        ]
        return "\n".join(map(printable, lines))

    def to_json(self) -> str:
        """Return the result as one line of JSON."""
        raw = _fields(self)
        raw["cells"] = [_fields(cell) for cell in self.cells]
        raw["flags"] = [_fields(flag) for flag in self.flags]
        for cell in raw["cells"]:
            if not cell["notebook"]:
                del cell["notebook"]
        return json.dumps(raw, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, line: str) -> Result:
        """Return the result in a line of JSON that this or an older version wrote."""
        raw = json.loads(line)
        raw["cells"] = tuple(Check(**cell) for cell in raw["cells"])
        raw["repairs"] = tuple(raw["repairs"])
        raw["flags"] = tuple(map(Flag.from_json, raw["flags"]))
        return cls(**raw)


@dataclass(frozen=True, slots=True)
class Graded:
    """A result, and the notebook that was run to get it.

    Attributes
    ----------
    result : Result
        The grade.
    notebook : str
        What ``autograded/`` gets, as JSON text: the instructor's cells with the
        student's answers and all outputs. For instructors only: it holds hidden
        tests.
    """

    result: Result
    notebook: str


def _fields(record: Result | Check | Flag) -> dict[str, Any]:
    """Return the fields of `record` by name, without copying their values."""
    return {item.name: getattr(record, item.name) for item in fields(record)}
