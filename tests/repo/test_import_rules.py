"""The rules of docs/explanation/architecture.md hold, and their check can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.support.paths import ROOT

# (contract, module, an import that the contract forbids there)
OFFENCES = [
    ("the course and the grader are apart", "cnnlab.data", "grader.errors"),
    ("the course and the grader are apart", "grader.reports.feedback", "cnnlab.data"),
    (
        "the grader's packages form layers",
        "grader.errors",
        "grader.submissions.merge",
    ),
    ("the grader's packages form layers", "grader.records.result", "grader.errors"),
    ("pure packages start and open nothing", "grader.execution.wire.codec", "socket"),
    ("pure packages start and open nothing", "grader.submissions.merge", "sqlite3"),
    ("pure packages start and open nothing", "grader.execution.limits", "subprocess"),
    (
        "pure packages start and open nothing",
        "grader.execution.jail.bwrap",
        "threading",
    ),
    (
        "pure packages start and open nothing",
        "grader.notebooks.cells",
        "urllib.request",
    ),
    (
        "pure packages start and open nothing",
        "grader.grading.scoring",
        "multiprocessing",
    ),
    (
        "the examiner knows no jail, no gradebook and no course",
        "grader.execution.examiner.channel",
        "grader.course.course",
    ),
    (
        "the examiner knows no jail, no gradebook and no course",
        "grader.execution.examiner.client",
        "grader.execution.jail.jail",
    ),
    (
        "the grader's packages form layers",
        "grader.grading.grade",
        "grader.batch.workers",
    ),
    (
        "only classroom.gradebook opens nbgrader's database",
        "grader.batch.workers",
        "nbgrader.api",
    ),
    (
        "only release and notebooks.source read nbgrader's metadata with "
        "nbgrader's code",
        "grader.submissions.merge",
        "nbgrader.utils",
    ),
    ("only notebooks.cells imports nbformat", "grader.reports.feedback", "nbformat"),
    (
        "only execution imports Jupyter's kernels",
        "grader.grading.grade",
        "jupyter_client",
    ),
    (
        "only execution imports Jupyter's kernels",
        "grader.execution.kernel.client",
        "zmq",
    ),
    (
        "the grading process never parses ZeroMQ messages",
        "grader.execution.jail.jail",
        "jupyter_client",
    ),
    ("only batch.dask_cluster imports Dask", "grader.batch.workers", "distributed"),
    ("the grader's packages form layers", "grader.api.grading", "grader.cli.shell"),
    (
        "the grader's packages form layers",
        "grader.course.course",
        "grader.collect.owners",
    ),
    (
        "the parts of execution form layers",
        "grader.execution.inside.server",
        "grader.execution.jail.jail",
    ),
    (
        "the command line calls the API and nothing below it",
        "grader.cli.grade",
        "grader.batch.run",
    ),
    (
        "the command line calls the API and nothing below it",
        "grader.cli.screens.report",
        "grader.reports.class_report",
    ),
]


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages that lie in `tree`."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--config",
            ROOT / "pyproject.toml",
            "--no-cache",
        ],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(tree: Path, module: str, imported: str) -> None:
    path = tree.joinpath(*module.split(".")).with_suffix(".py")
    assert path.is_file(), f"{module} has moved; move its offence too"
    with path.open("a") as file:
        file.write(f"\nimport {imported}\n")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a tree in which every offence is planted."""
    tree = tmp_path_factory.mktemp("offences")
    for package in ("cnnlab", "grader"):
        shutil.copytree(ROOT / package, tree / package)
    for _, module, imported in OFFENCES:
        plant(tree, module, imported)
    outcome = lint(tree)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    return outcome.stdout


def test_import_rules_hold() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("contract", "module", "imported"), OFFENCES)
def test_an_offence_is_found(
    broken: str, contract: str, module: str, imported: str
) -> None:
    assert f"{contract} BROKEN" in broken
    # Of what lies outside, import-linter knows the top-level package only.
    ours = imported.startswith(("grader", "cnnlab", "nbgrader"))
    target = imported if ours else imported.partition(".")[0]
    assert f"{module} -> {target} (l." in broken


def test_every_contract_has_an_offence() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {each["name"] for each in config["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in OFFENCES}


@pytest.mark.parametrize("top", ["grader.errors", "grader.records"])
def test_errors_and_records_stand_alone(top: str) -> None:
    graph = grimp.build_graph("grader", include_external_packages=True, cache_dir=None)
    own = {top, *graph.find_descendants(top)}
    imported = set().union(*map(graph.find_modules_directly_imported_by, own))
    assert imported - own <= sys.stdlib_module_names
