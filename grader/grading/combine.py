"""Combine the results of an assignment's notebooks into one, and split it again. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from grader.grading import scoring
from grader.records import Assignment, Result


def together(parts: Sequence[tuple[Assignment, Result]]) -> Result:
    """Return one result of the notebooks of an assignment, in the course's order."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    named = [(part.notebook, result) for part, result in parts]
    checks = tuple(
        replace(check, notebook=name) for name, each in named for check in each.cells
    )
    return replace(
        first,
        release=release([part for part, _ in parts]),
        score=scoring.total(checks),
        max_score=scoring.rounded(sum(each.max_score for _, each in named)),
        cells=checks,
        repairs=tuple(said + _of(n) for n, each in named for said in each.repairs),
        flags=tuple(said + _of(n) for n, each in named for said in each.flags),
        seconds=round(sum(each.seconds for _, each in named), 3),
    )


def release(parts: Sequence[Assignment]) -> str:
    """Return what names the release of an assignment: of several, a hash of all."""
    if len(parts) == 1:
        return parts[0].release
    text = "\n".join(part.release for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def apart(result: Result, part: Assignment) -> Result:
    """Return what `result`, of all notebooks, says of one of them."""
    if not any(check.notebook for check in result.cells):
        return result
    checks = [check for check in result.cells if check.notebook == part.notebook]
    return replace(
        result,
        release=part.release,
        score=scoring.total(checks),
        max_score=part.max_score,
        cells=tuple(replace(check, notebook="") for check in checks),
        repairs=_own(result.repairs, part),
        flags=_own(result.flags, part),
    )


def _of(name: str) -> str:
    # At the end: how a flag begins says whose fault it is.
    return f" ({name}.ipynb)"


def _own(said: Sequence[str], part: Assignment) -> tuple[str, ...]:
    ending = _of(part.notebook)
    return tuple(s.removesuffix(ending) for s in said if s.endswith(ending))


__all__ = ["apart", "release", "together"]
