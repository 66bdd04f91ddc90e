"""In an nbgrader course, the lower verdict of examiner and kernel counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.records import Result, Trust
from grader.reports.class_feedback import write_feedback
from tests.support.evidence import outputs
from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.long

# Each test asks for something that the examiner cannot see, or can.
SOURCE = """
# %% grid
def grid(n):
    return [[0] * n for _ in range(n)]
# %% grid-test
made = grid(3)
made[0][0] = 1
assert made[1][0] == 0
### BEGIN HIDDEN TESTS
secret = 70731337
made[1][1] = secret
assert made[2][1] == 0, "hidden rows"
### END HIDDEN TESTS
# %% total
def total(numbers):
    return sum(numbers)
# %% total-test
from unittest.mock import patch
with patch("__main__.max") as banned:
    assert total([1, 2]) == 3
    banned.assert_not_called()
# %% shout
def shout(text):
    return text.upper()
# %% shout-test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as printed:
    assert shout("a") == "A"
assert printed.getvalue() == ""
# %% square
def square(x):
    return x * x
# %% square-test
assert square(3) == 9
assert square(max(1, 2)) == 4
"""
EXPECTED: dict[str, Trust] = {
    "grid-test": "both",
    "total-test": "both",
    "shout-test": "both",
    "square-test": "examiner",
}
ALIASED = ("[[0] * n for _ in range(n)]", "[[0] * n] * n")
BANNED = ("return sum(numbers)", "return max(max(numbers), sum(numbers))")
PRINTED = ("return text.upper()", "print(text.upper())\n    return text.upper()")
SHADOWED = ("def square(x):", "max = 0\ndef square(x):")
WARNED = ("return x * x", "import sys; sys.stderr.write('slow'); return x * x")


def grades(folder: Path, *students: tuple[str, tuple[str, str]]) -> dict[str, Result]:
    """Return the results of students, each with one change of the solution."""
    course(folder, hw=SOURCE)
    for name, (old, new) in students:
        assert old in SOURCE
        submit(folder, name, hw=SOURCE.replace(old, new))
    return graded(folder)


def test_the_lower_verdict_counts_whoever_saw_it(tmp_path: Path) -> None:
    results = grades(
        tmp_path,
        ("right", ("3", "3")),
        ("aliased", ALIASED),
        ("banned", BANNED),
        ("printed", PRINTED),
        ("shadowed", SHADOWED),
        ("warned", WARNED),
    )
    assert {c.grade_id: c.trust for c in results["right"].cells} == EXPECTED
    assert results["right"].score == 4
    # Two names for one list, and prints, are seen from outside, too.
    for name, test, is_disputed in (
        ("aliased", "grid-test", False),
        ("banned", "total-test", True),
        ("printed", "shout-test", False),
        ("shadowed", "square-test", True),
    ):
        found = checks(results[name])[test]
        assert (found.points, found.status, found.trust) == (0, "failed", "both"), name
        assert results[name].score == 3, name
        flagged = any(flag.kind == "witness" for flag in results[name].flags)
        assert flagged == is_disputed, name


def test_nothing_of_the_kernel_that_met_hidden_tests_is_shown(tmp_path: Path) -> None:
    old = "return [[0] * n for _ in range(n)]"
    told = """import sys
    print("seen", sys._getframe(1).f_globals.get("secret"), file=open("s", "a"))
    print(open("s").read(), sys._getframe(1).f_code.co_consts)
    sys.stderr.write(str(sys._getframe(1).f_code.co_consts))
    return [[0] * n] * n"""
    results = grades(tmp_path, ("curious", (old, told)))
    assert checks(results["curious"])["grid-test"].points == 0
    room = Classroom.open(tmp_path / "class")
    write_feedback(room, Course.open(tmp_path / "course"))
    root = tmp_path / "class"
    shown = outputs(root / "autograded/curious/hw/hw.ipynb")
    assert "[failed: 0 of 1]" in shown
    page = (root / "feedback/curious/hw/hw.html").read_text()
    for text in (shown, page, results["curious"].to_json()):
        assert "70731337" not in text


@pytest.mark.hostile
def test_a_forged_kernel_gains_nothing(tmp_path: Path) -> None:
    forged = """get_ipython().ast_transformers.append(
    type("T", (), {"visit": lambda s, tree: (setattr(tree, "body", []), tree)[1]})()
)
def square(x):"""
    wrong = SOURCE.replace("return x * x", "return x").replace(
        "return text.upper()", "return text"
    )
    course(tmp_path, hw=SOURCE)
    submit(tmp_path, "forger", hw=wrong.replace("def square(x):", forged))
    found = graded(tmp_path)["forger"]
    assert checks(found)["shout-test"].points == 0
    assert checks(found)["square-test"].points == 0


STUMBLE = """
# %% plain
def plain(n):
    return {"n": n}
# %% plain-test
import pickle
assert pickle.loads(pickle.dumps(plain(2))) == {"n": 2}
"""
OWN = """class Own:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return {"n": self.n} == other
def plain(n):"""


def test_a_test_that_the_examiner_cannot_run_is_judged_by_the_kernel_alone(
    tmp_path: Path,
) -> None:
    source = STUMBLE.replace("import pickle", "%env LESSON=1\nimport pickle")
    course(tmp_path, hw=source)
    submit(tmp_path, "right", hw=source)
    submit(tmp_path, "wrong", hw=source.replace('{"n": n}', '{"m": n}'))
    results = graded(tmp_path)
    for name, points in (("right", 1), ("wrong", 0)):
        assert results[name].score == points
        assert {c.trust for c in results[name].cells} == {"in-kernel"}


def test_where_only_the_examiner_stumbles_a_person_decides(tmp_path: Path) -> None:
    course(tmp_path, hw=STUMBLE)
    own = STUMBLE.replace("def plain(n):", OWN)
    right, wrong = ('{"n": n}', "Own(n)"), ('{"n": n}', "Own(n + 1)")
    submit(tmp_path, "right", hw=own.replace(*right))
    submit(tmp_path, "wrong", hw=own.replace(*wrong))
    results = graded(tmp_path)
    found = checks(results["right"])["plain-test"]
    assert (found.status, found.points, found.trust) == ("manual", 0, "both")
    assert "1 of 1 points are proposed" in found.message
    (flag,) = [flag for flag in results["right"].flags if flag.kind == "witness"]
    assert "1 of 1 points are proposed" in flag.text
    assert checks(results["wrong"])["plain-test"].status != "manual"
