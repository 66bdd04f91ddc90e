"""A rehearsal refuses what it cannot start before it sets anything up."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.package.package import Package
from grader.authoring.package.rehearse import launcher_words, rehearse, rehearse_one
from grader.authoring.package.site import Step
from grader.authoring.package.targets import target_called
from grader.errors import UsageError


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Return a package whose archive was never written."""
    target = target_called("gradescope")
    return Package(target, "lab", tmp_path / "no.zip", (), points=1, by_hand=0)


@pytest.mark.parametrize(
    ("launcher", "said"),
    [
        ("sudo 'run", "close every quote"),
        ("./no-such-launcher --flag", "no program ./no-such-launcher"),
    ],
)
def test_a_launcher_that_cannot_be_started_is_refused(
    package: Package, launcher: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        next(rehearse(package, [Path(__file__)], launcher))


def test_a_submission_that_does_not_exist_is_refused(package: Package) -> None:
    with pytest.raises(UsageError, match=r"lab\.ipynb: there is no such file"):
        next(rehearse(package, [Path("lab.ipynb")]))


def test_a_launcher_beside_the_instructor_is_found_from_another_folder(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    script = here / "under"
    script.write_text('#!/bin/sh\necho "under $1"\nshift\nexec "$@"\n')
    script.chmod(0o755)
    monkeypatch.chdir(here)
    results = there / "results.json"
    command = ("sh", "-c", 'echo \'{"score": 1, "tests": []}\' > results.json')
    step = Step(command, there, {}, results)
    done = rehearse_one(package, "lab", step, launcher_words("./under container"))
    assert (done.faults, done.score) == ((), 1)
    assert done.printed == "under container\n"
    assert launcher_words("") == ()
