"""Combine the results of one assignment's notebooks, and split them again. Pure.

In nbgrader's courses an assignment may have several notebooks, and a grade_id is unique
in its notebook only. Each notebook is graded alone; ``results.jsonl`` has one result
for all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from grader.execution.limits import weakest
from grader.grading import scoring
from grader.records import Assignment, Flag, Result


def combine_results(parts: Sequence[tuple[Assignment, Result]]) -> Result:
    """Return one result for all notebooks of an assignment, in the course's order."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    named = [(part.notebook, result) for part, result in parts]
    checks = tuple(
        replace(check, notebook=name)
        for name, result in named
        for check in result.cells
    )
    return replace(
        first,
        release=combined_release([part for part, _ in parts]),
        score=scoring.total(checks),
        max_score=scoring.rounded(sum(result.max_score for _, result in named)),
        cells=checks,
        repairs=tuple(
            repair + _of(name) for name, result in named for repair in result.repairs
        ),
        flags=tuple(
            replace(flag, text=flag.text + _of(name))
            for name, result in named
            for flag in result.flags
        ),
        seconds=round(sum(result.seconds for _, result in named), 3),
        # A notebook that was not submitted has none.
        sandbox=weakest(result.sandbox for _, result in named),
    )


def combined_release(parts: Sequence[Assignment]) -> str:
    """Return the release of an assignment; of several notebooks, a hash of all."""
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
        repairs=_texts_of(part, result.repairs),
        flags=_flags_of(part, result.flags),
    )


def _of(name: str) -> str:
    return f" ({name}.ipynb)"


def _texts_of(part: Assignment, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts about one notebook, without its name."""
    ending = _of(part.notebook)
    return tuple(text.removesuffix(ending) for text in texts if text.endswith(ending))


def _flags_of(part: Assignment, flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return the flags about one notebook, without its name."""
    ending = _of(part.notebook)
    return tuple(
        replace(flag, text=flag.text.removesuffix(ending))
        for flag in flags
        if flag.text.endswith(ending)
    )


__all__ = ["combine_results", "combined_release", "result_of_notebook"]
