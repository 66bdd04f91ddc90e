"""What a student reads on another system: a row for each graded cell, and notes. Pure.

It says no more than a feedback page (:mod:`grader.reports.feedback`): of the assignment
only what is in the student copy, of a test only its own message. The seed is left out,
because it tells which inputs hidden tests use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.notebooks.cell_names import MADE_UP, ordinal
from grader.records import Assignment, Check, Result, Task, points_text, printable
from grader.reports.status_words import STATUS_WORDS
from grader.submissions.compare import without_points

UNPROTECTED = "without a sandbox"
_Key = tuple[str, str]


class Row(NamedTuple):
    """One graded cell, as a student reads about it.

    Attributes
    ----------
    name : str
        The heading of its question; also its notebook or a part number if several cells
        would have the same name.
    check : Check
        Its points and status.
    text : str
        The status in words, and the message of its test.
    by_hand : bool
        Whether a person gives its points, and no test.
    """

    name: str
    check: Check
    text: str
    by_hand: bool


class Sheet(NamedTuple):
    """All that a student reads about one submission.

    Attributes
    ----------
    rows : tuple of Row
        The graded cells, in the notebook's order.
    notes : tuple of str
        Lines about the whole submission: the graded files, repairs, the sandbox.
    grader_failed : bool
        Whether a part was not graded because the grader failed.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    grader_failed: bool = False

    @property
    def score(self) -> float:
        """The points that were given so far."""
        return sum(row.check.points for row in self.rows)

    @property
    def max_score(self) -> float:
        """The points that tests give; those that a person gives are left out."""
        return sum(row.check.max_points for row in self.rows if not row.by_hand)


def sheet(
    notebooks: Sequence[Assignment], result: Result, about: Sequence[str] = ()
) -> Sheet:
    """Return what a student reads about a result.

    Parameters
    ----------
    notebooks
        The notebooks of the assignment.
    result
        The grade of the submission.
    about
        Sentences about the submitted files, shown first in the notes.
    """
    tasks = _tasks(notebooks)
    cells = [tasks.get((check.notebook, check.grade_id)) for check in result.cells]
    by_hand = _by_hand(notebooks)
    names = _names(result.cells, [task.title if task else "" for task in cells])
    rows = tuple(
        Row(name, check, _text(check), (check.notebook, check.grade_id) in by_hand)
        for name, check in zip(names, result.cells, strict=True)
    )
    notes = tuple(map(_clean, (*about, *_notes(result))))
    return Sheet(rows, notes, result.grader_failed)


def _tasks(notebooks: Sequence[Assignment]) -> dict[_Key, Task]:
    """Return the tasks by notebook and grade_id, as in the checks of a result.

    If the assignment has one notebook only, its name is left empty there.
    """
    return {
        (notebook.notebook if len(notebooks) > 1 else "", task.grade_id): task
        for notebook in notebooks
        for task in notebook.tasks
    }


def _by_hand(notebooks: Sequence[Assignment]) -> set[_Key]:
    """Return the keys of the tasks whose points a person gives."""
    refused = {name for notebook in notebooks for name in notebook.by_hand}
    return {
        key
        for key, task in _tasks(notebooks).items()
        if task.kind in ("manual", "task") or task.grade_id in refused
    }


def points_by_test(notebooks: Sequence[Assignment]) -> float:
    """Return how many points of an assignment are given by tests."""
    by_hand, tasks = _by_hand(notebooks), _tasks(notebooks)
    return sum(task.points for key, task in tasks.items() if key not in by_hand)


def _names(checks: Sequence[Check], titles: Sequence[str]) -> list[str]:
    """Return a name for each graded cell; no two are the same."""
    bare = [
        _prefixed(check, _title(title, check, at))
        for at, (check, title) in enumerate(zip(checks, titles, strict=True), start=1)
    ]
    shared, seen = Counter(bare), Counter[str]()
    names = []
    for name in bare:
        seen[name] += 1
        names.append(f"{name}, part {seen[name]}" if shared[name] > 1 else name)
    return names


def _title(title: str, check: Check, at: int) -> str:
    plain = _clean(without_points(title).replace("`", ""))
    if plain:
        return plain
    made_up = MADE_UP.fullmatch(check.grade_id)
    return f"the {ordinal(at)} graded cell" if made_up else check.grade_id


def _prefixed(check: Check, name: str) -> str:
    return f"{check.notebook}: {name}" if check.notebook else name


def _text(check: Check) -> str:
    words = STATUS_WORDS[check.status]
    text = f"{words.name}. {words.meaning}"
    if check.status == "manual":
        text += f" It is worth {points_text(check.max_points)} points."
    return f"{text}\n{_clean(check.message)}" if check.message else text


def _notes(result: Result) -> Iterator[str]:
    """Yield the lines that concern the whole submission."""
    yield from (flag.text for flag in result.flags if flag.kind == "unreadable")
    waiting = [check for check in result.cells if check.status == "manual"]
    if waiting:
        points = points_text(sum(check.max_points for check in waiting))
        yield f"{points} more points are given by a person, and not counted yet."
    if result.repairs:
        yield (
            "Your notebook differed from the one you were given. A copy was repaired "
            "before grading, which costs no points:"
            if result.repair_count
            else "The assignment has changed since your copy of it was made:"
        )
        yield from (f"- {repair}" for repair in result.repairs)
    if result.grader_failed:
        yield (
            "The grader failed on a part of this, through no fault of yours. Tell your "
            "instructor, who can grade it again."
        )
    if result.sandbox:
        level = UNPROTECTED if result.sandbox == "none" else result.sandbox
        yield (
            f"Sandbox: {level}. Grader: {result.grader}, release {result.release[:12]}."
        )


def _clean(text: str) -> str:
    """Write what is not printable as escapes: names and messages may be a student's."""
    return printable(text.encode("utf-8", "backslashreplace").decode(), keep="\n")


__all__ = ["Row", "Sheet", "points_by_test", "sheet"]
