"""Report progress while submissions are collected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from grader.collect.filing import CollectRow


class CollectWatcher(Protocol):
    """Receives progress while submissions are collected."""

    def reading(self) -> None:
        """Note that one more file was read."""

    def sorting(self, count: int) -> None:
        """Note that all files are read, and how many there are."""

    def filed(self, row: CollectRow) -> None:
        """Note that a submission or an unmatched file was dealt with."""

    def due(self, assignment: str, before: datetime | None) -> None:
        """Note that the gradebook has a new due date of an assignment.

        Parameters
        ----------
        assignment
            Its name.
        before
            The due date that it had; None if it had none.
        """


class SilentCollectWatcher:
    """A watcher that ignores all progress."""

    def reading(self) -> None:
        pass

    def sorting(self, count: int) -> None:
        pass

    def filed(self, row: CollectRow) -> None:
        pass

    def due(self, assignment: str, before: datetime | None) -> None:
        pass


__all__ = ["CollectWatcher", "SilentCollectWatcher"]
