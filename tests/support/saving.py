"""Ways to save a notebook as bytes, in odd formats or with damages.

A saving makes bytes of a notebook, given as JSON has it; a damage changes these bytes.
A number says how or where.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from typing import Any

Saving = Callable[[dict[str, Any], int], bytes]


# The notebook is still whole --------------------------------------------
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


def as_windows(notebook: dict[str, Any], _number: int) -> bytes:
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode("cp1252", "replace")


def as_mojibake(notebook: dict[str, Any], _number: int) -> bytes:
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode().decode("latin-1").encode()


def with_zeros(notebook: dict[str, Any], number: int) -> bytes:
    return as_json(notebook, number) + bytes(number % 5000)


def with_second_half(notebook: dict[str, Any], number: int) -> bytes:
    """Write over an older, longer file, whose end is still there."""
    whole = as_json(notebook, number)
    return whole + whole[len(whole) - 1 - number % 200 :]


def with_idle_conflict(notebook: dict[str, Any], _number: int) -> bytes:
    """Leave a merge conflict in what is not graded."""
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


# Something may be lost ----------------------------------------------------
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
    """Return what git makes of two versions of a file, by comparing their lines."""
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
