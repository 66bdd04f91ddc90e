"""Hostile submissions earn what their honest answers earn, and change nothing else.

They are graded as a class is: each case is one student's submission, among those of
honest students, and `grader grade`'s own workers grade them. See attacks.py.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.batch import run as batch
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.execution.deadline import MAX_FACTOR
from grader.execution.fork_server.client import SERVER
from grader.execution.jail import proc
from grader.execution.jail.enter import TITLE
from grader.execution.jail.factory import open_jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.execution.wiring import start_fork_server
from grader.records import Check, Result
from grader.reports.class_feedback import write_feedback
from tests.support import attacks
from tests.support.attacks import Case
from tests.support.evidence import (
    HIDDEN_NUMBERS,
    MARK,
    came_out,
    contents,
    marks,
    outputs,
    rows,
    secrets_in,
)
from tests.support.paths import HOSTILE, HOSTILE_COURSE
from tests.support.sandbox import SANDBOX
from tests.support.twice_judged import TwiceJudged

pytestmark = [pytest.mark.hostile, pytest.mark.long, pytest.mark.timeout(600)]

SEED = 5
BEYOND_LIMIT = 2.0
# Of a notebook as it ran, with all that its cells have shown.
MOST_BYTES = 30 << 20
# One run grades classes whose limits are alike: starting workers takes seconds.
LOW = {"cell_seconds": 2.5, "call_seconds": 2, "total_seconds": 25, "memory_mb": 256}
ROOMY: dict[str, float] = {"cell_seconds": 8, "call_seconds": 5, "total_seconds": 60}
ENDING = ("end_early", "never_end", "grow")
# With HOSTILE_TRUST=both each test is also judged in a kernel beside the hostile code.
TWICE = os.environ.get("HOSTILE_TRUST") == "both"
COURSE = (TwiceJudged if TWICE else Course).open(HOSTILE_COURSE)
TRUSTS = {"both", "none"} if TWICE else {"examiner", "none"}
CASES = {case.student: case for g in attacks.CLASSES for case in attacks.cases(g)}
STUDENTS = [
    pytest.param(student, marks=[pytest.mark.sample] if case.sample else [])
    for student, case in CASES.items()
]
NEIGHBOURS = [case for case in attacks.cases(attacks.HONEST) if "net" not in case.name]
# How a fork server, a jailed kernel, a jail and what cases start call themselves.
BUILDERS = () if SANDBOX == "confined" else ("bwrap", "read -r _")
SIGNS = (SERVER, " ".join(TITLE), *BUILDERS, "sleep")
# A module that a case names in a string.
NAMED = re.compile(r"""["'](grader(?:\.\w+)+)["']""")
# Prints those of `targets` that are not in the kernel. Imports none of them.
LOOK = """
import operator, sys
def there(target):
    module, _, name = target.partition(":")
    try:
        operator.attrgetter(name)(sys.modules[module])
    except (KeyError, AttributeError):
        return False
    return True
print([target for target in {targets!r} if not there(target)], end="")
"""
ABSENT = ("grader.no_module:x", "grader.execution.inside.calls.serving:no_name")
OUTSIDE = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/usr/lib/python3", "~", ".")


@dataclass(frozen=True)
class Run:
    """What a class looks like after it was graded."""

    limits: Limits
    room: Classroom
    results: dict[str, Result]
    grades: dict[str, list[tuple[Any, ...]]]
    left: frozenset[str]
    changed: frozenset[Path]
    marks: frozenset[Path]

    def shown(self, case: Case) -> str:
        """Return all that is said of a submission: outputs, messages, feedback."""
        told = [self.results[case.student].to_json(), self.page(case)]
        return "\n".join([outputs(self.ran(case)), *told])

    def ran(self, case: Case) -> Path:
        place = self.room.folder("autograded", case.student, case.assignment)
        return place / f"{case.assignment}.ipynb"

    def page(self, case: Case) -> str:
        place = self.room.folder("feedback", case.student, case.assignment)
        return (place / f"{case.assignment}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def graded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Run]:
    """Grade the cases that were chosen of a class, with those of classes like it."""
    chosen = {
        item.callspec.params["student"]
        for item in request.session.items
        if hasattr(item, "callspec") and "student" in item.callspec.params
    }

    @cache
    def run(ending: bool) -> Run:
        cases = [
            CASES[s] for s in sorted(chosen) if (CASES[s].group in ENDING) == ending
        ]
        limits = LOW if ending else ROOMY
        return grade(tmp_path_factory.mktemp("class"), [*cases, *NEIGHBOURS], limits)

    return lambda group: run(group in ENDING)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Grade the honest students without anyone beside them."""
    return grade(tmp_path_factory.mktemp("alone"), NEIGHBOURS, ROOMY)


def grade(folder: Path, cases: Iterable[Case], limits: dict[str, float]) -> Run:
    root = folder / "class"
    (root / "submitted").mkdir(parents=True)
    cases = list(cases)
    for case in cases:
        released = COURSE.assignment(case.assignment).released
        attacks.submit(case, released, root / "submitted")
    before = contents(root / "submitted", HOSTILE_COURSE)
    room = Classroom.open(root)
    if isinstance(COURSE, TwiceJudged):
        COURSE.doubt_all(root, limits)
    options = batch.GradingSettings(
        workers=2, seed=SEED, limits=limits, sandbox=SANDBOX
    )
    results = batch.run(room, plan(COURSE, room), options)
    write_feedback(room, COURSE)
    after = contents(root / "submitted", HOSTILE_COURSE)
    return Run(
        limits=Limits.of(limits),
        room=room,
        results={student: result for (student, _), result in results.items()},
        grades=rows(room.gradebook),
        left=frozenset(left_running()),
        changed=frozenset(dict(before.items() ^ after.items())),
        marks=frozenset(left_marks(root)),
    )


def left_marks(room: Path) -> Iterator[Path]:
    """Yield what hostile code has left where it could come to."""
    yield from marks(*map(Path, map(os.path.expanduser, OUTSIDE)))
    for place in (room, HOSTILE):
        yield from place.rglob(f"*{MARK}*")


def left_running() -> Iterator[str]:
    """Yield the processes of jails, examiners and students that still run."""
    end = time.monotonic() + 5
    while (found := set(strangers())) and time.monotonic() < end:
        time.sleep(0.1)
    yield from found


def strangers() -> Iterator[str]:
    """Yield what runs in this container, but for what other test processes started."""
    running = dict(filter(None, map(_process, Path("/proc").glob("[0-9]*"))))
    others = {
        number
        for number, (parent, command) in running.items()
        if parent == os.getppid() and number != os.getpid() and "python" in command
    }
    for number, (_, command) in running.items():
        ours = any(sign in command for sign in SIGNS)
        if ours and not others & line(number, running):
            yield f"{number} {command}"


def _process(place: Path) -> tuple[int, tuple[int, str]] | None:
    process = int(place.name)
    try:
        command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        ended, parent = proc.state(process) == "Z", proc.parent(process)
    except OSError:
        return None
    return None if ended else (process, (parent, command))


def line(number: int, running: dict[int, tuple[int, str]]) -> set[int]:
    """Return a process and those above it."""
    found: set[int] = set()
    while number and number not in found:
        found.add(number)
        number = running.get(number, (0, ""))[0]
    return found


# --- the corpus itself ----------------------------------------------------------------


def test_every_class_of_the_table_has_three_cases_or_more() -> None:
    folders = {p.name for p in HOSTILE.iterdir() if any(p.glob("*.py"))}
    assert folders - {"__pycache__"} == {attacks.HONEST, *attacks.CLASSES}
    assert {g for g in attacks.CLASSES if len(attacks.cases(g)) < 3} == set()
    sampled = {case.group for case in CASES.values() if case.sample}
    assert sampled == set(attacks.CLASSES)


@pytest.mark.parametrize(
    "case", [*CASES.values(), *NEIGHBOURS], ids=lambda c: c.student
)
def test_the_score_in_a_header_is_the_sum_of_what_it_names(case: Case) -> None:
    points = {
        task.grade_id.removesuffix("-test"): task.points
        for task in COURSE.assignment(case.assignment).tasks
        if task.kind == "test"
    }
    assert case.about
    assert case.score == sum(points[name] for name in case.earns)


def test_a_case_lists_the_modules_of_the_grader_that_it_names() -> None:
    named = {
        (student, module)
        for student, case in CASES.items()
        for text in case.cells.values()
        for module in NAMED.findall(text)
    }
    listed = {
        (student, target.partition(":")[0])
        for student, case in CASES.items()
        for target in case.reaches
    }
    assert len(named) >= 6
    assert named <= listed


@pytest.mark.sample
def test_what_cases_reach_for_is_in_their_kernels() -> None:
    targets = sorted({t for case in CASES.values() for t in case.reaches})
    assert missing([*targets, *ABSENT]) == [*ABSENT]


def missing(targets: list[str]) -> list[str]:
    """Return those of `targets` that are not in a jailed kernel of this course."""
    assignment = COURSE.assignment("numbers")
    with (
        start_fork_server(assignment.imports) as source,
        closing(open_jailer(SANDBOX, source, assignment.imports, Limits())) as jailer,
        Kernel(jailer) as kernel,
    ):
        ran = kernel.run(LOOK.replace("{targets!r}", repr(targets)), 30)
    (shown,) = ran.outputs
    found: list[str] = ast.literal_eval(shown["text"])
    return found


@pytest.mark.sample
def test_what_still_runs_is_seen() -> None:
    assert sorted(strangers()) == []
    with (
        start_fork_server() as source,
        closing(open_jailer(SANDBOX, source, [], Limits())) as jailer,
        Kernel(jailer),
        subprocess.Popen(["sleep", "60"]) as sleeping,
    ):
        # A process that is just being started has no command line for a moment.
        end = time.monotonic() + 5
        while (unseen := unseen_signs(found := set(strangers()))) and (
            time.monotonic() < end
        ):
            time.sleep(0.05)
        sleeping.kill()
    assert unseen == [], sorted(found)
    assert sorted(left_running()) == []


def unseen_signs(found: Iterable[str]) -> list[str]:
    return [sign for sign in SIGNS if not any(sign in each for each in found)]


def test_what_is_hidden_is_seen_where_it_is_shown() -> None:
    assert set(HIDDEN_NUMBERS) < set(secrets_in(COURSE.assignment("numbers").source))
    assert secrets_in("heard [70731337.0]") == {"70731337": "heard [70731337.0]"}
    both = np.array([70731337.0, 70731339.0])
    assert set(secrets_in(str(both))) == {"70731337", "70731339"}
    assert not secrets_in(COURSE.assignment("numbers").released)


# --- what a case gets -----------------------------------------------------------------


@pytest.mark.parametrize("student", STUDENTS)
def test_a_hostile_submission_earns_what_its_honest_answers_earn(
    graded: Callable[[str], Run], student: str
) -> None:
    case = CASES[student]
    run = graded(case.group)
    result = run.results[student]
    earned = {c.grade_id.removesuffix("-test") for c in result.cells if c.points}
    explained = "\n".join(map(str, (*result.cells, *result.flags)))
    # Code that spoils its own kernel may lose there what it earns in the examiner.
    less = case.at_most or TWICE
    assert earned <= case.earns if less else earned == case.earns, explained
    assert all(c.points == c.max_points for c in result.cells if c.points), explained
    assert {c.trust for c in result.cells} <= TRUSTS
    assert not result.grader_failed, explained
    # Neighbours in this and other tests' classes may put its limit off.
    most = run.limits.total_seconds * MAX_FACTOR * (2 if TWICE else 1)
    assert result.seconds < most + BEYOND_LIMIT
    assert run.ran(case).stat().st_size < MOST_BYTES


@pytest.mark.parametrize("student", STUDENTS)
def test_a_hostile_submission_learns_no_test_and_comes_nowhere(
    graded: Callable[[str], Run], student: str
) -> None:
    case = CASES[student]
    run = graded(case.group)
    shown = run.shown(case)
    assert came_out(shown) == [], shown
    assert secrets_in(run.page(case)) == {}
    if not case.instructor_sees:
        assert secrets_in(shown) == {}


@pytest.mark.sample
@pytest.mark.parametrize("group", attacks.CLASSES)
def test_a_class_of_hostile_submissions_changes_nothing_else(
    graded: Callable[[str], Run], alone: Run, group: str
) -> None:
    run = graded(group)
    assert run.left == frozenset()
    assert run.changed == frozenset()
    assert run.marks == frozenset()
    assert names_in(run.room.root) == names_in(alone.room.root)
    for neighbour in NEIGHBOURS:
        found = untimed(run.results[neighbour.student])
        assert found == untimed(alone.results[neighbour.student])
    for student, result in run.results.items():
        assert run.grades[student] == [row(c) for c in in_order(result)]


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def untimed(result: Result) -> Result:
    cells = tuple(replace(check, seconds=0) for check in result.cells)
    return replace(result, seconds=0, cells=cells)


def in_order(result: Result) -> list[Check]:
    return sorted(result.cells, key=lambda check: check.grade_id)


def row(check: Check) -> tuple[Any, ...]:
    """Return what the gradebook must hold of a check; nothing entered by hand."""
    by_machine = None if check.status == "manual" else check.points
    return check.grade_id, by_machine, None, None, check.max_points
