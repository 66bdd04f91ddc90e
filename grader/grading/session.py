"""Run one submission: send each cell, in order, to the kernel or the examiner.

Answers and ordinary cells of the merged notebook go to the student's jailed kernel,
test cells to the examiner. :meth:`GradingSession.run` does this once from top to
bottom.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from itertools import pairwise

from grader.course import extra_files, skipping
from grader.errors import GraderError
from grader.execution import limit_messages
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution, Kernel
from grader.grading import kernel_runs, scoring, verdict
from grader.grading.answers import AnswersSinceTest
from grader.grading.calibration import Places
from grader.grading.cell_run import CellRun, GradedCell, show_check
from grader.grading.error_words import with_text
from grader.grading.examiners import open_examiner
from grader.grading.lending import Lending
from grader.grading.lost_names import LostNames
from grader.grading.student_kernel import GRADER_FAULTS, StudentKernel
from grader.notebooks import outputs
from grader.notebooks.cells import Cell
from grader.notebooks.markers import hidden_lines
from grader.records import Assignment, Check, Flag, Outcome, Task, Trust
from grader.submissions.code_flags import code_flags
from grader.submissions.merge import Merged


class GradingSession:
    """The kernel and the examiner of one submission. Use as a context manager.

    Parameters
    ----------
    assignment
        The assignment.
    merged
        The submission, merged into the instructor's notebook; its cells get outputs.
    jailer
        Builds the jails; holds the limits.
    seed
        The seed for the random inputs of hidden tests.
    places
        Where each test runs that does not run in the examiner alone. If None, all tests
        run in the examiner alone.
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
        places: Places | None = None,
        *,
        unlimited: bool = False,
    ) -> None:
        self._tasks = {task.grade_id: task for task in assignment.tasks}
        self._merged = merged
        self._limits = jailer.limits
        self._seed = seed
        self._places = places or Places()
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
        self._hidden_ran = False
        self.flags: list[Flag] = list(
            code_flags(cell.source for cell in merged.cells if cell.by_student)
        )

    # --- from top to bottom ---

    def run(self, only: Collection[str] | None = None) -> tuple[GradedCell, ...]:
        """Run every cell; return each graded one with its check.

        Parameters
        ----------
        only
            Names of tests. If given, only these tests are run, and the cells before
            them that are not tests; only these tests are returned.
        """
        cells = self._merged.cells
        if only is not None:
            named = [n for n, cell in enumerate(cells) if cell.grade_id in only]
            cells = cells[: max(named, default=-1) + 1]
        graded = []
        for cell in cells:
            if only is not None and cell.kind == "test" and cell.grade_id not in only:
                self._note_hidden(cell)
                self.lend(cell)
                self._answers = AnswersSinceTest(self._hidden_ran)
                continue
            ran = self.run_cell(cell)
            if ran.check is not None and (only is None or cell.grade_id in only):
                graded.append(GradedCell(cell, ran))
        return tuple(graded)

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
            return self._grade_test(cell, task)
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

    def _grade_test(self, cell: Cell, task: Task) -> CellRun:
        """Run a test where it has to run, or leave it to a person."""
        if task.grade_id in self._by_hand:
            return self._left_to_a_person(cell, task)
        if task.grade_id in self._places.elsewhere:
            return self._left_to_another_kernel(cell, task)
        return self._run_test(cell, task)

    def _run_test(self, cell: Cell, task: Task) -> CellRun:
        start = time.monotonic()
        trust: Trust
        if task.grade_id in self._places.beside:
            ran = self._test_in_kernel(cell)
            trust, outcome = "in-kernel", kernel_runs.outcome(ran, self._limits)
            error = kernel_runs.error(ran, self._limits)
        else:
            trust, outcome, error = "examiner", self._examine(cell, task), ""
        seconds = time.monotonic() - start
        shown = with_text(outcome, hidden_ran=self._hidden_ran)
        cause = self._lost.cause(self._answers.sources, self._answers.grade_ids)
        if not outcome.before_hidden:
            self._note_hidden(cell)
        state = self._answers.state(self._merged, self._limits, cause.message)
        check = scoring.check(task, shown, state, trust, seconds)
        if cause.flag and cause.message in check.message:
            self.flags.append(cause.flag)
        self._close_question(cell, check)
        if trust == "examiner":
            self.lend(cell, outcome)
        return CellRun(check, shown, error, state)

    def _examine(self, cell: Cell, task: Task) -> Outcome:
        """Run a test in the examiner, and in the kernel if it is to run twice."""
        outcome = self._test_in_examiner(cell.source, task)
        could_change = verdict.kernel_could_change(outcome, task.points)
        if task.grade_id not in self._places.twice or not could_change:
            return outcome
        in_kernel = kernel_runs.outcome(self._test_in_kernel(cell), self._limits)
        return verdict.lower(outcome, in_kernel, task.points).outcome

    def _left_to_another_kernel(self, cell: Cell, task: Task) -> CellRun:
        """Note the state of the answers for a test that another kernel runs."""
        cause = self._lost.cause(self._answers.sources, self._answers.grade_ids)
        state = self._answers.state(self._merged, self._limits, cause.message)
        check = scoring.untested(task, state)
        self._close_question(cell, check)
        self.lend(cell)
        return CellRun(check, state=state, elsewhere=True)

    def _left_to_a_person(self, cell: Cell, task: Task) -> CellRun:
        """Leave a test that cannot be run to a person."""
        state = self._answers.state(self._merged, self._limits)
        check = scoring.untested(task, state)
        self._close_question(cell, check)
        return CellRun(check)

    def _close_question(self, cell: Cell, check: Check) -> None:
        """Show a check at its test cell; the next test looks at other answers."""
        self._answers = AnswersSinceTest(self._hidden_ran)
        show_check(cell, check)

    def lend(self, cell: Cell, outcome: Outcome | None = None) -> None:
        """Bind names in the kernel that later cells read from an examiner's test.

        Only statements that the student's copy has, too, are run: all of them, or those
        that the test reached if it ended with `outcome`.
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
            return kernel_runs.NO_KERNEL
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
            return kernel_runs.NO_KERNEL
        reason = limit_messages.to_student("total_seconds", self._limits)
        message = kernel_runs.NO_KERNEL.message
        return Outcome("timeout", message=message, reason=reason, hidden=True)

    def _test_in_kernel(self, cell: Cell) -> CellExecution:
        """Run a test beside student code."""
        remember = self._lending.lends(cell.grade_id)
        self._run_source(kernel_runs.SET_SEED, remember=False)
        return self._run_source(cell.source, remember=remember)

    def __enter__(self) -> GradingSession:
        return self

    def __exit__(self, *_: object) -> None:
        self._kernel.drop()
        self._examiner.close()


__all__ = ["GradingSession"]
