"""Where things lie that tests use: the only module that counts folders upwards."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"

# A course of one short assignment, and what may happen to its notebook.
MANGLED = TESTS / "mangled"
MANGLED_COURSE = MANGLED / "course"
AVERAGES_SOURCE = MANGLED_COURSE / "solutions" / "averages.ipynb"

# The real MNIST, which the repository does not have, where it lies beside it.
MNIST = ROOT.parent / "shared" / "data" / "mnist" / "mnist.npz"

# Other small courses.
COURSES = TESTS / "support" / "courses"
AREAS = COURSES / "areas"
MINI = COURSES / "mini"
HOSTILE = TESTS / "hostile"
HOSTILE_COURSE = HOSTILE / "course"

# Commands of the environment in which the tests run.
GRADER = Path(sys.executable).with_name("grader")
DASK = Path(sys.executable).with_name("dask")
