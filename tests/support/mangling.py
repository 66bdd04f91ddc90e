"""Ways in which editors, tools and hasty hands spoil a notebook, to be combined.

An operation changes a list of cells, as JSON has them, in place; two numbers say
where and how. A saving makes bytes of the notebook. What they do to the answers is
not noted: :mod:`tests.support.intact` looks at what came out.
"""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Callable
from typing import Any

from tests.support.averages import WORKED

Cells = list[dict[str, Any]]
Operation = Callable[[Cells, int, int], None]
Saving = Callable[[dict[str, Any], int], bytes]

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
    found = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return found if isinstance(found, str) else None


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
    """The cell that the number picks of those of a kind, or None."""
    found = [cell for cell in cells if all(kind(cell) for kind in kinds)]
    return found[number % len(found)] if found else None


def place(cells: Cells, cell: dict[str, Any]) -> int:
    return next(at for at, each in enumerate(cells) if each is cell)


# Operations -------------------------------------------------------------------
def lose_label(cells: Cells, a: int, b: int) -> None:
    cells[a % len(cells)]["metadata"] = {}


def lose_id(cells: Cells, a: int, b: int) -> None:
    cells[a % len(cells)].pop("id", None)


def lose_all_labels(cells: Cells, a: int, b: int) -> None:
    for cell in cells:
        cell["metadata"] = {}


def lose_all_ids(cells: Cells, a: int, b: int) -> None:
    for cell in cells:
        cell.pop("id", None)


def save_in_colab(cells: Cells, a: int, b: int) -> None:
    for cell in cells:
        if found := cell.pop("id", None):
            cell["metadata"]["id"] = found
        cell["metadata"]["executionInfo"] = {"user": {"displayName": "Nomen Nescio"}}


def odd_id(cells: Cells, a: int, b: int) -> None:
    odd = ("same", 7, None, "x" * 300, "späße !", ["list"], "", cells[0].get("id"))
    cells[a % len(cells)]["id"] = odd[b % len(odd)]


def rename_label(cells: Cells, a: int, b: int) -> None:
    cell = cells[a % len(cells)]
    if label(cell):
        cell["metadata"]["nbgrader"]["grade_id"] = f"renamed-{b}"


def older_schema(cells: Cells, a: int, b: int) -> None:
    for cell in cells:
        if found := cell["metadata"].get("nbgrader"):
            cell["metadata"]["nbgrader"] = {
                key: found[key]
                for key in ("grade", "grade_id", "solution", "points", "locked")[
                    : 3 + b % 3
                ]
                if key in found
            }


def copy_cell(cells: Cells, a: int, b: int) -> None:
    cells.insert(b % (len(cells) + 1), copied(cells[a % len(cells)]))


def move_cell(cells: Cells, a: int, b: int) -> None:
    cell = cells.pop(a % len(cells))
    cells.insert(b % (len(cells) + 1), cell)


def delete_cell(cells: Cells, a: int, b: int) -> None:
    if len(cells) > 1:
        del cells[a % len(cells)]


def delete_locked(cells: Cells, a: int, b: int) -> None:
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
    made = code("My notes.") | {"cell_type": ("markdown", "raw", "odd", 3)[b % 4]}
    cells.insert(a % (len(cells) + 1), made)


def retype(cells: Cells, a: int, b: int) -> None:
    cells[a % len(cells)]["cell_type"] = ("markdown", "raw", "code", "heading")[b % 4]


def fence(cells: Cells, a: int, b: int) -> None:
    if cell := one_of(cells, a, is_answer, lambda c: label(c) != "essay"):
        before, after = (("", ""), ("Like this:\n", "\nIt works."))[b % 2]
        cell["source"] = f"{before}```python\n{cell['source']}\n```{after}"


def trim(cells: Cells, a: int, b: int) -> None:
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
    found = [
        at
        for at in range(1, len(cells))
        if {c["cell_type"] for c in cells[at - 1 : at + 1]} == {"code"}
    ]
    if found:
        at = found[a % len(found)]
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


