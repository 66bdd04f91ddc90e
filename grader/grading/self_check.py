"""Check a student's own notebook: can it be graded, what is blank, which tests pass.

It is merged and run as in grading, with the tests that students have. Nothing is
recorded, and no points are given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from grader.course import reference_copy as reference
from grader.course import release
from grader.course.reference_copy import Reference
from grader.errors import UsageError
from grader.execution.jail.factory import open_jailer, require_sandbox
from grader.execution.limits import Limits, Sandbox
from grader.execution.wiring import start_fork_server
from grader.grading.session import GradingSession
from grader.records import Assignment, Check, Task
from grader.submissions.compare import without_points
from grader.submissions.merge import Merged, merge

State = Literal["passes", "fails", "blank", "missing", "by hand"]
SEED = 1
"""Visible tests draw no random numbers; if one does, they are always the same."""


@dataclass(frozen=True, slots=True)
class Question:
    """The state of one exercise or question."""

    title: str
    points: float
    state: State
    message: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of checking a notebook.

    Attributes
    ----------
    reference : Reference
        The copy with which it was compared.
    questions : tuple of Question
        In the notebook's order.
    repairs : tuple of str
        What grading would repair, in the words that grading uses.
    noticed : tuple of str
        What else happened: cells that raised errors, ended the kernel, or ran too long.
    """

    reference: Reference
    questions: tuple[Question, ...]
    repairs: tuple[str, ...]
    noticed: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every question is answered, and every visible test passes."""
        return all(item.state in ("passes", "by hand") for item in self.questions)


def read(path: Path, root: Path) -> tuple[Reference, bytes]:
    """Read a notebook, and find the copy with which to compare it.

    Parameters
    ----------
    path
        The student's notebook.
    root
        The course folder.

    Returns
    -------
    tuple
        The copy with which to compare it, and the notebook's bytes.

    Raises
    ------
    UsageError
        If it cannot be read, or is not a notebook of the course in `root`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    return reference.find(path, content, root), content


def check(compared: Reference, content: bytes, sandbox: Sandbox) -> Report:
    """Run a student's notebook with the visible tests.

    Parameters
    ----------
    compared
        The copy with which the notebook is compared.
    content
        The notebook's bytes.
    sandbox
        The sandbox in which it runs.

    Raises
    ------
    SandboxError
        If no jail can be built here. No student code was run then.
    """
    assignment = compared.assignment
    merged = merge(assignment, content, assignment.parameters)
    require_sandbox(sandbox)
    limits = Limits.of(assignment.limits)
    with start_fork_server(assignment.imports) as fork_server:
        jailer = open_jailer(
            sandbox, fork_server, assignment.imports, limits, assignment.environment
        )
        with (
            closing(jailer),
            GradingSession(assignment, merged, jailer, SEED) as session,
        ):
            checks = session.run()
            flags = dict.fromkeys((*merged.flags, *session.flags))
            noticed = tuple(flag.text for flag in flags)
    if not compared.untouched:
        blank, changed = _by_checksum(assignment)
        merged, noticed = replace(merged, blank=blank), (*changed, *noticed)
    asked = questions(assignment.tasks, checks, merged)
    return Report(compared, asked, merged.repairs, noticed)


def _by_checksum(assignment: Assignment) -> tuple[frozenset[str], tuple[str, ...]]:
    """Find blank answers and changed tests by nbgrader's checksums, without a copy."""
    altered = release.altered(assignment.released)
    answers = [t for t in assignment.tasks if t.kind in ("answer", "manual")]
    blank = frozenset(t.grade_id for t in answers if not altered[t.grade_id])
    tests = [t.grade_id for t in assignment.tasks if t.kind in ("test", "task")]
    changed = (f"{name} is not as it was released" for name in tests if altered[name])
    return blank, tuple(changed)


def questions(
    tasks: Sequence[Task], checks: Collection[Check], merged: Merged
) -> tuple[Question, ...]:
    """Return the state of each question: the tasks under one heading.

    Parameters
    ----------
    tasks
        Of the assignment, in the notebook's order.
    checks
        Of the graded cells that ran.
    merged
        Says which answers are missing or blank.
    """
    by_name = {check.grade_id: check for check in checks}
    return tuple(
        _question(title, list(group), by_name, merged)
        for title, group in groupby(tasks, key=lambda task: task.title)
    )


def _question(
    title: str, tasks: list[Task], checks: dict[str, Check], merged: Merged
) -> Question:
    answers = {t.grade_id for t in tasks if t.kind in ("answer", "manual")}
    points = sum(task.points for task in tasks)
    # The words of a released heading: "### Exercise 2 · corr2d (4 points)".
    name = without_points(title) or tasks[0].grade_id
    if answers and answers <= merged.missing:
        return Question(name, points, "missing")
    if answers and answers <= merged.blank | merged.missing:
        return Question(name, points, "blank")
    tests = [checks[t.grade_id] for t in tasks if t.kind == "test"]
    failed = next((check for check in tests if check.status != "passed"), None)
    if failed is not None:
        return Question(name, points, "fails", failed.message)
    return Question(name, points, "passes" if tests else "by hand")


__all__ = ["Question", "Report", "State", "check", "questions", "read"]
