"""Hostile answers cost only themselves, and learn nothing.

Most of what hostile submissions try is in tests/hostile; here is what looks closer: at
how a cell is said to have ended, and at what one sees of the tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.course.course import Course
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits
from grader.grading.grade import grade
from grader.records import Assignment, Graded, Submission
from tests.support.paths import MINI

pytestmark = pytest.mark.hostile

RIGHT = {
    "double": "def double(x):\n    return x + x",
    "mean": "def mean(x):\n    return sum(x) / len(x)",
    "shift": "def shift(x, by):\n    x[:] = x + by",
    "root": "def root(x):\n    if x < 0: raise ValueError\n    return x ** 0.5",
}
# Needs what a cell before the one that ends the kernel has defined.
ROOT_BY_HALF = "def root(x):\n    if x < 0: raise ValueError\n    return x ** half(x)"
FULL = {"double-test": 2, "mean-test": 2, "shift-test": 3, "root-test": 1}
NOTHING = dict.fromkeys(FULL, 0)
# Nobody wrote one: there is nothing to look at by hand.
ESSAY = "essay"
# What the hidden tests hold, in their text or their values.
SECRETS = (
    *("70731337", "70731338", "70731339"),
    *("hidden tests", "randint", "np.arange(3.0)"),
)


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return Course.open(MINI).assignment("mini")


@pytest.fixture(scope="module")
def quick(fork_server: ForkServer) -> Iterator[Jailer]:
    limits = Limits(cell_seconds=2.5, total_seconds=60, call_seconds=2.5, memory_mb=256)
    opened = Jailer(fork_server, ["numpy"], limits)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def patient(fork_server: ForkServer) -> Iterator[Jailer]:
    opened = Jailer(fork_server, ["numpy"], Limits(memory_mb=1024))
    yield opened
    opened.close()


@pytest.fixture
def attack(
    mini: Assignment, quick: Jailer, nothing_left: None
) -> Callable[..., dict[str, float]]:
    """Grade a submission with these answers, blank else; return its points.

    ``first`` is a cell of its own above them all. Whatever happens, nothing of the
    hidden tests may be said or shown to student code.
    """

    def graded(
        answers: dict[str, str], first: str = "", jailer: Jailer = quick
    ) -> dict[str, float]:
        book = json.loads(mini.released)
        for cell in book["cells"]:
            cell["source"] = answers.get(cell["id"], cell["source"])
        if first:
            extra: dict[str, Any] = {
                "cell_type": "code",
                "id": "x",
                "metadata": {},
                "source": first,
            }
            extra |= {"outputs": [], "execution_count": None}
            book["cells"].insert(2, extra)
        content = json.dumps(book).encode()
        found = grade(mini, Submission("eve", "mini", content), jailer, 5)
        assert not secrets_told(found)
        graded.last = found  # type: ignore[attr-defined]
        tests = [c for c in found.result.cells if c.grade_id != ESSAY]
        return {c.grade_id: c.points for c in tests}

    return graded


def secrets_told(graded: Graded) -> list[str]:
    """Return what a student might read of the hidden tests."""
    cells = json.loads(graded.notebook)["cells"]
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    said = json.dumps([shown, [c.message for c in graded.result.cells]]).lower()
    return [secret for secret in SECRETS if secret.lower() in said]


def test_the_watch_for_secrets_can_bark(mini: Assignment, quick: Jailer) -> None:
    leaky = {"double": "print('70731337')"}
    book = json.loads(mini.released)
    for cell in book["cells"]:
        cell["source"] = leaky.get(cell["id"], cell["source"])
    found = grade(mini, Submission("e", "mini", json.dumps(book).encode()), quick, 5)
    assert secrets_told(found) == ["70731337"]


# --- cells that end or never end ------------------------------------------------------

ENDERS = {
    "endless loop": "while True: pass",
    "sleep": "import time; time.sleep(1e9)",
    "os._exit": "import os; os._exit(0)",
    "abort": "import os; os.abort()",
    "kill the group": "import os, signal; os.killpg(0, signal.SIGKILL)",
    "deaf loop": (
        "import signal\nfor n in (1, 2, 3, 15): signal.signal(n, signal.SIG_IGN)\n"
        "while True: pass"
    ),
    "flood": "while True: print('x' * 10_000)",
    "one long line": "print('x' * 200_000_000)",
}


@pytest.mark.parametrize("source", ENDERS.values(), ids=ENDERS)
def test_a_cell_that_ends_or_never_ends_costs_only_itself(
    attack: Any, source: str
) -> None:
    first, later = "def half(x):\n    return 0.5", {"root": ROOT_BY_HALF}
    assert attack(RIGHT | later | {"mean": source}, first) == FULL | {"mean-test": 0}
    (check,) = (c for c in attack.last.result.cells if c.grade_id == "mean-test")
    assert check.status in ("timeout", "crashed", "error")
    assert check.message


@pytest.mark.parametrize("source", ENDERS.values(), ids=ENDERS)
def test_a_function_that_ends_or_never_ends_costs_only_its_test(
    attack: Any, source: str
) -> None:
    body = "\n".join("    " + line for line in source.splitlines())
    found = attack(RIGHT | {"mean": f"def mean(x):\n{body}"})
    assert found == FULL | {"mean-test": 0}, attack.last.result.cells


def test_loops_in_every_cell_end_at_the_limit_of_the_submission(
    mini: Assignment, fork_server: ForkServer, nothing_left: None
) -> None:
    limits = Limits(cell_seconds=2, total_seconds=3, call_seconds=1)
    jailer = Jailer(fork_server, ["numpy"], limits)
    book = json.loads(mini.released)
    for cell in book["cells"]:
        if cell["id"] in RIGHT:
            cell["source"] = "while True: pass"
    found = grade(mini, Submission("e", "mini", json.dumps(book).encode()), jailer, 5)
    jailer.close()
    assert found.result.score == 0
    assert found.result.seconds < 30
    tests = [c for c in found.result.cells if c.grade_id != ESSAY]
    assert {c.status for c in tests} <= {"timeout", "crashed"}


# --- cells that look -----------------------------------------------------------------

SPY = """
import gc, glob, sys

