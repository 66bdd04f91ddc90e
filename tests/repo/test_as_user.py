"""Root's tests become an ordinary user's in a container of their own only."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.support.paths import TESTS

AS_USER = TESTS / "as_user"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"GRADER_CONTAINED": "0"}
    return subprocess.run(
        [AS_USER, *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user mounts nothing")
def test_root_is_refused_where_mounts_would_stay() -> None:
    done = run("true")
    assert done.returncode == 2
    assert "tests/contained tests/as_user" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root becomes another user")
def test_an_ordinary_user_only_runs_the_command() -> None:
    done = run("id", "-u")
    assert (done.returncode, done.stdout) == (0, f"{os.geteuid()}\n")


def test_it_wants_a_command() -> None:
    done = run()
    assert done.returncode == 2
    assert "no command was given" in done.stderr
