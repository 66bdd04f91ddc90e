"""Answers tried in one place fare as in a grading of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from grader.authoring.verify import wrong_answers
from grader.course.course import Course
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits
from grader.execution.wiring import REWIND, start_fork_server
from grader.grading.grade import grade
from grader.grading.trials import Candidate, Trial, Trials, exercises
from grader.notebooks.cells import cells_of, grade_id_of, notebook_text, parse_notebook
from grader.records import Assignment, Submission
from tests.support.paths import AREAS, ROOT

WRONG = AREAS / "solutions/wrong_answers/01_areas"
MUTANTS = {
    f"{path.stem}/{answer.name}": answer.source
    for path in WRONG.glob("*.py")
    for answer in wrong_answers.parse(path.read_text(), str(path))
}
SEEDS = (1, 2, 3)
RIGHT = "total = float(np.sum(table))"
LIMITS = Limits(cell_seconds=3, call_seconds=3, total_seconds=600)


@pytest.fixture(scope="module")
def own_jailer() -> Iterator[Jailer]:
    with start_fork_server(["numpy", REWIND]) as fork_server:
        opened = Jailer(fork_server, ["numpy"], LIMITS)
        yield opened
        opened.close()


@pytest.fixture
def assignment(areas: Any) -> Assignment:
    return Course.open(areas.root).assignment(areas.name)


def tried(
    assignment: Assignment, jailer: Jailer, grade_id: str, sources: Sequence[str]
) -> tuple[Trial, ...]:
    with Trials(assignment, jailer, SEEDS) as trials_of:
        found = trials_of.try_answers(grade_id, list(map(Candidate, sources)))
    assert found.solution is not None and found.solution.passed
    return found.trials


def test_exercises_are_answers_with_the_tests_behind_them(
    assignment: Assignment,
) -> None:
    cells = cells_of(parse_notebook(assignment.source))
    assert [(e.grade_id, e.start, e.end, e.tests) for e in exercises(cells)] == [
        ("area", 2, 4, ("area-test",)),
        ("total", 5, 7, ("total-test",)),
    ]
    merged = [*cells[1:3], *cells[5:7], cells[3]]
    assert [(e.grade_id, e.start, e.end) for e in exercises(merged)] == [
        ("area", 1, 5),
        ("total", 2, 5),
    ]


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_trial_agrees_with_a_grading(
    assignment: Assignment, own_jailer: Jailer, name: str
) -> None:
    grade_id = name.split("/")[0]
    (trial,) = tried(assignment, own_jailer, grade_id, [MUTANTS[name]])
    for seed, how in zip(SEEDS, trial.outcomes, strict=True):
        points = graded(assignment, own_jailer, grade_id, MUTANTS[name], seed)
        assert (how == "passed") == (points > 0)


def graded(
    assignment: Assignment, jailer: Jailer, grade_id: str, answer: str, seed: int
) -> float:
    """Return the points of a submission that is the solution but for `answer`."""
    notebook = parse_notebook(assignment.source)
    for cell in notebook.cells:
        if grade_id_of(cell) == grade_id:
            cell.source = answer
    content = notebook_text(notebook).encode()
    submission = Submission("someone", assignment.name, content)
    result = grade(assignment, submission, jailer, seed).result
    return next(c.points for c in result.cells if c.grade_id == f"{grade_id}-test")


@pytest.mark.nightly
def test_trials_of_the_lesson_agree_with_gradings() -> None:
    assignment = Course.open(ROOT).assignment("02_convolutions")
    assignment = replace(assignment, environment={"CNNLAB_FIGURES": "text"})
    path = ROOT / "solutions/wrong_answers/02_convolutions/corr2d.py"
    written = wrong_answers.parse(path.read_text(), str(path))
    answers = [answer.source for answer in written[::5]]
    solution = next(t.source for t in assignment.tasks if t.grade_id == "corr2d")
    answers.append(solution.replace("zeros", "ones"))
    with start_fork_server([*assignment.imports, REWIND]) as fork_server:
        limits = Limits.of(assignment.limits)
        jailer = Jailer(fork_server, assignment.imports, limits, assignment.environment)
        trials = tried(assignment, jailer, "corr2d", answers)
        for answer, trial in zip(answers, trials, strict=True):
            points = graded(assignment, jailer, "corr2d", answer, SEEDS[0])
            assert trial.passed == (points == 4)
        jailer.close()
    assert [trial.passed for trial in trials] == [False] * (len(trials) - 1) + [True]


def test_how_an_answer_is_caught(assignment: Assignment, own_jailer: Jailer) -> None:
    answers = [
        MUTANTS["area/adds"],
        MUTANTS["area/returns_nothing"],
        "def area(width, height=1.0):\n    raise ValueError(width)",
        "1 / 0",
        "def area(width, height=1.0):\n    return width * height",
    ]
    trials = tried(assignment, own_jailer, "area", answers)
    assert [trial.outcomes[0] for trial in trials] == [
        "hidden",
        "visible",
        "visible",
        "visible",
        "passed",
    ]
    assert [trial.raised for trial in trials] == [False, False, False, True, False]
    assert trials[0].message == "width times height"
    assert trials[-1].passed


@pytest.mark.parametrize(
    "spoiler",
    [
        "table[:] = 0",
        "table = table[:1]",
        "del table",
        "left_behind = 1\ntotal = 21.0",
        "np.sum = lambda *_: 1.0",
        "import builtins\nbuiltins.float = str",
    ],
)
def test_one_answer_does_not_spoil_the_next(
    assignment: Assignment, own_jailer: Jailer, spoiler: str
) -> None:
    uses = "left_behind\ntotal = 21.0"
    trials = tried(assignment, own_jailer, "total", [spoiler, uses, RIGHT])
    assert trials[1].raised
    assert trials[2].passed


@pytest.mark.hostile
@pytest.mark.parametrize(
    "spoiler",
    ["while True: pass", "import os\nos._exit(1)", "while True: print('x' * 9999)"],
)
def test_an_answer_that_ends_the_kernel_costs_only_itself(
    assignment: Assignment, own_jailer: Jailer, spoiler: str
) -> None:
    trials = tried(assignment, own_jailer, "total", [RIGHT, spoiler, RIGHT])
    assert [trial.passed for trial in trials] == [True, False, True]


@pytest.mark.hostile
def test_a_call_without_end_costs_only_its_answer(
    assignment: Assignment, own_jailer: Jailer
) -> None:
    endless = "def area(width, height=1.0):\n    while True: pass"
    fine = "def area(width, height=1.0):\n    return width * height"
    trials = tried(assignment, own_jailer, "area", [endless, fine])
    assert trials[0].outcomes == ("lost",)
    assert trials[1].passed


def test_an_answer_that_wavers(areas: Any, own_jailer: Jailer) -> None:
    areas.edit(
        areas.source,
        "area-test",
        ("assert np.isclose", "np.isclose"),
        ("assert area(a) == a,", "assert fresh_rng().integers(2) or area(a) == a,"),
    )
    wrong = "def area(width, height=1.0):\n    return 0"
    assignment = Course.open(areas.root).assignment(areas.name)
    with Trials(assignment, own_jailer, range(1, 12)) as trials_of:
        every, until_caught = trials_of.try_answers(
            "area", [Candidate(wrong), Candidate(wrong, every_seed=False)]
        ).trials
    assert every.wavers
    assert len(every.outcomes) == 11
    assert until_caught.outcomes[-1] == "hidden"
    assert "hidden" not in until_caught.outcomes[:-1]