def everything():
    for place in ('/home', '/tmp', '/work', '/root', '/srv', '/var'):
        for path in glob.glob(place + '/**/*.ipynb', recursive=True):
            yield open(path).read()
    for path in glob.glob('/proc/[0-9]*/*'):
        try:
            yield open(path, 'rb').read(99_999).decode('latin-1')
        except OSError:
            pass
    for frame in sys._current_frames().values():
        while frame:
            yield repr(frame.f_code.co_consts)
            frame = frame.f_back
    for kept in gc.get_objects():
        if type(kept) in (dict, list, tuple):
            for value in kept.values() if type(kept) is dict else kept:
                if type(value) in (str, bytes):
                    yield str(value)

def spied():
    # Written backwards, or they would be found themselves.
    marks = 'delbuod era srebmun', 'ereh toor on', 'elbuod fed'
    return {m for text in everything() for m in marks if m in text[::-1].lower()}

print('SPIED', sorted(mark[::-1] for mark in spied()))
"""


def test_reading_the_tests_finds_none(attack: Any, patient: Jailer) -> None:
    attack(RIGHT | {"root": SPY}, SPY, patient)
    # That it finds the answers shows that it looks where a test would lie.
    assert "SPIED []" in attack.last.notebook
    assert "SPIED ['def double']" in attack.last.notebook


TELL = "raise AssertionError(f'it was called with {x}')"


def test_only_arguments_that_students_have_can_be_said(attack: Any) -> None:
    """At a visible test, before any hidden line has run."""
    also = (
        "def double(x):\n    print(x)\n    raise type(f'It_was_{x}', (Exception,), {})"
    )
    attack({"mean": f"def mean(x):\n    {TELL}", "double": also})
    said = re.findall(r"it was called with (.*?)\"", messages_of(attack))
    assert said == ["[1, 3]"]


@pytest.mark.parametrize(
    "mean",
    [
        # At the visible test, but hidden tests have called `double` before.
        f"def mean(x):\n    {TELL}",
        # At its own hidden test.
        f"def mean(x):\n    if list(x) == [1, 3]:\n        return 2.0\n    {TELL}",
    ],
)
def test_once_a_hidden_test_has_run_no_argument_can_be_said(
    attack: Any, mean: str
) -> None:
    points = attack({"double": "def double(x):\n    return 2 * x", "mean": mean})
    assert points["double-test"] > 0
    assert "it was called with" not in messages_of(attack)


def messages_of(attack: Any) -> str:
    return json.dumps([check.message for check in attack.last.result.cells])


def test_a_model_of_the_test_by_its_visible_part_earns_only_that(attack: Any) -> None:
    lookup = "def double(x):\n    return {1: 2}.get(x, 0)"
    assert attack({"double": lookup}) == NOTHING
