"""Name the cell that is to blame where a name is missing: often an import that failed.

Pure. Only the text of cells decides what is said, never the text of an error that came
up later: student code chooses that, and could put a hidden input into it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from grader.execution.kernel.client import CellExecution
from grader.grading.error_words import readable
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.analysis.reads import reads
from grader.notebooks.cells import Cell
from grader.notebooks.headline import headline
from grader.records import Flag

_LINE_CHARS = 60
_ERROR_CHARS = 200
_MOST_NAMED = 3
_MOST_CELLS = 50
"""Only the first cell that fails is remembered."""


class Cause(NamedTuple):
    """Why a name may be missing: what the student reads, and the instructor."""

    message: str = ""
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class _FailedCell:
    """A cell that did not run to its end.

    Attributes
    ----------
    grade_id : str
        Its grade_id, "" if it has none.
    called : str
        Words for the cell, with the line by which a reader recognises it.
    stopped : str
        How it ended, with what the student may read of its error.
    names : frozenset of str
        The names that it would have bound, and that no later cell has.
    """

    grade_id: str
    called: str
    stopped: str
    names: frozenset[str]


class LostNames:
    """The names that cells of a submission would have bound, had they not failed."""

    def __init__(self) -> None:
        self._failed: list[_FailedCell] = []

    def note(self, cell: Cell, ran: CellExecution, *, after_hidden: bool) -> None:
        """Remember a cell that has run, if it failed; and which names it bound.

        Parameters
        ----------
        cell
            The cell.
        ran
            How it ran.
        after_hidden
            Whether a hidden test may have called student code before.
        """
        ok = ran.ended == "ok"
        if not (self._failed if ok else len(self._failed) < _MOST_CELLS):
            return
        names = frozenset(bound_names([cell.source]))
        if ok:
            kept = (replace(one, names=one.names - names) for one in self._failed)
            self._failed = [one for one in kept if one.names]
        elif names:
            error = readable(ran.error, after_hidden=after_hidden)[:_ERROR_CHARS]
            stopped = f"stopped with {error}" if error else "did not end"
            called = f"the cell “{_line(cell.source)}”"
            self._failed.append(_FailedCell(cell.grade_id, called, stopped, names))

    def note_test(self, grade_id: str, statements: Sequence[str]) -> None:
        """Remember statements of a test that did not run, because it failed before.

        Parameters
        ----------
        grade_id
            The grade_id of the test.
        statements
            The statements that bind names for later cells. The student can see them.
        """
        if len(self._failed) < _MOST_CELLS:
            called = f"the line “{_line(statements[0])}” of a test"
            stopped = "did not run, because the test failed before it"
            names = frozenset(bound_names(statements))
            self._failed.append(_FailedCell(grade_id, called, stopped, names))

    def cause(self, sources: Collection[str], grade_ids: Collection[str]) -> Cause:
        """Return why a name may be missing that answers read; empty if unknown.

        Parameters
        ----------
        sources
            The answers.
        grade_ids
            Their grade_ids: they are not the cause themselves.
        """
        if not self._failed:
            return Cause()
        found = [reads(source, trusted=False) for source in sources]
        wanted = frozenset().union(*(one.at_once | one.later for one in found))
        for failed in self._failed:
            names = sorted(failed.names & wanted)
            if names and failed.grade_id not in grade_ids:
                return _cause(failed, names)
        return Cause()

    def forget(self) -> None:
        """Forget all cells, because the kernel goes back to an earlier state."""
        self._failed.clear()


def _line(source: str) -> str:
    return headline(source) or source.strip()[:_LINE_CHARS]


def _cause(failed: _FailedCell, names: list[str]) -> Cause:
    shown = ", ".join(names[:_MOST_NAMED]) + (" …" if names[_MOST_NAMED:] else "")
    what, stopped = failed.called, failed.stopped
    flag = f"{what} {stopped}, and later answers need {shown} from it"
    message = f"the likely cause: {what} above {stopped}, and {shown} comes from it"
    return Cause(message, Flag("error", flag))


__all__ = ["Cause", "LostNames"]
