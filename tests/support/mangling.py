"""Ways in which editors, tools and people damage a notebook, to be combined.

An operation changes a list of cells, given as JSON has them, in place; two numbers say
where and how. What it does to the answers is not recorded: look at the result with
:mod:`tests.support.intact`. :mod:`tests.support.saving` makes files of it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tests.support.averages import WORKED

Cells = list[dict[str, Any]]
Operation = Callable[[Cells, int, int], None]

SCRATCH = (
    "check = [3, 1, 2]\nprint(sorted(check))",
    "%matplotlib inline",
    "!pip install numpy",
    "%load solution.py",
    "%%writefile mine.py\nprint('{}')\nx =",
    "x = (",
    "raise RuntimeError('not yet')",
    "# mean_of and median_of come next",
    "",
)
WRONG = {
    "mean": "def mean_of(values):\n    return sum(values) // len(values)",
    "median": "def median_of(values):\n    return values[0]",
    "q1": 'answer_q1 = "A"  # "A" or "B"',
    "scaled": "scaled = [1, 2, 3]",
}


def label(cell: dict[str, Any]) -> str | None:
    name = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else None


def is_answer(cell: dict[str, Any]) -> bool:
    return label(cell) in WORKED


def code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def copied(cell: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(cell)


def one_of(cells: Cells, number: int, *kinds: Callable[[dict[str, Any]], bool]) -> Any:
    """Return the cell of a kind that the number chooses, or None."""
    chosen = [cell for cell in cells if all(kind(cell) for kind in kinds)]
    return chosen[number % len(chosen)] if chosen else None


def place(cells: Cells, cell: dict[str, Any]) -> int:
    return next(at for at, other in enumerate(cells) if other is cell)


# Operations -------------------------------------------------------------------
def lose_label(cells: Cells, a: int, _b: int) -> None:
    cells[a % len(cells)]["metadata"] = {}


def lose_id(cells: Cells, a: int, _b: int) -> None:
    cells[a % len(cells)].pop("id", None)


def lose_all_labels(cells: Cells, _a: int, _b: int) -> None:
    for cell in cells:
        cell["metadata"] = {}


def lose_all_ids(cells: Cells, _a: int, _b: int) -> None:
    for cell in cells:
        cell.pop("id", None)


def save_in_colab(cells: Cells, _a: int, _b: int) -> None:
    for cell in cells:
        if identifier := cell.pop("id", None):
            cell["metadata"]["id"] = identifier
        cell["metadata"]["executionInfo"] = {"user": {"displayName": "Nomen Nescio"}}


def odd_id(cells: Cells, a: int, b: int) -> None:
    odd = ("same", 7, None, "x" * 300, "späße !", ["list"], "", cells[0].get("id"))
    cells[a % len(cells)]["id"] = odd[b % len(odd)]


def rename_label(cells: Cells, a: int, b: int) -> None:
    cell = cells[a % len(cells)]
    if label(cell):
        cell["metadata"]["nbgrader"]["grade_id"] = f"renamed-{b}"


def older_schema(cells: Cells, _a: int, b: int) -> None:
    for cell in cells:
        if about := cell["metadata"].get("nbgrader"):
            cell["metadata"]["nbgrader"] = {
                key: about[key]
                for key in ("grade", "grade_id", "solution", "points", "locked")[
                    : 3 + b % 3
                ]
                if key in about
            }


def copy_cell(cells: Cells, a: int, b: int) -> None:
    cells.insert(b % (len(cells) + 1), copied(cells[a % len(cells)]))


def move_cell(cells: Cells, a: int, b: int) -> None:
    cell = cells.pop(a % len(cells))
    cells.insert(b % (len(cells) + 1), cell)


def delete_cell(cells: Cells, a: int, _b: int) -> None:
    if len(cells) > 1:
        del cells[a % len(cells)]


def delete_locked(cells: Cells, a: int, _b: int) -> None:
    if (cell := one_of(cells, a, lambda c: not is_answer(c))) and len(cells) > 1:
        del cells[place(cells, cell)]


def edit_locked(cells: Cells, a: int, b: int) -> None:
    if cell := one_of(cells, a, lambda c: not is_answer(c)):
        cell["source"] = ("pass", "", f"# {cell['source']}", cell["source"] + "\n1")[
            b % 4
        ]


def raise_points(cells: Cells, a: int, b: int) -> None:
    if cell := one_of(cells, a, lambda c: "nbgrader" in c["metadata"]):
        cell["metadata"]["nbgrader"] |= {"points": b, "grade": True, "solution": b % 2}


def add_scratch(cells: Cells, a: int, b: int) -> None:
    cells.insert(a % (len(cells) + 1), code(SCRATCH[b % len(SCRATCH)]))


def add_text(cells: Cells, a: int, b: int) -> None:
    text = code("My notes.") | {"cell_type": ("markdown", "raw", "odd", 3)[b % 4]}
    cells.insert(a % (len(cells) + 1), text)


def retype(cells: Cells, a: int, b: int) -> None:
    cells[a % len(cells)]["cell_type"] = ("markdown", "raw", "code", "heading")[b % 4]


def fence(cells: Cells, a: int, b: int) -> None:
    if cell := one_of(cells, a, is_answer, lambda c: label(c) != "essay"):
        before, after = (("", ""), ("Like this:\n", "\nIt works."))[b % 2]
        cell["source"] = f"{before}```python\n{cell['source']}\n```{after}"


def trim(cells: Cells, _a: int, b: int) -> None:
    for cell in cells:
        lines = cell["source"].split("\n")
        cell["source"] = "\n".join(line.rstrip() + " " * (b % 3) for line in lines)


def answer_below(cells: Cells, a: int, b: int, blank: dict[str, str]) -> None:
    """Type an answer into a new cell, up to three cells below its own."""
    if cell := one_of(cells, a, is_answer, lambda c: label(c) != "essay"):
        at = place(cells, cell)
        cells.insert(at + 1 + b % 3, code(cell["source"]))
        cell["source"] = ("", blank[label(cell) or ""])[b % 2]


def merge_up(cells: Cells, a: int, b: int) -> None:
    """Merge a code cell into the one above, whose label is kept."""
    places = [
        at
        for at in range(1, len(cells))
        if {c["cell_type"] for c in cells[at - 1 : at + 1]} == {"code"}
    ]
    if places:
        at = places[a % len(places)]
        cells[at - 1]["source"] += "\n" * (1 + b % 2) + cells[at]["source"]
        del cells[at]


def split(cells: Cells, a: int, b: int) -> None:
    """Split a cell; the editor copies its label, or not."""
    cell = cells[a % len(cells)]
    lines = cell["source"].split("\n")
    if len(lines) > 1:
        at, cut = place(cells, cell), 1 + b % (len(lines) - 1)
        rest = copied(cell) | {"source": "\n".join(lines[cut:])}
        rest["metadata"] = rest["metadata"] if b % 2 else {}
        rest.pop("id", None)
        cell["source"] = "\n".join(lines[:cut])
        cells.insert(at + 1, rest)


def blank_copy(cells: Cells, a: int, b: int, blank: dict[str, str]) -> None:
    if cell := one_of(cells, a, is_answer):
        copy = copied(cell) | {"source": blank[label(cell) or ""]}
        cells.insert(b % (len(cells) + 1), copy)


def blank_out(cells: Cells, a: int, b: int, blank: dict[str, str]) -> None:
    if cell := one_of(cells, a, is_answer):
        cell["source"] = ("", blank[label(cell) or ""])[b % 2]


def answer_wrongly(cells: Cells, a: int, _b: int) -> None:
    if cell := one_of(cells, a, lambda c: label(c) in WRONG):
        cell["source"] = WRONG[label(cell) or ""]


def wrong_version(cells: Cells, a: int, b: int) -> None:
    """A wrong version of an answer in a cell of its own, labelled or not."""
    if cell := one_of(cells, a, lambda c: label(c) in WRONG):
        wrong = copied(cell) | {"source": WRONG[label(cell) or ""]}
        wrong["metadata"] = wrong["metadata"] if b % 2 else {}
        cells.insert((b // 2) % (len(cells) + 1), wrong)


OPERATIONS: tuple[Callable[..., None], ...] = (
    lose_label,
    lose_id,
    lose_all_labels,
    lose_all_ids,
    save_in_colab,
    odd_id,
    rename_label,
    older_schema,
    copy_cell,
    move_cell,
    delete_cell,
    delete_locked,
    edit_locked,
    raise_points,
    add_scratch,
    add_text,
    retype,
    fence,
    trim,
    answer_below,
    merge_up,
    split,
    blank_copy,
    blank_out,
    answer_wrongly,
    wrong_version,
)
