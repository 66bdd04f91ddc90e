"""The tests lie where their README.md says, and none is loaded twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support import kernels
from tests.support.paths import ROOT, TESTS

# Packages beside the grader, whose unit tests have a folder of their name.
BESIDE = [("benchmarks",), ("cnnlab",), ("fuzz",), ("website",)]
UNIT = TESTS / "unit"


def package(folder: Path) -> Path:
    """Return the package that a folder of unit tests mirrors."""
    place = folder.relative_to(UNIT)
    return (ROOT if place.parts[:1] in BESIDE else ROOT / "grader") / place


def test_unit_tests_mirror_the_packages() -> None:
    folders = {path.parent for path in UNIT.rglob("test_*.py")}
    astray = [f for f in folders if not (package(f) / "__init__.py").is_file()]
    assert astray == []


def test_the_readme_lists_every_folder_of_tests() -> None:
    table = (TESTS / "README.md").read_text("utf-8")
    folders = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("*/*.py")}
    lacking = [name for name in sorted(folders) if f"| `{name}/` |" not in table]
    assert not lacking, f"add to the table in tests/README.md: {', '.join(lacking)}"


def test_no_module_of_ours_is_loaded_under_two_names() -> None:
    names: dict[str, list[str]] = {}
    for name, module in list(sys.modules.items()):
        place = getattr(module, "__file__", None) or ""
        if place.startswith(f"{TESTS}/"):
            names.setdefault(place, []).append(name)
    assert {place: found for place, found in names.items() if len(found) > 1} == {}


def test_the_plugin_is_the_module_that_tests_import(
    pytestconfig: pytest.Config,
) -> None:
    name = "tests.support.kernels"
    assert pytestconfig.pluginmanager.get_plugin(name) is kernels
    assert sys.modules[name] is kernels
