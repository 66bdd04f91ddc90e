"""Tell whether a right answer is still in the cells of a mangled notebook."""

from __future__ import annotations

from typing import Any

from grader.notebooks import magics
from grader.submissions.align import bound_names, normal
from grader.submissions.repair.paste import without_fences
from tests.support.averages import WORKED
from tests.support.mangling import Cells, label

NAMES = {
    "mean": "mean_of",
    "median": "median_of",
    "q1": "answer_q1",
    "scaled": "scaled",
}


def text_of(cell: dict[str, Any]) -> str:
    return normal(without_fences(cell["source"]))


def there(cells: Cells, name: str, blank: dict[str, str]) -> bool:
    """Say whether the right answer is in some cell, and no other answer is anywhere."""
    idle = {"", normal(blank[name])}
    holds, rivals = False, False
    for cell in cells:
        text = text_of(cell)
        worked = f"\n{normal(WORKED[name])}\n"
        held = worked in f"\n{text}\n" and is_sound(text)
        rest = text.replace(normal(WORKED[name]), "") if held else text
        bound = NAMES[name] in bound_names(rest)
        rivals |= bound if held else text not in idle and (bound or label(cell) == name)
        holds |= held
    return holds and not rivals


def is_sound(text: str) -> bool:
    """Say whether a cell is Python and does not stop before its end."""
    stops = "raise " in text or "assert " in text
    return magics.parsed(text) is not None and not stops


def may_pass(cells: Cells, name: str) -> bool:
    """Say whether every line of the right answer is somewhere in the notebook."""
    lines = {line.strip() for cell in cells for line in cell["source"].split("\n")}
    return {line.strip() for line in WORKED[name].split("\n")} <= lines
