"""What a run of notebooks reports while it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.authoring.run.outcome import Job, Outcome


class Watcher(Protocol):
    """Is told how a run goes on."""

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        """Begin; called once."""

    def reached(self, name: str, number: int, cell: str) -> None:
        """Note at which cell the notebook `name` is."""

    def finished(self, outcome: Outcome) -> None:
        """Note that a notebook is done."""


class Silent:
    """A watcher that ignores everything."""

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        return

    def reached(self, name: str, number: int, cell: str) -> None:
        return

    def finished(self, outcome: Outcome) -> None:
        return


__all__ = ["Silent", "Watcher"]
