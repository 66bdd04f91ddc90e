"""Define what is reported while notebooks run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.authoring.run.outcome import Job, Outcome


class Watcher(Protocol):
    """What the progress of a run is reported to."""

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        """Note that the run begins; called once.

        Parameters
        ----------
        jobs
            The notebooks to run.
        workers
            Number of notebooks that run at the same time.
        """

    def reached(self, name: str, number: int, cell: str) -> None:
        """Note which cell a notebook has reached.

        Parameters
        ----------
        name
            The notebook.
        number
            Number of the cell, from 1; 0 before the first.
        cell
            The cell's id, or what is done before the first and after the last cell.
        """

    def finished(self, outcome: Outcome) -> None:
        """Note that a notebook is done."""


class Silent:
    """A watcher that ignores everything."""

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        """Ignore it."""

    def reached(self, name: str, number: int, cell: str) -> None:
        """Ignore it."""

    def finished(self, outcome: Outcome) -> None:
        """Ignore it."""


__all__ = ["Silent", "Watcher"]
