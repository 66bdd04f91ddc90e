"""No function that a fork becomes is named in vain."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.execution import wiring
from grader.execution.examiner import client
from grader.execution.fork_server.protocol import entry_point, module_of
from grader.execution.jail import entries

NAMED = (*wiring.PREPARATION.entries, wiring.PREPARATION.build)
ENTRY = re.compile(r"grader(\.\w+)+:\w+")
MODULE = re.compile(r"grader(\.\w+)+")
ROOT = Path(grader.__file__).parent


@pytest.mark.parametrize("entry", [*NAMED, entries.ENTER, entries.ENTER_UNPROTECTED])
def test_an_entry_point_is_a_function_of_its_module(entry: str) -> None:
    module = importlib.import_module(module_of(entry))
    function = getattr(module, entry.partition(":")[2])
    assert inspect.isfunction(function)
    assert entry_point(function) == entry


def test_every_entry_point_of_execution_is_prepared() -> None:
    found = {text for text in strings() if text.startswith("grader.execution.")}
    entry_points = {text for text in found if ENTRY.fullmatch(text)}
    assert entry_points == {
        entries.ENTER,
        entries.ENTER_UNPROTECTED,
        entries.CONFINE,
        entries.BUILD_KERNEL,
        client.ENTRY,
    }
    assert entry_points < set(NAMED)


def test_everything_that_is_named_in_a_module_is_there() -> None:
    for name in {text for text in strings() if ENTRY.fullmatch(text)}:
        module, _, attribute = name.partition(":")
        assert hasattr(importlib.import_module(module), attribute), name


def test_every_module_that_is_named_in_a_string_is_there() -> None:
    found = {text for text in strings() if MODULE.fullmatch(text)}
    assert "grader.execution.fork_server.server" in found
    for name in found:
        importlib.import_module(name)


def strings() -> Iterator[str]:
    """Yield the strings in the grader's code."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
