"""What was run in the kernel, beside what is saved."""

from __future__ import annotations

from collections.abc import Iterable

from cnnlab.selfcheck._cells import Cell, normalized, source_of

__all__ = ["History"]


class History:
    """What was run in the kernel.

    Parameters
    ----------
    executed
        The source of each cell that was run, at the index of its execution count.
    """

    def __init__(self, executed: Iterable[str]) -> None:
        self._executed = [normalized(source) for source in executed]
        self._last = {source: at for at, source in enumerate(self._executed)}

    def is_newer_than(self, cells: Iterable[Cell]) -> bool:
        """Say whether something was run that the saved notebook does not have."""
        cells = [cell for cell in cells if cell.get("cell_type") == "code"]
        saved = {normalized(source_of(cell)) for cell in cells} | {""}
        new = self._executed[self._count_at_saving(cells) + 1 :]
        return any(source not in saved for source in new)

    def _count_at_saving(self, cells: list[Cell]) -> int:
        """Return the newest execution count in the file; 0 if it is of another kernel.

        It is of this kernel if no count is too high, and one cell is as it was run.
        """
        counts = [cell.get("execution_count") or 0 for cell in cells]
        newest = max(counts, default=0)
        mine = any(map(self._is_as_run, cells)) and newest <= len(self._executed)
        return newest if mine else 0

    def _is_as_run(self, cell: Cell) -> bool:
        count = cell.get("execution_count") or 0
        source = normalized(source_of(cell))
        return 0 < count < len(self._executed) and self._executed[count] == source

    def ran_since_saved(self, cell: Cell) -> bool:
        """Say whether a cell was run, but its saved output is of another run."""
        last = self._last.get(normalized(source_of(cell)))
        return last is not None and last != cell.get("execution_count")
