"""Combine the results of one assignment's notebooks, and split them again. Pure.

nbgrader's courses may have several notebooks in an assignment, and keep grade_ids per
notebook. Each notebook is graded alone; ``results.jsonl`` has one result for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from grader.grading import scoring
from grader.records import Assignment, Flag, Result


def combine_results(parts: Sequence[tuple[Assignment, Result]]) -> Result:
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
        release=combined_release([part for part, _ in parts]),
        score=scoring.total(checks),
        max_score=scoring.rounded(sum(each.max_score for _, each in named)),
        cells=checks,
        repairs=tuple(said + _of(n) for n, each in named for said in each.repairs),
        flags=tuple(
            replace(flag, text=flag.text + _of(name))
            for name, each in named
            for flag in each.flags
        ),
        seconds=round(sum(each.seconds for _, each in named), 3),
    )


def combined_release(parts: Sequence[Assignment]) -> str:
    """Return what names the release of an assignment: of several, a hash of all."""
    if len(parts) == 1:
        return parts[0].release
    text = "\n".join(part.release for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def result_of_notebook(result: Result, part: Assignment) -> Result:
    """Return the part of a combined result that concerns one notebook.

    Parameters
    ----------
    result
        Of all the notebooks of an assignment.
    part
        One of the notebooks.
    """
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
        flags=_own_flags(result.flags, part),
    )


def _of(name: str) -> str:
    return f" ({name}.ipynb)"


def _own(texts: Sequence[str], part: Assignment) -> tuple[str, ...]:
    """Return the texts about one notebook, without its name."""
    ending = _of(part.notebook)
    return tuple(text.removesuffix(ending) for text in texts if text.endswith(ending))


def _own_flags(flags: Sequence[Flag], part: Assignment) -> tuple[Flag, ...]:
    ending = _of(part.notebook)
    return tuple(
        replace(flag, text=flag.text.removesuffix(ending))
        for flag in flags
        if flag.text.endswith(ending)
    )


__all__ = ["combine_results", "combined_release", "result_of_notebook"]
