"""Say how a cell ran in the kernel: as a flag, or as the outcome of a test. Pure."""

from __future__ import annotations

from typing import Literal

from grader.execution import limit_messages
from grader.execution.kernel.client import CellExecution
from grader.execution.limits import Limits
from grader.notebooks.cells import Cell
from grader.records import Flag, Outcome

#: A statement that sets the seed from which tests may draw inputs. Student code in the
#: kernel can read it, so it is not the examiner's seed.
SET_SEED = '__import__("os").environ["GRADER_SEED"] = "1"'
#: The outcome of a test for which there was no kernel.
NO_KERNEL = Outcome("crashed", message="there was no kernel", hidden=True)


def flag(cell: Cell, ran: CellExecution, limits: Limits) -> Flag:
    """Return the flag for a cell that raised an error, or lost its kernel."""
    if ran.limit == "total_seconds":
        return Flag("limit", limit_messages.time_is_up(limits))
    if limit := limit_messages.to_instructor(ran.limit, limits):
        return Flag("limit", f"cell {name(cell)} {limit}")
    if ran.ended == "error":
        error = ran.error.split(":")[0]
        return Flag("error", f"cell {name(cell)} raised {error}")
    reason = ran.error or limit_messages.ENDED_KERNEL
    return Flag("crash", f"cell {name(cell)} {reason}")


def name(cell: Cell) -> str:
    """Return a cell's grade_id or, if it has none, the beginning of its first line."""
    first = [*cell.source.strip().splitlines(), ""][0]
    return cell.grade_id or f"[{first[:24]}…]"


def outcome(ran: CellExecution, limits: Limits) -> Outcome:
    """Return the outcome of a test that ran beside student code."""
    if ran.kernel_lost:
        message = limit_messages.to_student(ran.limit, limits)
        return Outcome(how_lost(ran), message=message, hidden=True)
    if ran.ended != "ok":
        message = "a test of this question failed"
        return Outcome("failed", _last_number(ran), message, hidden=True)
    return Outcome("passed", _last_number(ran), hidden=True)


def error(ran: CellExecution, limits: Limits) -> str:
    """Return the error of a test that ran beside student code, for the instructor."""
    return ran.error or limit_messages.to_instructor(ran.limit, limits)


def how_lost(ran: CellExecution) -> Literal["timeout", "crashed"]:
    """Return how a cell ended that lost its kernel, as a status."""
    return "timeout" if ran.ended == "timeout" else "crashed"


def _last_number(ran: CellExecution) -> float | None:
    """Return the number that nbgrader would take as partial credit."""
    for output in reversed(ran.outputs):
        if output["output_type"] == "execute_result":
            try:
                return float(output["data"].get("text/plain", ""))
            except ValueError:
                return None
    return None


__all__ = ["NO_KERNEL", "SET_SEED", "error", "flag", "how_lost", "name", "outcome"]
