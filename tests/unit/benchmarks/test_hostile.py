"""The hostile benchmark runs only in a container, and counts correctly."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.hostile import table
from benchmarks.hostile.bounds import GRADER, NBGRADER
from benchmarks.hostile.sample_class import HostileOutcome
from tests.support.paths import ROOT

COMMAND = [sys.executable, "-m", "benchmarks.hostile"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)


def test_outside_a_container_it_does_not_start() -> None:
    done = run("env", "-u", "GRADER_CONTAINED", *COMMAND)
    assert done.returncode == 2
    assert "tests/contained .venv/bin/python -m benchmarks.hostile" in done.stderr
    assert done.stdout == ""


def test_help_names_the_classes_and_defines_held() -> None:
    done = run(*COMMAND, "--help")
    assert done.returncode == 0, done.stderr
    for word in ("strip_tests", "break_out", "--json", "Held means"):
        assert word in done.stdout


def test_the_table_has_a_line_for_each_class_and_one_for_all() -> None:
    outcomes = [
        HostileOutcome(
            "grow", "forks", NBGRADER, 9.0, ("never ended: after 180 s", "x: 1")
        ),
        HostileOutcome("grow", "forks", GRADER, 3.0, ()),
        HostileOutcome("grow", "disk", NBGRADER, 9.0, ("x: 2",)),
        HostileOutcome("grow", "disk", GRADER, 3.0, ("y: 1",)),
        HostileOutcome("write_grades", "update", NBGRADER, 9.0, ()),
        HostileOutcome("write_grades", "update", GRADER, 3.0, ()),
    ]
    assert table.table(outcomes).splitlines()[2:] == [
        "| grow | 2 | 0 of 2 | 1 of 2 | never ended; x |",
        "| write grades | 1 | 1 of 1 | 1 of 1 |  |",
        "| all | 3 | 1 of 3 | 2 of 3 |  |",
    ]
