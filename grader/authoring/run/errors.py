"""Find where an executed notebook stopped, and whether it may stop there. Pure.

A student copy runs to its end although nothing is answered. Only the tests say so: on
screen in a line, and here, where no person is present, by the error ``NotAnswered``.
Any other error is a fault of the notebook, which a student meets and cannot mend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from grader.authoring.run.outcome import Stop
from grader.notebooks.cells import Cell

INJECTED = "injected-parameters"
NOT_ANSWERED = "NotAnswered"
UNANSWERED = "not answered yet"
_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_RAISED = re.compile(r"Cell In\[\d+\], line (\d+)")


# Where it stopped -------------------------------------------------------------
def numbered(cells: Iterable[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each cell with its number in the file, from 1.

    The cell that papermill adds for parameters shares the number of the cell
    that it follows.
    """
    number = 0
    for cell in cells:
        number += INJECTED not in cell["metadata"].get("tags", [])
        yield max(number, 1), cell


def errors(cells: Iterable[dict[str, Any]]) -> Iterator[Stop]:
    """Yield where an executed notebook raised an error, in order.

    Parameters
    ----------
    cells
        The cells as they are in the notebook's JSON.
    """
    for number, cell in numbered(cells):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                yield _stop(number, cell, output)


def _stop(number: int, cell: dict[str, Any], output: dict[str, Any]) -> Stop:
    text = _COLOUR.sub("", "\n".join(output.get("traceback", ())))
    raised = _RAISED.search(text)
    return Stop(
        number=number,
        cell=cell["id"],
        error=_COLOUR.sub("", f"{output['ename']}: {output['evalue']}").rstrip(": "),
        traceback=text,
        line=int(raised[1]) if raised else None,
    )


# Whether it may stop there ----------------------------------------------------------
def judged(copy: Iterable[Cell], stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """Excuse the tests of a student copy that found no answer.

    Parameters
    ----------
    copy
        The cells of the student copy.
    stops
        The errors raised when the copy was run without stopping at errors.

    Returns
    -------
    tuple of Stop
        The same stops; one without an excuse is a fault of the notebook.
    """
    tests = {cell.identifier for cell in copy if cell.is_test}
    return tuple(
        replace(stop, excuse=UNANSWERED) if _found_no_answer(stop, tests) else stop
        for stop in stops
    )


def _found_no_answer(stop: Stop, tests: Collection[str]) -> bool:
    """Say whether a test raised ``cnnlab.exercises.NotAnswered``."""
    return stop.cell in tests and stop.error.split(":")[0] == NOT_ANSWERED


__all__ = ["INJECTED", "NOT_ANSWERED", "errors", "judged", "numbered"]
