"""A grading session in which many answers are tried in the same cell."""

from __future__ import annotations

from grader.errors import JailError
from grader.execution.kernel.client import Kernel
from grader.execution.wiring import REWIND
from grader.grading.session import GradingSession

_REWIND_SECONDS = 60.0
_REWIND = f"__import__({REWIND!r}, fromlist=['mark']).{{}}(globals())"


class TrialSession(GradingSession):
    """A grading session that can go back to an earlier state."""

    _marked: Kernel | None = None

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


__all__ = ["TrialSession"]
