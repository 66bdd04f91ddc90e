"""What a run of notebooks reports while it goes on."""

from __future__ import annotations

from collections.abc import Sequence

from grader.authoring.run.outcome import Job, Outcome


class Watcher:
    """Is told how a run goes on. This one keeps silent."""

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        """Begin; called once."""

    def reached(self, name: str, number: int, cell: str) -> None:
        """Note at which cell the notebook `name` is."""

    def finished(self, outcome: Outcome) -> None:
        """Note that a notebook is done."""


__all__ = ["Watcher"]
