"""Workflows use pinned actions and few rights, and test each promised Python."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"^ *(?:- )?uses: (.*)$", re.MULTILINE)
# A tag can be moved to other code, a commit cannot. The comment is for people.
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    used = USES.findall(path.read_text("utf-8"))
    assert used
    assert [each for each in used if not PINNED.fullmatch(each)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_only(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    more = {name for name, job in workflow["jobs"].items() if "permissions" in job}
    assert more == ({"publish"} if path.stem in ("release", "site") else set())


def test_what_may_publish_runs_nothing_of_the_repository() -> None:
    job = loaded(ROOT / ".github/workflows/release.yml")["jobs"]["publish"]
    assert job["permissions"] == {"id-token": "write"}
    assert job["environment"] == "pypi"
    used = [step["uses"].partition("@")[0] for step in job["steps"]]
    assert used == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert not any("password" in str(step) for step in job["steps"])


def test_what_may_publish_the_site_runs_nothing_of_the_repository() -> None:
    job = loaded(ROOT / ".github/workflows/site.yml")["jobs"]["publish"]
    assert job["permissions"] == {"pages": "write", "id-token": "write"}
    used = [step["uses"].partition("@")[0] for step in job["steps"]]
    assert used == ["actions/deploy-pages"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for job in loaded(path)["jobs"].values():
        for command in (step.get("run", "") for step in job["steps"]):
            asked = re.sub(r"ARGS='[^']*'", "", command.removeprefix("sudo ")).split()
            assert asked[:1] in ([], ["make"])
            assert set(asked[1:]) <= targets


def test_each_promised_python_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    prefix = "Programming Language :: Python :: "
    promised = [c.removeprefix(prefix) for c in project["classifiers"] if prefix in c]
    tests = loaded(ROOT / ".github/workflows/tests.yml")["jobs"]["test"]
    assert tests["strategy"]["matrix"]["python"] == promised
