"""A notebook's text is nbformat's own, byte for byte."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.notebooks import serialize
from tests.support.paths import ROOT

NOTEBOOKS = sorted((ROOT / "solutions").rglob("*.ipynb"))
ODD: dict[str, Any] = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "signature": "x",
        "orig_nbformat": 3,
        "ünï": ["a\u2028b", '\x00\x1f"\\/', "\ud800"],
        "numbers": [1, -2.5, 1e300, 0.1, True, False, None, 10**30],
        "nested": {"b": {}, "a": [], "c": [[], [{}], ["x", {"y": [1]}]]},
        "strange": [float("nan"), float("inf"), b"bytes", (1, ("t",))],
    },
    "cells": [
        {"cell_type": "raw", "id": "r", "metadata": {"trusted": True}, "source": ""},
        {
            "cell_type": "markdown",
            "id": "m",
            "metadata": {"trusted": False, "kept": 1},
            "source": "a\nb\r\nc\x0cd",
            "attachments": {"p.png": {"image/png": "aa\nbb", "text/x": "1\n2"}},
        },
        {
            "cell_type": "code",
            "id": "c",
            "metadata": {},
            "execution_count": None,
            "source": ["already\n", "split"],
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": "x\ny\n"},
                {"output_type": "stream", "name": "stderr", "text": ["x\n"]},
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {
                        "text/plain": "a\nb",
                        "image/svg+xml": "<svg>\n</svg>",
                        "image/png": "x\ny",
                        "application/json": {"a": "b\nc"},
                        "application/javascript": "a\nb",
                    },
                },
                {"output_type": "execute_result", "metadata": {}},
                {
                    "output_type": "error",
                    "ename": "E",
                    "evalue": "a\nb",
                    "traceback": ["a\nb"],
                },
            ],
        },
    ],
}


def theirs(notebook: nbformat.NotebookNode) -> str:
    return str(nbformat.v4.writes(notebook, ensure_ascii=False))


def same(given: dict[str, Any]) -> None:
    notebook = nbformat.from_dict(copy.deepcopy(given))
    before = copy.deepcopy(notebook)
    assert serialize.text(notebook) == theirs(notebook)
    assert repr(notebook) == repr(before)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_courses_notebooks_are_written_the_same(path: Path) -> None:
    same(json.loads(path.read_text()))


def test_odd_values_are_written_the_same() -> None:
    same(ODD)


@pytest.mark.parametrize("seed", range(20))
def test_metadata_made_at_random_is_written_the_same(seed: int) -> None:
    draw = random.Random(seed)

    def value(depth: int) -> Any:
        kind = draw.randrange(8 if depth < 5 else 5)
        if kind == 5:
            return {word(): value(depth + 1) for _ in range(draw.randrange(4))}
        if kind > 5:
            return [value(depth + 1) for _ in range(draw.randrange(4))]
        return (
            [None, draw.random() > 0.5, draw.randrange(-99, 99), draw.random()][
                kind % 4
            ]
            if kind < 4
            else word()
        )

    def word() -> str:
        return "".join(draw.choice('ab"\\\n\té€😀\x7f ') for _ in range(5))

    same({**ODD, "metadata": {word(): value(0) for _ in range(9)}})


def test_what_json_cannot_hold_is_refused_the_same() -> None:
    notebook = nbformat.from_dict({**ODD, "metadata": {"a": {1, 2}}})
    with pytest.raises(TypeError, match="set is not JSON serializable"):
        theirs(notebook)
    with pytest.raises(TypeError, match="set is not JSON serializable"):
        serialize.text(notebook)
