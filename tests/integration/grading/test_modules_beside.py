"""Tests that import a module of the instructor's run in the examiner, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.long

SOURCE = """
# %% double
def double(x):
    return 2 * x
# %% double-test
from checks import passes
passes(double)
"""
CHECKS = "def passes(f):\n    assert f(3) == 6, 'twice the number'\n"


def test_the_instructors_module_judges_in_both_places(tmp_path: Path) -> None:
    course(tmp_path, hw=SOURCE)
    (tmp_path / "course/source/hw/checks.py").write_text(CHECKS)
    submit(tmp_path, "right", hw=SOURCE)
    submit(tmp_path, "wrong", hw=SOURCE.replace("2 * x", "x"))
    forged = submit(tmp_path, "forged", hw=SOURCE.replace("2 * x", "x"))
    (forged / "checks.py").write_text("def passes(f):\n    pass\n")
    results = graded(tmp_path)
    for name, points in (("right", 1), ("wrong", 0), ("forged", 0)):
        found = checks(results[name])["double-test"]
        assert (found.points, found.trust) == (points, "both"), name
