"""Check a student's own notebook: can it be graded, what is blank, which tests pass.

It is merged and run as in grading, with the tests that students have. Nothing is
recorded, and no points are given. What is blank here is blank for
:func:`cnnlab.selfcheck.check` and in grading, too.
"""

from __future__ import annotations

import ast
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
from grader.grading import scoring
from grader.grading.calibration import Calibration
from grader.grading.cell_run import GradedCell
from grader.grading.session import GradingSession
from grader.grading.two_witnesses import judge
from grader.notebooks import magics
from grader.records import Assignment, Check, Task
from grader.submissions.compare import without_points
from grader.submissions.merge import Merged, merge

State = Literal["passes", "fails", "blank", "missing", "answered", "by hand"]
DONE: Collection[State] = ("passes", "answered", "by hand")
SEED = 1
"""Visible tests draw no random numbers; if one does, they are always the same."""


@dataclass(frozen=True, slots=True)
class Question:
    """The state of one exercise or question.

    The visible test of a question looks at the form only. If it passes, the question is
    ``"answered"``.
    """

    title: str
    points: float
    state: State
    message: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A cell of the course that stopped with an error, though it asks for no answer.

    Attributes
    ----------
    below : str
        The exercise above it.
    error : str
        The first line of the error.
    """

    below: str
    error: str


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
    stopped : tuple of Stopped
        The course's own cells that stopped with an error.
    """

    reference: Reference
    questions: tuple[Question, ...]
    repairs: tuple[str, ...]
    noticed: tuple[str, ...]
    stopped: tuple[Stopped, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all is answered, every visible test passes, and no cell stopped."""
        return not self.stopped and all(item.state in DONE for item in self.questions)


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
    changed: tuple[str, ...] = ()
    if not compared.untouched:
        blank, changed = _by_checksum(assignment)
        merged = replace(merged, blank=blank)
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
            graded, stopped = _run(session, merged, assignment.tasks)
            found = judge(graded, assignment, merged, jailer, _trusts(assignment))
            flags = dict.fromkeys((*merged.flags, *session.flags, *found.flags))
            noticed = tuple(flag.text for flag in flags)
    asked = questions(assignment.tasks, found.checks, merged)
    return Report(compared, asked, merged.repairs, (*changed, *noticed), stopped)


def _trusts(assignment: Assignment) -> Calibration:
    """Return where the visible tests run: as for a class before anything is proved."""
    if not assignment.written_for_kernel:
        return Calibration()
    tests = [task.grade_id for task in assignment.tasks if task.kind == "test"]
    return Calibration(dict.fromkeys(tests, "both"))


def _run(
    session: GradingSession, merged: Merged, tasks: Sequence[Task]
) -> tuple[tuple[GradedCell, ...], tuple[Stopped, ...]]:
    """Run all cells; return the graded ones, and given ones that raised an error."""
    titles = {task.grade_id: _name(task) for task in tasks}
    graded, stopped, above = [], [], "the beginning"
    for cell in merged.cells:
        above = titles.get(cell.grade_id, above)
        ran = session.run_cell(cell)
        if ran.check is not None:
            graded.append(GradedCell(cell, ran))
        elif ran.raised and cell.kind is None and not cell.added:
            stopped.append(Stopped(above, _first_line(ran.error)))
    return tuple(graded), tuple(stopped)


def _first_line(error: str) -> str:
    """Return the name of an error and the first line of its text that is not empty."""
    name, _, text = error.partition(": ")
    lines = text.strip().splitlines()
    return f"{name}: {lines[0]}" if lines else name


def _by_checksum(assignment: Assignment) -> tuple[frozenset[str], tuple[str, ...]]:
    """Find blank answers and changed tests by nbgrader's checksums, without a copy."""
    altered = release.altered(assignment.released)
    answers = [t for t in assignment.tasks if t.kind in ("answer", "manual")]
    blank = frozenset(
        task.grade_id
        for task in answers
        if not altered[task.grade_id] or _does_nothing(task)
    )
    tests = [t.grade_id for t in assignment.tasks if t.kind in ("test", "task")]
    changed = (f"{name} is not as it was released" for name in tests if altered[name])
    return blank, tuple(changed)


def _does_nothing(task: Task) -> bool:
    """Say whether an answer has no text, or code that does nothing."""
    if task.cell_type != "code":
        return not task.source.strip()
    tree = magics.parsed_to_read(task.source)
    return tree is not None and all(map(_is_idle, tree.body))


def _is_idle(node: ast.stmt) -> bool:
    """Say whether a statement does nothing, or defines a function that does nothing."""
    match node:
        case ast.FunctionDef(body=body):
            return all(map(_is_idle, body))
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
    return False


def questions(
    tasks: Sequence[Task], checks: Collection[Check], merged: Merged
) -> tuple[Question, ...]:
    """Return the state of each question: the tasks under one heading.

    Parameters
    ----------
    tasks
        The tasks of the assignment, in the notebook's order.
    checks
        The checks of the graded cells that ran.
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
    name = _name(tasks[0])
    if answers and answers <= merged.missing:
        return Question(name, points, "missing")
    if answers and answers <= merged.blank | merged.missing:
        return Question(name, points, "blank")
    tests = [checks[t.grade_id] for t in tasks if t.kind == "test"]
    failed = next((check for check in tests if check.status != "passed"), None)
    if failed is not None and failed.message == scoring.UNANSWERED:
        return Question(name, points, "blank")
    if failed is not None:
        return Question(name, points, "fails", failed.message.split("\n")[0])
    if not tests:
        return Question(name, points, "by hand")
    return Question(name, points, "answered" if _is_question(title) else "passes")


def _name(task: Task) -> str:
    """Return the words of a released heading, ``Exercise 2 · corr2d (4 points)``."""
    return without_points(task.title) or task.grade_id


def _is_question(title: str) -> bool:
    return title.startswith("Question")


__all__ = [
    "DONE",
    "Question",
    "Report",
    "State",
    "Stopped",
    "check",
    "questions",
    "read",
]
