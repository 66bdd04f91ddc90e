"""One submission, end to end: what it earns, what is said, and what stays unsaid."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.course import Course
from grader.errors import CourseError, JailError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.grading import student_kernel
from grader.grading.calibrate import calibrate
from grader.grading.calibration import Calibration
from grader.grading.grade import grade, ungraded
from grader.notebooks.cells import parse_notebook, tasks_of
from grader.records import Assignment, Flag, Graded, Result, Submission
from tests.support.paths import MINI

FULL = {"double-test": 2, "mean-test": 2, "shift-test": 3, "root-test": 1}
RIGHT = {
    "double": "def double(x):\n    return x + x",
    "mean": "def mean(x):\n    return sum(x) / len(x)",
    "shift": "def shift(x, by):\n    x[:] = x + by",
    "root": "def root(x):\n    if x < 0: raise ValueError\n    return x ** 0.5",
}
WRONG = {
    "double": "def double(x):\n    return 2",
    "mean": "def mean(x):\n    return 2.0",
    "shift": "def shift(x, by):\n    return x",
    "root": "def root(x):\n    return 2.0",
}


def texts(result: Result) -> list[str]:
    return [flag.text for flag in result.flags]


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return Course.open(MINI).assignment("mini")


@pytest.fixture(scope="module")
def quick(fork_server: ForkServer) -> Iterator[Jailer]:
    limits = Limits(cell_seconds=2, total_seconds=40, call_seconds=1, memory_mb=512)
    opened = Jailer(fork_server, ["numpy"], limits)
    yield opened
    opened.close()


Hand = Callable[..., Graded]


@pytest.fixture
def hand(mini: Assignment, quick: Jailer, nothing_left: None) -> Hand:
    """Grade the released copy with these answers put in, and these extra cells."""

    def graded(
        answers: dict[str, str], first: str = "", seed: int = 5, **cells: str
    ) -> Graded:
        book = json.loads(mini.released)
        if first:
            cells["setup"] = first
        for after, source in cells.items():
            extra: dict[str, Any] = {
                "cell_type": "code",
                "id": f"x-{after}",
                "metadata": {},
            }
            extra |= {"source": source, "outputs": [], "execution_count": None}
            at = next(i for i, c in enumerate(book["cells"]) if c["id"] == after)
            book["cells"].insert(at + 1, extra)
        for cell in book["cells"]:
            cell["source"] = answers.get(cell["id"], cell["source"])
        return grade(mini, submission(json.dumps(book)), quick, seed)

    return graded


def submission(content: str | bytes) -> Submission:
    data = content if isinstance(content, bytes) else content.encode()
    return Submission("ada", "mini", data)


def points(graded: Graded) -> dict[str, float]:
    cells = graded.result.cells
    return {c.grade_id: c.points for c in cells if c.grade_id != "essay"}


def of(graded: Graded, grade_id: str) -> Any:
    return next(c for c in graded.result.cells if c.grade_id == grade_id)


# --- honest submissions -------------------------------------------------------------


def test_the_solution_has_full_marks(
    mini: Assignment, quick: Jailer, nothing_left: None
) -> None:
    graded = grade(mini, submission(mini.source), quick, 5)
    assert points(graded) == FULL
    assert graded.result.score == 8
    assert graded.result.max_score == 10
    assert (graded.result.repairs, graded.result.flags) == ((), ())
    assert {c.trust for c in graded.result.cells} == {"examiner", "none"}


def test_answers_written_otherwise_have_full_marks(hand: Hand) -> None:
    assert points(hand(RIGHT)) == FULL


def test_a_blank_submission_earns_nothing_and_is_told_so(hand: Hand) -> None:
    graded = hand({})
    assert graded.result.score == 0
    assert {c.message for c in graded.result.cells if c.status == "missing"} == {
        "not answered yet"
    }


def test_wrong_answers_earn_nothing_but_their_parts(hand: Hand) -> None:
    graded = hand(WRONG)
    assert points(graded) == dict.fromkeys(FULL, 0)
    assert of(graded, "double-test").message == "other numbers are doubled too"
    assert of(graded, "mean-test").message == "a hidden test failed"


RAISING = "def {name}(x):\n    raise ValueError('of ' + str(x) + ':\\nmore')"


def test_the_text_of_an_error_at_a_visible_test(hand: Hand) -> None:
    names = ("double", "mean")
    graded = hand({name: RAISING.format(name=name) for name in names})
    assert of(graded, "double-test").message == (
        'at the visible test `assert double(1) == 2, "double(1) is 2"` '
        "your code raised ValueError: of 1:"
    )
    # The hidden lines of the test above have not run.
    assert "raised ValueError: of [" in of(graded, "mean-test").message


def test_no_text_of_an_error_once_a_hidden_test_has_run(hand: Hand) -> None:
    keeping = "kept = []\n\ndef double(x):\n    kept.append(x)\n    return 2 * x"
    telling = "def mean(x):\n    raise ValueError(kept)"
    message = of(hand({"double": keeping, "mean": telling}), "mean-test").message
    read_it = "run your notebook from the top to read its message"
    assert message.endswith(f"your code raised ValueError; {read_it}")


def test_half_right_is_half_the_points(hand: Hand) -> None:
    graded = hand({"double": RIGHT["double"], "root": RIGHT["root"]})
    assert points(graded) == FULL | {"mean-test": 0, "shift-test": 0}


def test_a_part_of_an_answer_earns_a_part(hand: Hand) -> None:
    once = "done = []\ndef shift(x, by):\n    if not done: x += by\n    done.append(1)"
    graded = hand(RIGHT | {"shift": once})
    assert (of(graded, "shift-test").points, of(graded, "shift-test").status) == (
        1.5,
        "partial",
    )


def test_an_answer_that_raises_is_told_what_it_raised(hand: Hand) -> None:
    graded = hand(RIGHT | {"double": "1 / 0"})
    assert points(graded) == FULL | {"double-test": 0}
    assert of(graded, "double-test").status == "error"
    assert "ZeroDivisionError: division by zero" in of(graded, "double-test").message


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("1 / 0", "ZeroDivisionError"),
        (
            "class heard_3(Exception): pass\nraise heard_3()",
            "an error that your code defines",
        ),
    ],
)
def test_once_a_test_has_called_it_only_the_kind_of_its_errors_is_told(
    hand: Hand, raised: str, told: str
) -> None:
    # Its text could hold what a hidden test has called an earlier answer with.
    check = of(hand(RIGHT | {"mean": raised}), "mean-test")
    assert check.status == "error"
    assert told in check.message
    assert "division" not in check.message
    assert "heard" not in check.message


def test_a_written_answer_left_blank_needs_nobody(hand: Hand) -> None:
    # As in nbgrader: only what says something waits for a person.
    blank = of(hand(RIGHT), "essay")
    assert (blank.status, blank.message) == ("missing", "not answered yet")
    assert of(hand(RIGHT | {"essay": "Because."}), "essay").status == "manual"


def test_extra_cells_run_where_they_stand(hand: Hand) -> None:
    graded = hand(RIGHT | {"double": "double = made"}, first="made = lambda x: 2 * x")
    assert points(graded) == FULL


def test_warnings_are_no_failures(hand: Hand) -> None:
    noisy = (
        "import sys, warnings\nwarnings.warn('careful')\nprint('!', file=sys.stderr)"
    )
    assert points(hand(RIGHT, first=noisy)) == FULL


def test_a_cell_that_changes_a_later_answer_has_changed_it(hand: Hand) -> None:
    graded = hand(RIGHT, between="double = None")
    assert points(graded) == FULL
    graded = hand(RIGHT | {"root": RIGHT["root"] + "\nroot = None"})
    assert of(graded, "root-test").points == 0


def test_outputs_go_into_the_notebook(hand: Hand) -> None:
    book = json.loads(hand(RIGHT, first="print('seen')").notebook)
    texts = json.dumps(book)
    assert "seen" in texts
    assert "between" in texts
    assert "passed: 2 of 2" in texts


def test_the_same_seed_gives_the_same_result(hand: Hand) -> None:
    ones = [dataclasses.replace(hand(WRONG).result, seconds=0) for _ in range(2)]
    first, second = (
        [dataclasses.replace(c, seconds=0) for c in one.cells] for one in ones
    )
    assert first == second


# --- submissions that are not what they should be -------------------------------------


@pytest.mark.parametrize("content", [b"", b"not json", b"{}", b"\xff\xfe", b"[1, 2]"])
def test_what_cannot_be_read_has_a_result_with_the_reason(
    mini: Assignment, quick: Jailer, content: bytes
) -> None:
    result = grade(mini, submission(content), quick, 5).result
    assert result.score == 0
    assert [c.grade_id for c in result.cells] == [*FULL, "essay"]
    assert {c.status for c in result.cells} == {"missing"}
    assert all(c.message.startswith("not readable") for c in result.cells)


def test_a_missing_answer_is_missing_and_the_others_count(
    mini: Assignment, quick: Jailer
) -> None:
    book = json.loads(mini.source)
    book["cells"] = [c for c in book["cells"] if c["id"] not in ("mean", "mean-test")]
    graded = grade(mini, submission(json.dumps(book)), quick, 5)
    assert points(graded) == FULL | {"mean-test": 0}
    assert of(graded, "mean-test").status == "missing"
    assert graded.result.repairs


def test_repairs_and_tests_of_their_own_count_for_nothing(
    mini: Assignment, quick: Jailer
) -> None:
    book = json.loads(mini.released)
    for cell in book["cells"]:
        if cell["id"].endswith("-test"):
            cell["source"] = "3"
            cell["metadata"]["nbgrader"]["points"] = 100
    result = grade(mini, submission(json.dumps(book)), quick, 5).result
    assert (result.score, result.max_score) == (0, 10)
    assert result.repairs


def test_a_reason_can_be_given_without_running_anything(mini: Assignment) -> None:
    result = ungraded(
        mini, submission(b""), 5, Flag("unreadable", "the archive is damaged")
    ).result
    assert texts(result) == ["the archive is damaged"]
    assert result.max_score == 10


# --- our own failures ----------------------------------------------------------------


def test_a_jail_that_fails_once_costs_a_cell_and_is_flagged(
    mini: Assignment, quick: Jailer, nothing_left: None, monkeypatch: Any
) -> None:
    starts = iter([JailError("no room"), JailError("no room")])

    def start(jailer: Jailer) -> Kernel:
        for error in starts:
            raise error
        return Kernel(jailer)

    monkeypatch.setattr(student_kernel, "Kernel", start)
    result = grade(mini, submission(mini.source), quick, 5).result
    assert Flag.grader_fault("no room") in result.flags
    assert result.score >= 4


def test_without_any_jail_the_grader_is_to_blame_for_every_cell(
    mini: Assignment, quick: Jailer, nothing_left: None, monkeypatch: Any
) -> None:
    def start(jailer: Jailer) -> Kernel:
        raise JailError("no room")

    monkeypatch.setattr(student_kernel, "Kernel", start)
    result = grade(mini, submission(mini.source), quick, 5).result
    assert result.score == 0
    assert result.flags == (Flag.grader_fault("no room"),)
    tests = [c for c in result.cells if c.grade_id != "essay"]
    assert {(c.status, c.grade_id in FULL) for c in tests} == {("crashed", True)}
    assert all("not you" in c.message for c in tests)


# --- calibration -------------------------------------------------------------------


def with_test(mini: Assignment, source: str, **others: str) -> Assignment:
    book = json.loads(mini.source)
    wanted = {"mean-test": source} | {f"{name}-test": t for name, t in others.items()}
    for cell in book["cells"]:
        cell["source"] = wanted.get(cell["id"], cell["source"])
    text = json.dumps(book)
    return dataclasses.replace(mini, source=text, tasks=tasks_of(parse_notebook(text)))


def test_our_solution_needs_no_test_beside_student_code(
    mini: Assignment, quick: Jailer, nothing_left: None
) -> None:
    assert calibrate(mini, quick, 5) == Calibration()


def test_a_test_that_needs_the_kernel_runs_there_with_less_trust(
    mini: Assignment, quick: Jailer, nothing_left: None
) -> None:
    needy = with_test(mini, "%who\nassert get_ipython()\n2 * mean([1])")
    found = calibrate(needy, quick, 5)
    assert found.trusts == {"mean-test": "in-kernel"}
    for source, earned in ((needy.source, 2), (needy.released, 0)):
        graded = grade(needy, submission(source), quick, 5, found)
        check = of(graded, "mean-test")
        assert (check.points, check.trust) == (earned, "in-kernel")
        assert of(graded, "double-test").trust == "examiner"


@pytest.mark.parametrize(
    ("source", "in_kernel"),
    [
        # The examiner keeps names from one test to the next, as a kernel does.
        ("assert twice(2) == 4", set()),
        # A kernel of its own has run the first one, too.
        ("%who\nassert twice(2) == 4", {"mean-test"}),
    ],
)
def test_a_test_may_use_what_an_earlier_one_defines(
    mini: Assignment, quick: Jailer, source: str, in_kernel: set[str]
) -> None:
    twice = "def twice(x): return 2 * x\nassert double(1) == twice(1)"
    found = calibrate(with_test(mini, source, double=twice), quick, 5)
    assert found.elsewhere == in_kernel


def test_a_test_that_was_late_once_keeps_its_trust(
    mini: Assignment, quick: Jailer, tmp_path: Path, nothing_left: None
) -> None:
    mark = tmp_path / "late"
    late = f"import pathlib\nmark = pathlib.Path({str(mark)!r})\n"
    late += "if not mark.exists():\n    mark.touch()\n    while True: pass"
    assert calibrate(with_test(mini, late), quick, 5) == Calibration()
    assert mark.exists()


@pytest.mark.parametrize("points", [2.0, 0.0])
def test_a_test_that_the_solution_fails_is_named(
    mini: Assignment, quick: Jailer, nothing_left: None, points: float
) -> None:
    failing = with_test(mini, "assert 1 == 2, [1]")
    tasks = (
        dataclasses.replace(task, points=points if task.kind == "test" else 0.0)
        for task in failing.tasks
    )
    failing = dataclasses.replace(failing, tasks=tuple(tasks))
    found = calibrate(failing, quick, 5)
    assert found.elsewhere == {"mean-test"}
    assert [test.check.grade_id for test in found.failed] == ["mean-test"]
    assert [test.reason for test in found.failed] == ["AssertionError: [1]"]
    with pytest.raises(CourseError, match=r"mini: .*\n  mean-test: failed: Assertion"):
        found.require_sound("mini")
