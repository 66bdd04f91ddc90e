"""Classroom 50's ``result.json``, schema ``classroom50/result/v1``.

Scores are whole numbers there: fractions of a point are cut off, and the output of the
test says how many points were earned. The package's ``autograder.py`` adds the names of
classroom, assignment and commit, because only the runner knows them. :func:`make`
returns everything else, and the text of the release page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from grader.records import points_text
from grader.reports.platforms.sheet import Row, Sheet

SCHEMA = "classroom50/result/v1"
#: The keys that ``autograder.py`` adds on the runner.
IDENTITY = (
    "classroom",
    "assignment",
    "submission",
    "commit",
    "release",
    "review",
    "datetime",
)
_BACKTICKS = re.compile("`+")


def make(sheet: Sheet, visibility: str = "visible") -> dict[str, Any]:
    """Return scores, tests and the text of the release page.

    Parameters
    ----------
    sheet
        What the student reads.
    visibility
        Not used: Classroom 50 shows every test.
    """
    del visibility
    tests = [_test(row) for row in sheet.rows]
    return {
        "schema": SCHEMA,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
        "release_body": _page(sheet),
        "grader_failed": sheet.grader_failed,
    }


def _test(row: Row) -> dict[str, Any]:
    check = row.check
    most = 0 if row.by_hand else int(check.max_points)
    score = 0 if row.by_hand else int(check.points)
    text = row.text
    if score != check.points:
        text += f"\n{points_text(check.points)} points; only whole ones count here."
    return {
        "test-name": row.name,
        "passed": row.by_hand or check.status == "passed",
        "score": score,
        "max-score": most,
        "output": text,
    }


def _page(sheet: Sheet) -> str:
    """Return the release page in Markdown, with student text in code blocks only."""
    score, most = points_text(sheet.score), points_text(sheet.max_score)
    parts = [f"### {score} of {most} points", _fenced("\n".join(sheet.notes))]
    for row in sheet.rows:
        share = "graded by a person"
        if not row.by_hand:
            share = f"{points_text(row.check.points)} of "
            share += points_text(row.check.max_points)
        parts.append(_fenced(f"{row.name}: {share}\n{row.text}"))
    return "\n\n".join(filter(None, parts)) + "\n"


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}" if text else ""


def message(text: str, *, grader_failed: bool = False) -> dict[str, Any]:
    """Return a result without a grade.

    Parameters
    ----------
    text
        Why there is none, for the student.
    grader_failed
        Whether the student is not to blame.
    """
    test = {"test-name": text.split(". ")[0], "passed": False, "output": text}
    return {
        "schema": SCHEMA,
        "score": 0,
        "max-score": 0,
        "tests": [test | {"score": 0, "max-score": 0}],
        "release_body": f"{_fenced(text)}\n",
        "grader_failed": grader_failed,
    }


def faults_of_file(content: dict[str, Any]) -> Iterator[str]:
    """Yield what Classroom 50 would refuse in a result file, besides its tests."""
    if content.get("schema") != SCHEMA:
        yield f"schema is {content.get('schema')!r}, not {SCHEMA!r}"
    for key in IDENTITY:
        if not isinstance(content.get(key), str) or not content[key]:
            yield f"{key} is not a string, or is empty"
    if not str(content.get("submission", "")).startswith("submit/"):
        yield "submission does not begin with 'submit/'"
    yield from _score_faults(content)


def faults_of_test(test: dict[str, Any]) -> Iterator[str]:
    """Yield what Classroom 50 would refuse in one test of a result file."""
    if not isinstance(test.get("test-name"), str) or not test["test-name"]:
        yield "test-name is not a string, or is empty"
    if not isinstance(test.get("passed"), bool):
        yield "passed is neither true nor false"
    yield from _score_faults(test)


def _score_faults(content: dict[str, Any]) -> Iterator[str]:
    values = [content.get(key) for key in ("score", "max-score")]
    if not all(type(value) is int and value >= 0 for value in values):
        yield f"score and max-score are {values}, not whole numbers"
    elif values[0] > values[1]:  # type: ignore[operator]  # both are numbers here
        yield f"score and max-score are {values}: more than the maximum"


__all__ = ["IDENTITY", "SCHEMA", "faults_of_file", "faults_of_test", "make", "message"]
