"""Tests import the instructor's modules, and only those."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator

import pytest

from grader.execution.examiner.beside import BesideFinder, install

FILES = {
    "checks_beside.py": "def double(x):\n    return 2 * x\n",
    "parts_beside/__init__.py": "from .one import ONE\n",
    "parts_beside/one.py": "ONE = 1\n",
    "loose_beside/two.py": "TWO = 2\n",
    "random.py": "def random():\n    return 4\n",
    "broken_beside.py": "def (",
}


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    before, path = set(sys.modules), list(sys.meta_path)
    install(FILES)
    yield
    sys.meta_path[:] = path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_modules_and_packages_are_found() -> None:
    assert importlib.import_module("checks_beside").double(2) == 4
    assert importlib.import_module("parts_beside").ONE == 1
    assert importlib.import_module("loose_beside.two").TWO == 2


def test_what_is_loaded_already_stays() -> None:
    assert importlib.import_module("random").random() != 4


def test_a_broken_module_fails_as_in_a_notebook() -> None:
    with pytest.raises(SyntaxError):
        importlib.import_module("broken_beside")


def test_other_modules_are_not_its_own() -> None:
    assert BesideFinder(FILES).find_spec("json") is None
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nothing_beside")


def test_it_is_installed_once() -> None:
    install(FILES)
    assert sum(isinstance(each, BesideFinder) for each in sys.meta_path) == 1
