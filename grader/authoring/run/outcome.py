"""Define the records of a run of notebooks, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Stop:
    """A cell at which a notebook failed.

    Attributes
    ----------
    number : int
        Place of the cell in the notebook's file, from 1.
    cell : str
        The cell's id.
    error : str
        Name and text of the exception, or what is missing.
    traceback : str
        The kernel's, without colours.
    line : int or None
        Line of the cell that raised, from 1, if known.
    excuse : str
        Why a student copy may fail there; empty for a failure.
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
        Path of its file in the course, for messages.
    source : str
        The notebook as JSON text.
    parameters : dict
        Values that replace those of the cell tagged ``parameters``.
    students : bool
        Whether it is a student copy: then errors do not end the run.
    """

    name: str
    path: str
    source: str
    parameters: dict[str, Any] = field(default_factory=dict)
    students: bool = False


@dataclass(frozen=True, slots=True)
class Executed:
    """What a worker returns.

    Attributes
    ----------
    notebook : str
        The notebook with outputs, as JSON text.
    page : str
        The same as HTML.
    seconds : float
        Wall time from the start of the kernel to its end.
    peak_mb : float
        Most memory that the kernel and its processes held, in MiB.
    broken : Stop or None
        Where the kernel died or the run ended without an error output.
    """

    notebook: str
    page: str
    seconds: float
    peak_mb: float
    broken: Stop | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the run of one notebook went.

    Attributes
    ----------
    name, path, parameters
        See :class:`Job`.
    seconds, peak_mb
        See :class:`Executed`.
    figures : int
        How many pictures it shows.
    stops : tuple of Stop
        Where it failed or, in a student copy, where a test found no answer.
    tests : int
        In a student copy, the number of its tests.
    """

    name: str
    path: str
    parameters: dict[str, Any]
    seconds: float
    peak_mb: float
    figures: int = 0
    stops: tuple[Stop, ...] = ()
    tests: int = 0

    @property
    def failures(self) -> tuple[Stop, ...]:
        """The stops without an excuse."""
        return tuple(stop for stop in self.stops if not stop.excuse)

    @property
    def excused(self) -> tuple[Stop, ...]:
        """The tests of a student copy that found no answer."""
        return tuple(stop for stop in self.stops if stop.excuse)

    @property
    def blank(self) -> str:
        """What a student copy's run shows, in words; empty for a solution."""
        if not self.tests:
            return ""
        found = f"{len(self.excused)} of {self.tests} answers blank"
        return found if self.failures else f"{found}; every other cell ran"


__all__ = ["Executed", "Job", "Outcome", "Stop"]
