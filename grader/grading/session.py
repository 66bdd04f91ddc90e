"""Run one submission: send each cell, in order, to the kernel or the examiner.

Answers and ordinary cells of the merged notebook go to the student's jailed kernel,
test cells to the examiner. :meth:`GradingSession.run` does this once from top to
bottom. Verification uses the methods below it, to try many answers in the same cell.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from grader.course import extra_files, skipping
from grader.errors import GraderError, JailError
from grader.execution import limit_messages
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution, Kernel
from grader.execution.wiring import REWIND
from grader.grading import kernel_runs, scoring
from grader.grading.answers import AnswersSinceTest, with_text
from grader.grading.examiners import open_examiner
from grader.grading.lending import Lending
from grader.grading.lost_names import LostNames
from grader.grading.student_kernel import GRADER_FAULTS, StudentKernel
from grader.notebooks import outputs
from grader.notebooks.cells import Cell
from grader.notebooks.markers import hidden_lines
from grader.records import (
    Assignment,
    Check,
    Flag,
    Outcome,
    Task,
    Trust,
    points_text,
)
from grader.submissions.code_flags import code_flags
from grader.submissions.merge import Merged

_NO_KERNEL = Outcome("crashed", message="there was no kernel", hidden=True)
_REWIND_SECONDS = 60.0
_REWIND = f"__import__({REWIND!r}, fromlist=['mark']).{{}}(globals())"


class CellRun(NamedTuple):
    """How one cell of a notebook was graded, or how it ran.

    Attributes
    ----------
    check : Check or None
        The grade of a graded cell; None for all others.
    outcome : Outcome or None
        How a test cell ended; None for all others.
    error : str
        The error that a cell raised in the kernel: its name and text. That of a test is
        for the instructor only.
    """

    check: Check | None = None
    outcome: Outcome | None = None
    error: str = ""

    @property
    def raised(self) -> bool:
        """Whether a cell that ran in the kernel raised an error."""
        return bool(self.error)


class GradingSession:
    """The kernel and the examiner of one submission. Use as a context manager.

    Parameters
    ----------
    assignment
        What was asked.
    merged
        The submission, merged into the instructor's notebook; its cells get outputs.
    jailer
        Builds the jails; holds the limits.
    seed
        What hidden tests draw their inputs from.
    in_kernel
        Test cells that run in the kernel, because the examiner cannot run them.
    unlimited
        Whether to start as many kernels as needed. For trials, where each kernel may be
        lost because of another answer.

    Attributes
    ----------
    flags : list of Flag
        What the instructor should know, in the order in which it was noticed.
    """

    def __init__(
        self,
        assignment: Assignment,
        merged: Merged,
        jailer: Jailer,
        seed: int,
        in_kernel: Collection[str] = (),
        *,
        unlimited: bool = False,
    ) -> None:
        self._tasks = {task.grade_id: task for task in assignment.tasks}
        self._merged = merged
        self._limits = jailer.limits
        self._seed = seed
        self._in_kernel = in_kernel
        self._by_hand = assignment.by_hand
        self._runs = assignment.runs
        self._allowance = outputs.Allowance(int(jailer.limits.output_kb * 1024))
        self._skipped = skipping.skipped(merged.cells)
        self._answers = AnswersSinceTest()
        self._lost = LostNames()
        self._lending = Lending(merged.cells, self._lost)
        self._examiner = open_examiner(assignment, jailer)
        self._kernel = StudentKernel(
            jailer,
            tuple(extra_files.cells((*assignment.files, *merged.files))),
            None if unlimited else len(self._tasks) + 2,
            on_ready=lambda kernel: self._attach(kernel),
            on_fault=self._note_fault,
        )
        self._marked: Kernel | None = None
        self._hidden_ran = False
        self.flags: list[Flag] = list(
            code_flags(cell.source for cell in merged.cells if cell.by_student)
        )

    # --- from top to bottom ---

    def run(self, only: Collection[str] | None = None) -> tuple[Check, ...]:
        """Run every cell; return a check for each graded one.

        Parameters
        ----------
        only
            Names of tests. If given, only these tests are run, and the cells before
            them that are not tests; only their checks are returned.
        """
        cells = self._merged.cells
        if only is not None:
            named = [n for n, cell in enumerate(cells) if cell.grade_id in only]
            cells = cells[: max(named, default=-1) + 1]
        checks = []
        for cell in cells:
            if only is not None and cell.kind == "test" and cell.grade_id not in only:
                self._note_hidden(cell)
                self.lend(cell)
                self._answers = AnswersSinceTest(self._hidden_ran)
                continue
            check = self.run_cell(cell).check
            if check is not None and (only is None or check.grade_id in only):
                checks.append(check)
        return tuple(checks)

    @property
    def one_kernel_was_enough(self) -> bool:
        """Whether no kernel was lost, and the grader did not fail."""
        failed = any(flag.kind == "grader_fault" for flag in self.flags)
        return not failed and self._kernel.started <= 1

    # --- one cell ---

    def run_cell(self, cell: Cell) -> CellRun:
        """Run one cell in the kernel or the examiner, and set its outputs."""
        task = self._tasks.get(cell.grade_id)
        if cell.kind in ("manual", "task") and task is not None:
            error = self._run_code(cell).error if cell.is_code else ""
            check = scoring.manual(task, blank=self._left_blank(task))
            return CellRun(check, error=error)
        if not cell.is_code and task is not None and cell.kind == "test":
            return self._left_to_a_person(cell, task)
        if not cell.is_code:
            return CellRun()
        if cell.identifier in self._skipped:
            cell.show([outputs.note(skipping.NOT_RUN)])
            return CellRun()
        if cell.kind == "test" and task is not None:
            return self._run_test(cell, task)
        ran = self._run_code(cell)
        if cell.kind == "answer" and task is not None:
            self._answers.add(task.grade_id, cell.source, ran)
        return CellRun(error=ran.error)

    def _left_blank(self, task: Task) -> bool:
        """Say whether an answer is as it was released, so that nobody has to read it.

        If the student has added a cell below it, that may be the answer, and a person
        has to read it.
        """
        answered_below = {
            cell.grade_id for cell, after in pairwise(self._merged.cells) if after.added
        }
        return (
            task.grade_id in self._merged.blank and task.grade_id not in answered_below
        )

    # --- cells that run in the jail ---

    def _run_code(self, cell: Cell) -> CellExecution:
        if not self._runs:
            return CellExecution("ok")
        ran = self._run_source(cell.source)
        self._lost.note(cell, ran, after_hidden=self._hidden_ran)
        shown = self._allowance.take(ran.outputs)
        if ran.kernel_lost and not self._answers.grader_failed:
            flag = kernel_runs.flag(cell, ran, self._limits)
            self.flags.append(flag)
            shown.append(outputs.note(f"[{flag.text}]"))
        elif ran.ended == "error" and cell.role == "answer":
            self.flags.append(kernel_runs.flag(cell, ran, self._limits))
        elif ran.cut:
            reason = limit_messages.cut(self._limits).instructor
            self.flags.append(Flag("limit", f"cell {kernel_runs.name(cell)} {reason}"))
        cell.show(shown)
        return ran

    def _run_source(self, source: str, *, remember: bool = True) -> CellExecution:
        ran = self._kernel.run(source, remember=remember)
        self._answers.grader_failed |= self._kernel.failing
        return ran

    def _attach(self, kernel: Kernel) -> None:
        self._examiner.attach(kernel.call, kernel.processes)

    def _note_fault(self, error: GraderError) -> None:
        self._answers.grader_failed = True
        self.flags.append(Flag.grader_fault(str(error)))

    # --- test cells ---

    def _run_test(self, cell: Cell, task: Task) -> CellRun:
        if task.grade_id in self._by_hand:
            return self._left_to_a_person(cell, task)
        start = time.monotonic()
        error = ""
        if task.grade_id in self._in_kernel:
            trust: Trust = "in-kernel"
            ran = self._test_in_kernel(cell)
            outcome = kernel_runs.outcome(ran, self._limits)
            error = kernel_runs.error(ran, self._limits)
        else:
            trust = "examiner"
            outcome = self._test_in_examiner(cell.source, task)
        seconds = time.monotonic() - start
        told = with_text(outcome, hidden_ran=self._hidden_ran)
        cause = self._lost.cause(self._answers.sources, self._answers.grade_ids)
        if not outcome.before_hidden:
            self._note_hidden(cell)
        state = self._answers.state(self._merged, self._limits, cause.message)
        check = scoring.check(task, told, state, trust, seconds)
        if cause.flag and cause.message in check.message:
            self.flags.append(cause.flag)
        self._close_question(cell, check)
        if trust == "examiner":
            self.lend(cell, outcome)
        return CellRun(check, outcome, error)

    def _left_to_a_person(self, cell: Cell, task: Task) -> CellRun:
        """Leave a test that cannot be run to a person."""
        state = self._answers.state(self._merged, self._limits)
        check = scoring.by_hand(task, state)
        self._close_question(cell, check)
        return CellRun(check)

    def _close_question(self, cell: Cell, check: Check) -> None:
        """Show a check at its test cell; the next test looks at other answers."""
        self._answers = AnswersSinceTest(self._hidden_ran)
        points = f"{points_text(check.points)} of {points_text(check.max_points)}"
        if cell.is_code:
            note = f"[{check.status}: {points}] {check.message}".strip()
            cell.show([outputs.note(note)])

    def lend(self, cell: Cell, outcome: Outcome | None = None) -> None:
        """Bind in the kernel what later cells read of a test that does not run there.

        Only statements run that the student's copy has, too: all of them, or those that
        the test has reached if it ended with `outcome`.
        """
        if source := self._lending.source(cell.grade_id, outcome):
            ran = self._run_source(source)
            if ran.kernel_lost and not self._answers.grader_failed:
                self.flags.append(kernel_runs.flag(cell, ran, self._limits))

    def _note_hidden(self, cell: Cell) -> None:
        """Remember that the hidden lines of a test, if it has any, may have run."""
        self._hidden_ran |= bool(hidden_lines(cell.source))

    def _test_in_examiner(self, source: str, task: Task) -> Outcome:
        kernel = self._kernel.ready()
        self._answers.grader_failed |= self._kernel.failing
        if kernel is None:
            return self._without_kernel()
        start = time.monotonic()
        left = self._kernel.seconds_left
        seconds = max(min(self._limits.cell_seconds, left), 0.1)
        try:
            outcome = self._examiner.test(task.grade_id, source, self._seed, seconds)
        except GRADER_FAULTS as error:
            self._kernel.blame_grader(error)
            return _NO_KERNEL
        # The examiner extends a test's limit while the machine is too busy.
        self._kernel.extend(max(time.monotonic() - start - seconds, 0.0))
        if outcome.ended in ("timeout", "crashed"):
            text = f"test {task.grade_id}: {outcome.message}"
            timed_out = outcome.ended == "timeout"
            self.flags.append(Flag("limit" if timed_out else "crash", text))
            self._kernel.drop()
        return outcome

    def _without_kernel(self) -> Outcome:
        if self._answers.grader_failed or self._kernel.seconds_left >= 0:
            return _NO_KERNEL
        reason = limit_messages.to_student("total_seconds", self._limits)
        message = _NO_KERNEL.message
        return Outcome("timeout", message=message, reason=reason, hidden=True)

    def _test_in_kernel(self, cell: Cell) -> CellExecution:
        """Run a test beside student code."""
        remember = self._lending.lends(cell.grade_id)
        return self._run_source(cell.source, remember=remember)

    # --- many answers in the same cell ---

    def use_seed(self, seed: int) -> None:
        """Make the tests that follow draw their inputs from `seed`."""
        self._seed = seed

    def checkpoint(self, where: str) -> int:
        """Mark the present state of the kernel, and clear the examiner.

        The fork server must have imported :data:`grader.execution.wiring.REWIND`.

        Parameters
        ----------
        where
            The name of this cell in messages.

        Returns
        -------
        int
            The argument for :meth:`rollback`.

        Raises
        ------
        JailError
            If no kernel can be started, or its state cannot be marked.
        """
        self._examiner.forget()
        fresh = self._kernel.current is None
        kernel = self._kernel.ready()
        self.raise_faults(where)
        if kernel is None:
            raise JailError(f"the solution itself ends the kernel before {where}")
        if not fresh:
            self._attach(kernel)
        if kernel is not self._marked:
            ran = kernel.run(_REWIND.format("mark"), _REWIND_SECONDS)
            if ran.ended != "ok":
                raise JailError(f"a kernel's state cannot be marked: {ran.error}")
            self._marked = kernel
        return self._kernel.history_length()

    def rollback(self, checkpoint: int) -> None:
        """Undo what cells have done since the checkpoint.

        A kernel that was lost, or has changes that cannot be undone, is replaced: the
        next cell gets a new one, which runs the earlier cells again.
        """
        self._kernel.forget_since(checkpoint)
        self._lost.forget()
        kernel = self._kernel.current
        if kernel is None:
            return
        undo = _REWIND.format("rewind")
        same = kernel is self._marked
        if not same or kernel.run(undo, _REWIND_SECONDS).ended != "ok":
            self._kernel.drop()

    def forget_checkpoint(self) -> None:
        """Forget the marked state; the next :meth:`checkpoint` marks another one."""
        self._marked = None

    def start_over(self) -> None:
        """Use a new kernel and a new examiner from now on."""
        self._kernel.drop()
        self._examiner.close()

    def raise_faults(self, where: str) -> None:
        """Raise the first fault of the grader, and forget all other flags.

        Parameters
        ----------
        where
            The name of the cell in messages.

        Raises
        ------
        JailError
            If the grader has failed since the last call.
        """
        faults = [flag for flag in self.flags if flag.kind == "grader_fault"]
        self.flags.clear()
        if faults:
            raise JailError(f"{where}: {faults[0].text}")

    def __enter__(self) -> GradingSession:
        return self

    def __exit__(self, *_: object) -> None:
        self._kernel.drop()
        self._examiner.close()


__all__ = ["CellRun", "GradingSession"]