def answer_wrongly(cells: Cells, a: int, b: int) -> None:
    if cell := one_of(cells, a, lambda c: label(c) in WRONG):
        cell["source"] = WRONG[label(cell) or ""]


def wrong_version(cells: Cells, a: int, b: int) -> None:
    """A wrong version of an answer in a cell of its own, labelled or not."""
    if cell := one_of(cells, a, lambda c: label(c) in WRONG):
        made = copied(cell) | {"source": WRONG[label(cell) or ""]}
        made["metadata"] = made["metadata"] if b % 2 else {}
        cells.insert((b // 2) % (len(cells) + 1), made)


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


# Savings: the notebook is still whole --------------------------------------------
def as_json(notebook: dict[str, Any], number: int) -> bytes:
    return json.dumps(
        notebook, indent=number % 2, ensure_ascii=bool(number & 2)
    ).encode()


def as_lines(notebook: dict[str, Any], number: int) -> bytes:
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return as_json(notebook, number)


def as_format_3(notebook: dict[str, Any], number: int) -> bytes:
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
        cells.append(cell)
    cut = number % (len(cells) + 1)
    sheets = [{"cells": cells[:cut]}, {"cells": cells[cut:]}]
    return json.dumps({"nbformat": 3, "worksheets": sheets}).encode()


def as_odd_format(notebook: dict[str, Any], number: int) -> bytes:
    odd = (9, "4", 4.0, None, "new", [4], 0)
    return as_json(notebook | {"nbformat": odd[number % len(odd)]}, number)


def as_utf_16(notebook: dict[str, Any], number: int) -> bytes:
    encodings = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32")
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode(encodings[number % len(encodings)])


def as_windows(notebook: dict[str, Any], number: int) -> bytes:
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode("cp1252", "replace")


def as_mojibake(notebook: dict[str, Any], number: int) -> bytes:
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode().decode("latin-1").encode()


def with_zeros(notebook: dict[str, Any], number: int) -> bytes:
    return as_json(notebook, number) + bytes(number % 5000)


def with_second_half(notebook: dict[str, Any], number: int) -> bytes:
    """An older, longer file that was written over: its end is still there."""
    whole = as_json(notebook, number)
    return whole + whole[len(whole) - 1 - number % 200 :]


def with_idle_conflict(notebook: dict[str, Any], number: int) -> bytes:
    """A merge conflict in what is not graded."""
    lines = json.dumps(notebook | {"metadata": {"a": 1}}, indent=1).split("\n")
    at = next(n for n, line in enumerate(lines) if '"a": 1' in line)
    both = ["<<<<<<< HEAD", lines[at], "=======", '  "a": 2', ">>>>>>> other"]
    return "\n".join([*lines[:at], *both, *lines[at + 1 :]]).encode()


SAVINGS: tuple[Saving, ...] = (
    as_json,
    as_lines,
    as_format_3,
    as_odd_format,
    as_utf_16,
    as_windows,
    as_mojibake,
    with_zeros,
    with_second_half,
    with_idle_conflict,
)


# Damages: something may be lost ----------------------------------------------------
def cut_off(content: bytes, number: int) -> bytes:
    return content[: number % len(content)]


def byte_lost(content: bytes, number: int) -> bytes:
    at = number % len(content)
    return content[:at] + content[at + 1 :]


def bytes_written_over(content: bytes, number: int) -> bytes:
    at = number % len(content)
    junk = (b"\0\0\0", b'"', b"}", b"\xff", b"\\", b"\n<<<<<<< HEAD\n")[number % 6]
    return content[:at] + junk + content[at + len(junk) :]


def conflict_with(one: bytes, two: bytes) -> bytes:
    """What git makes of two versions of a file, whose lines it compares."""
    mine, theirs = one.decode().split("\n"), two.decode().split("\n")
    merged: list[str] = []
    compared = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, a, b, c, d in compared.get_opcodes():
        same = tag == "equal"
        merged += (
            mine[a:b]
            if same
            else ["<<<<<<< HEAD", *mine[a:b], "=======", *theirs[c:d], ">>>>>>> other"]
        )
    return "\n".join(merged).encode()


DAMAGES = (cut_off, byte_lost, bytes_written_over)
