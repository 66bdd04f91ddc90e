"""The kernel of one submission, which is replaced when it is lost.

If a cell ends the kernel, only that cell loses its points: a new kernel runs the
earlier cells again. All of this counts towards the time limit of the submission.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.errors import CallError, ExaminerError, GraderError, JailError
from grader.execution import limit_messages
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution, Kernel

# The grader is to blame for these errors. The cell gets no points, and a flag says why.
GRADER_FAULTS = (CallError, ExaminerError, JailError)


class StudentKernel:
    """A kernel that is started again when its process has ended.

    Call :meth:`drop` at the end.

    Parameters
    ----------
    jailer
        Builds the jails; holds the limits.
    first_cells
        Sources that every kernel runs before anything else.
    most_kernels
        How many kernels may be started; None for any number.
    on_ready
        Called with each new kernel when it has run the earlier cells.
    on_fault
        Called with each error that the grader is to blame for.
    """

    def __init__(
        self,
        jailer: Jailer,
        first_cells: Sequence[str],
        most_kernels: int | None,
        on_ready: Callable[[Kernel], None],
        on_fault: Callable[[GraderError], None],
    ) -> None:
        self._jailer = jailer
        self._limits = jailer.limits
        self._most_kernels = most_kernels
        self._on_ready = on_ready
        self._on_fault = on_fault
        self._history = list(first_cells)
        self._end = time.monotonic() + jailer.limits.total_seconds
        self._kernel: Kernel | None = None
        self._failing = False
        self.started = 0

    @property
    def current(self) -> Kernel | None:
        """The kernel that runs; None if there is none."""
        return self._kernel

    @property
    def failing(self) -> bool:
        """Whether the last kernel was lost through a fault of the grader."""
        return self._failing

    @property
    def seconds_left(self) -> float:
        """How much of the submission's time is left; negative once it is used up."""
        return self._end - time.monotonic()

    def extend(self, seconds: float) -> None:
        """Add to the submission's time, because the machine was too busy."""
        self._end += seconds

    def run(self, source: str, *, remember: bool = True) -> CellExecution:
        """Run one cell.

        Parameters
        ----------
        source
            The source of the cell.
        remember
            Whether a new kernel has to run it again.
        """
        left = self.seconds_left
        seconds = min(self._limits.cell_seconds, left)
        if seconds <= 0:
            return CellExecution("timeout", limit="total_seconds")
        kernel = self.ready()
        if kernel is None:
            return CellExecution("died", error=limit_messages.NO_KERNEL_LEFT)
        ran = self._timed(kernel, source, seconds)
        if ran.ended == "timeout" and left < self._limits.cell_seconds:
            ran = replace(ran, limit="total_seconds")
        if ran.kernel_lost or ran.limit:
            # In a kernel that is out of memory or files, later answers would fail, too.
            self.drop()
        elif remember:
            self._history.append(source)
        return ran

    def _timed(self, kernel: Kernel, source: str, seconds: float) -> CellExecution:
        ran = kernel.run(source, seconds)
        self.extend(ran.extension)
        return ran

    def ready(self) -> Kernel | None:
        """Return the kernel, or a new one that has run the earlier cells.

        None if no kernel can be started: it was lost too often, no time is left, or the
        grader failed.
        """
        if self._kernel is None and not self._gives_up():
            self.started += 1
            try:
                self._kernel = Kernel(self._jailer)
                self._replay(self._kernel)
                self._failing = False
            except GRADER_FAULTS as error:
                self.blame_grader(error)
        return self._kernel

    def _replay(self, kernel: Kernel) -> None:
        for source in self._history:
            left = min(self._limits.cell_seconds, self.seconds_left)
            if left <= 0 or self._timed(kernel, source, left).kernel_lost:
                self.drop()
                return
        self._on_ready(kernel)

    def _gives_up(self) -> bool:
        """Say whether no more kernels may be started, or no time is left."""
        spent = self._most_kernels is not None and self.started >= self._most_kernels
        return spent or self.seconds_left < 0

    def blame_grader(self, error: GraderError) -> None:
        """End the kernel because of an error that the grader is to blame for."""
        self.drop()
        self._failing = True
        self._on_fault(error)

    def drop(self) -> None:
        """End the kernel. The next cell gets a new one."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def history_length(self) -> int:
        """Return how many cells a new kernel would run again."""
        return len(self._history)

    def forget_since(self, length: int) -> None:
        """Forget the cells that were remembered since the history had this length."""
        del self._history[length:]


__all__ = ["GRADER_FAULTS", "StudentKernel"]
