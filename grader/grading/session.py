"""One hand-in in the making: each cell to where it belongs, in order.

A :class:`Sitting` walks once through the trusted notebook: answers and other cells go
to the jailed kernel, test cells to the examiner. A cell that takes its kernel down
costs that cell only: a fresh kernel runs again what came before.
"""

from __future__ import annotations

import builtins
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from grader.course import extra_files, skipping
from grader.errors import CallError, ExaminerError, GraderError, JailError
from grader.execution import limit_messages
from grader.execution.examiner.client import Examiner
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel, Ran
from grader.grading import scoring
from grader.notebooks import outputs
from grader.notebooks.analysis import names
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_answer,
    kind_of,
    output_node,
    parse_notebook,
)
from grader.records import Assignment, Check, Status, Task, Trust
from grader.submissions import code_flags, roles
from grader.submissions.merge import Grafted

# Ours to mend: they cost the cell at hand, and are flagged for the instructor.
OUR_FAULTS = (CallError, ExaminerError, JailError)
OUR_FAULT = "our fault: "
# What is said of a cell that took down its kernel.
NO_KERNEL = {"ended": "crashed", "value": None, "told": "there was no kernel"}
DIED = "ended the kernel"


@dataclass
class _Since:
    """The answer cells since the last test cell, how they ran, if we failed.

    ``heard``: a test has called student code before, so that the text of an error
    may carry a hidden input out.
    """

    heard: bool = False
    grade_ids: list[str] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    our_fault: bool = False

    def add(self, grade_id: str, ran: Ran) -> None:
        self.grade_ids.append(grade_id)
        self.ran.append(ran)


