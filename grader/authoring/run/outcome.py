"""What running a notebook from top to bottom yields: plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Stop:
    """A cell that did not do what it should.

    Attributes
    ----------
    number : int
        Place of the cell in the notebook's file, from 1.
    cell : str
        The cell's id.
    error : str
        Name and text of the exception, or what is missing.
    traceback : str
        As the kernel gave it, without colours.
    line : int or None
        Line of the cell that raised, from 1, where known.
    excuse : str
        Why it may be so, in the copy of a student; empty for a failure.
    """

    number: int
    cell: str
    error: str
    traceback: str = ""
    line: int | None = None
    excuse: str = ""

    @property
    def place(self) -> str:
        return f"cell {self.number} ({self.cell})"


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook to run.

    Attributes
    ----------
    name : str
        The notebook's name, without folder and suffix.
    path : str
        Where its file lies, for messages.
    source : str
        The notebook as JSON text.
    parameters : dict
        Values that replace those of the cell tagged ``parameters``.
    names : dict
        In the copy of a student: names that the answer of a cell id defines.
    students : bool
        It is the copy of a student: an error does not end the run.
    """

    name: str
    path: str
    source: str
    parameters: dict[str, Any] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    students: bool = False


@dataclass(frozen=True, slots=True)
class Executed:
    """What a worker hands back.

    Attributes
    ----------
    notebook : str
        The notebook with outputs, as JSON text.
    page : str
        The same as HTML.
    seconds : float
        Wall time from the start of the kernel to its end.
    peak_mb : float
        Most memory that the kernel and what it started held, in MiB.
    broken : Stop or None
        Where the kernel ended or the run broke off without an error output.
    """

    notebook: str
    page: str
    seconds: float
    peak_mb: float
    broken: Stop | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One notebook that was run, and what is to be said of it."""

    name: str
    path: str
    parameters: dict[str, Any]
    seconds: float
    peak_mb: float
    figures: int = 0
    stops: tuple[Stop, ...] = ()

    @property
    def failures(self) -> tuple[Stop, ...]:
        """The stops without an excuse."""
        return tuple(stop for stop in self.stops if not stop.excuse)

    @property
    def excused(self) -> tuple[Stop, ...]:
        """The stops at unanswered cells."""
        return tuple(stop for stop in self.stops if stop.excuse)


__all__ = ["Executed", "Job", "Outcome", "Stop"]
