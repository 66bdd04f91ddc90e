"""`scripts/plain-english` counts what it says it counts."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

import pytest

from tests.support.paths import ROOT

SCRIPT = ROOT / "scripts" / "plain-english"
SOURCE = '''
"""Two words. And now three.

========  =========
a table   no prose
========  =========
"""

LIMIT = 3  # as many as fit


def told(found, *, each):
    """Do it.

    Parameters
    ----------
    found : int
        Where it is, ``in code``, or not::

            this is code. Not prose.

    each
        Is not used. `LIMIT` counts.
    """
    return found + LIMIT


def alone(one):
    """Do it."""


class Thing:
    def method(self, one, two): ...

    def _hidden(self, one, two): ...


class _Hidden:
    def method(self, one, two): ...


# A comment of two lines,
# and one sentence.
# noqa: E501 - no prose
'''


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("plain_english", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    # Its dataclasses look themselves up by the name of their module.
    sys.modules[loader.name] = module
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        loader.exec_module(module)
    return module


def test_its_examples_are_right(script: ModuleType) -> None:
    failed, tried = doctest.testmod(script)
    assert (failed, tried > 2) == (0, True)


def test_public_functions_with_arguments_are_counted(script: ModuleType) -> None:
    measured = script.measure(SOURCE)
    assert (measured.functions, measured.with_parameters) == (2, 1)


def test_sentences_are_measured_without_code_and_tables(script: ModuleType) -> None:
    lengths = sorted(script.measure(SOURCE).sentence_lengths)
    # Module 2, 3; "Do it" twice; found 6; each 3, 2; comments 4, 8.
    assert lengths == sorted([2, 3, 2, 2, 6, 3, 2, 4, 8])


def test_generic_names_are_counted(script: ModuleType) -> None:
    assert script.measure(SOURCE).generic == 4  # told, found twice, each
    assert script.measure("_own = x.made").generic == 2


@pytest.mark.nightly
def test_packages_of_this_repository_are_measured() -> None:
    done = subprocess.run([SCRIPT, "--json"], capture_output=True, check=True)
    figures = json.loads(done.stdout)
    assert {"cnnlab", "grader", "grader/execution", "benchmarks", "fuzz"} < set(figures)
    whole = figures.pop("all")
    for name in ("functions", "sentences", "names", "generic_names"):
        assert whole[name] == sum(each[name] for each in figures.values()) > 0


def test_an_earlier_revision_is_read_from_git(script: ModuleType) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository")
    read = dict(script.files("HEAD"))
    assert "grader/errors.py" in read
    assert all(name.endswith(".py") for name in read)
    with pytest.raises(subprocess.CalledProcessError):
        list(script.files("no-such-revision"))