class Sitting:
    """One hand-in, from the first cell to the last. Use as a context manager."""

    def __init__(
        self,
        assignment: Assignment,
        grafted: Grafted,
        jailer: Jailer,
        seed: int,
        in_kernel: Collection[str] = (),
    ) -> None:
        self._tasks = {task.grade_id: task for task in assignment.tasks}
        self._grafted = grafted
        self._jailer = jailer
        self._limits = jailer.limits
        self._seed = seed
        self._in_kernel = in_kernel
        self._only: Collection[str] | None = None
        self._end = time.monotonic() + jailer.limits.total_seconds
        self._allowance = outputs.Allowance(int(jailer.limits.output_kb * 1024))
        self._kernel: Kernel | None = None
        self._kernels = 0
        self._failing = False
        self._replay = list(extra_files.cells(assignment.files))
        self._skipped = skipping.skipped(grafted.notebook.cells)
        self._since = _Since()
        self._examiner = _examiner_for(assignment, jailer)
        self.flags: list[str] = list(code_flags.noticed(_student_sources(grafted)))

    def run(self, only: Collection[str] | None = None) -> tuple[Check, ...]:
        """Run every cell; return a check for each graded one.

        With the names of some tests, run `only` these, what comes before them, and
        no other test; return their checks.
        """
        cells = self._grafted.notebook.cells
        if only is not None:
            named = [n for n, c in enumerate(cells) if grade_id_of(c) in only]
            cells = cells[: max(named, default=-1) + 1]
        self._only = only
        checks = [self._cell(cell) for cell in cells]
        found = [check for check in checks if check is not None]
        return tuple(c for c in found if only is None or c.grade_id in only)

    @property
    def replaced_kernel(self) -> bool:
        """Whether one kernel was not enough, or we failed."""
        ours = any(flag.startswith("our fault") for flag in self.flags)
        return ours or self._kernels > 1

    def _cell(self, cell: NotebookNode) -> Check | None:
        kind = kind_of(cell)
        task = self._tasks.get(grade_id_of(cell) or "")
        if kind in ("manual", "task") and task is not None:
            if cell.cell_type == "code":
                self._run(cell)
            return scoring.manual(task, blank=self._left_blank(task))
        if cell.cell_type != "code":
            return None
        if cell.id in self._skipped:
            cell["outputs"] = [output_node(outputs.note(skipping.NOT_RUN))]
            return None
        if kind == "test" and task is not None:
            if self._only is None or task.grade_id in self._only:
                return self._test(cell, task)
            self._since = _Since(heard=True)
            return None
        ran = self._run(cell)
        if kind == "answer" and task is not None:
            self._since.add(task.grade_id, ran)
        return None

    def _left_blank(self, task: Task) -> bool:
        """Say whether nobody has to read this: it is as it was handed out.

        A cell of the student's own below it may be the answer, for a person to see.
        """
        cells = self._grafted.notebook.cells
        below = {
            grade_id_of(cell)
            for cell, after in pairwise(cells)
            if after.metadata.get("grader", {}).get("extra")
        }
        return task.grade_id in self._grafted.blank and task.grade_id not in below

    # --- cells that run in the jail ---

    def _run(self, cell: NotebookNode) -> Ran:
        ran = self._run_source(cell.source)
        shown = self._allowance.take(ran.outputs)
        if ran.kernel_lost and not self._since.our_fault:
            why = self._why(cell, ran)
            self.flags.append(why)
            shown.append(outputs.note(f"[{why}]"))
        elif ran.ended == "error" and roles.role(cell) == "answer":
            self.flags.append(self._why(cell, ran))
        elif ran.cut:
            self.flags.append(
                f"cell {_name(cell)} {limit_messages.cut(self._limits)[1]}"
            )
        cell["outputs"] = [output_node(each) for each in shown]
        return ran

    def _why(self, cell: NotebookNode, ran: Ran) -> str:
        """Return what to tell the instructor of a cell that did not run through."""
        if ran.limit == "total_seconds":
            return f"the time of the hand-in, {self._limits.total_seconds:g} s, is up"
        kind = ran.error.split(":")[0]
        otherwise = f"raised {kind}" if ran.ended == "error" else ran.error or DIED
        limit = limit_messages.to_instructor(ran.limit, self._limits)
        return f"cell {_name(cell)} {limit or otherwise}"

    def _run_source(self, source: str) -> Ran:
        left = self._end - time.monotonic()
        seconds = min(self._limits.cell_seconds, left)
        if seconds <= 0:
            return Ran("timeout", limit="total_seconds")
        kernel = self._ready_kernel()
        if kernel is None:
            return Ran("died", error="came after the kernel had ended for good")
        ran = self._ran(kernel, source, seconds)
        if ran.ended == "timeout" and left < self._limits.cell_seconds:
            ran = replace(ran, limit="total_seconds")
        if ran.kernel_lost or ran.limit:
            # A kernel that is full would fail the answers that follow, too.
            self._drop_kernel()
        else:
            self._replay.append(source)
        return ran

    def _ran(self, kernel: Kernel, source: str, seconds: float) -> Ran:
        ran = kernel.run(source, seconds)
        self._end += ran.put_off
        return ran

    def _ready_kernel(self) -> Kernel | None:
        """Return the kernel, or a fresh one that has run again what came before."""
        if self._kernel is None and not self._give_up():
            self._kernels += 1
            try:
                self._kernel = Kernel(self._jailer)
                self._run_again(self._kernel)
                self._failing = False
            except OUR_FAULTS as error:
                self._blame_us(error)
        self._since.our_fault |= self._failing
        return self._kernel

    def _run_again(self, kernel: Kernel) -> None:
        for source in self._replay:
            left = min(self._limits.cell_seconds, self._end - time.monotonic())
            if left <= 0 or self._ran(kernel, source, left).kernel_lost:
                self._drop_kernel()
                return
        self._examiner.attach(kernel.call, kernel.processes)

    def _blame_us(self, error: GraderError) -> None:
        self._drop_kernel()
        self._failing = self._since.our_fault = True
        self.flags.append(f"{OUR_FAULT}{error}")

    def _give_up(self) -> bool:
        """Say whether replaying has failed too often to be tried again."""
        return self._kernels > len(self._tasks) + 1 or time.monotonic() > self._end

    # --- test cells ---

    def _test(self, cell: NotebookNode, task: Task) -> Check:
        start = time.monotonic()
        if task.grade_id in self._in_kernel:
            trust: Trust = "in-kernel"
            outcome = self._test_in_kernel(cell.source)
        else:
            trust = "examiner"
            outcome = self._test_in_examiner(cell.source, task)
        check = scoring.check(
            task, outcome, self._answer_state(), trust, time.monotonic() - start
        )
        self._since = _Since(heard=True)
        text = f"{check.status}: {check.points:g} of {check.max_points:g}"
        note = outputs.note(f"[{text}] {check.message}".strip())
        cell["outputs"] = [output_node(note)]
        return check

    def _test_in_examiner(self, source: str, task: Task) -> dict[str, Any]:
        if self._ready_kernel() is None:
            return self._without_kernel()
        start = time.monotonic()
        seconds = max(min(self._limits.cell_seconds, self._end - start), 0.1)
        try:
            outcome = self._examiner.test(task.grade_id, source, self._seed, seconds)
        except OUR_FAULTS as error:
            self._blame_us(error)
            return dict(NO_KERNEL)
        # Its limit was put off by what it took beyond.
        self._end += max(time.monotonic() - start - seconds, 0.0)
        if outcome["ended"] in ("timeout", "crashed"):
            self.flags.append(f"test {task.grade_id}: {outcome['told']}")
            self._drop_kernel()
        return outcome

    def _without_kernel(self) -> dict[str, Any]:
        if self._since.our_fault or time.monotonic() <= self._end:
            return dict(NO_KERNEL)
        why = limit_messages.to_student("total_seconds", self._limits)
        return NO_KERNEL | {"ended": "timeout", "why": why}

    def _test_in_kernel(self, source: str) -> dict[str, Any]:
        """Run a test beside student code; its outcome is the kernel's word."""
        ran = self._run_source(source)
        if ran.kernel_lost:
            ended = "timeout" if ran.ended == "timeout" else "crashed"
            told = limit_messages.to_student(ran.limit, self._limits)
            return {"ended": ended, "value": None, "told": told}
        self._replay.pop()
        ended = "passed" if ran.ended == "ok" else "failed"
        told = "" if ran.ended == "ok" else "a test of this question failed"
        return {"ended": ended, "value": _last_number(ran), "told": told}

    def _drop_kernel(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def _answer_state(self) -> scoring.AnswerState:
        found = set(self._since.grade_ids)
        ran = self._since.ran
        lost = next((r for r in ran if r.kernel_lost), None)
        error = next((r.error for r in ran if r.ended == "error"), "")
        limit = next((r.limit for r in ran if r.limit), "")
        return scoring.AnswerState(
            unsure=bool(found & self._grafted.unsure),
            missing=bool(found) and found <= self._grafted.missing,
            blank=bool(found) and found <= self._grafted.blank,
            lost=_status(lost) if lost else None,
            why=limit_messages.to_student(limit, self._limits),
            error=_kind_alone(error) if error and self._since.heard else error,
            note=limit_messages.cut(self._limits)[0] if any(r.cut for r in ran) else "",
            our_fault=self._since.our_fault,
        )

    def __enter__(self) -> Sitting:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop_kernel()
        self._examiner.close()


def _examiner_for(assignment: Assignment, jailer: Jailer) -> Examiner:
    """Return an examiner that knows which names are whose in `assignment`."""
    answers, defined = _names_of(assignment.source)
    return Examiner(
        jailer.source,
        answers=answers,
        definitions=defined,
        modules={name.split(".")[0] for name in assignment.imports},
        call_seconds=jailer.limits.call_seconds,
    )


@lru_cache(maxsize=8)
def _names_of(source: str) -> tuple[frozenset[str], Mapping[str, str]]:
    """Names that a solution's answers bind, and what its other cells define.

    Kept from one hand-in to the next: to find them takes as long as a few cells.
    """
    cells = [c for c in parse_notebook(source).cells if c.cell_type == "code"]
    answers = [c.source for c in cells if is_answer(c)]
    plain = [c.source for c in cells if kind_of(c) is None]
    bound = frozenset(names.bound_names(answers))
    return bound, MappingProxyType(names.definitions(plain))


def _student_sources(grafted: Grafted) -> list[str]:
    return [c.source for c in grafted.notebook.cells if roles.is_students(c)]


def _kind_alone(error: str) -> str:
    """Return what kind of exception an error is, if its name cannot carry a text."""
    found = getattr(builtins, error.split(":")[0], None)
    kind = "an error of its own kind"
    if isinstance(found, type) and issubclass(found, BaseException):
        kind = found.__name__
    return f"{kind}; run your notebook from its top to read what it says"


def _name(cell: NotebookNode) -> str:
    first = [*cell.source.strip().splitlines(), ""][0]
    return grade_id_of(cell) or f"[{first[:24]}…]"


def _status(lost: Ran) -> Status:
    return "timeout" if lost.ended == "timeout" else "crashed"


def _last_number(ran: Ran) -> float | None:
    """Return the number that nbgrader would take as partial credit."""
    for output in reversed(ran.outputs):
        if output["output_type"] == "execute_result":
            try:
                return float(output["data"].get("text/plain", ""))
            except ValueError:
                return None
    return None


__all__ = ["OUR_FAULT", "Sitting"]
