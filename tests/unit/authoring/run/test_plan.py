"""Which notebooks are run with which parameters, and which wishes are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from papermill.cli import _resolve_type

from grader.authoring.run import plan
from grader.course.course import Course
from grader.errors import CourseError, UsageError
from tests.support.running import SOLUTIONS, make_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(make_course(tmp_path, "solutions", SOLUTIONS))


def test_an_unknown_parameter_is_refused(course: Course) -> None:
    wish = plan.Wish(["good", "bare"], {"size": "1", "sise": "2"})
    with pytest.raises(UsageError, match="no parameter 'sise'") as refused:
        plan.plan(course, wish)
    assert "good: size, word; bare: none" in str(refused.value)


def test_an_unknown_profile_is_refused(course: Course) -> None:
    with pytest.raises(UsageError, match="no profile 'tiny'; there are") as refused:
        plan.plan(course, plan.Wish(profile="tiny"))
    assert str(refused.value).endswith("smoke, full, big")


def test_a_notebook_without_the_profile_keeps_its_defaults(course: Course) -> None:
    jobs = plan.plan(course, plan.Wish(["good", "bare"], profile="big"))
    assert [job.parameters for job in jobs] == [{"size": 1000}, {}]
    jobs = plan.plan(course, plan.Wish(["good"], {"size": "4"}, "big"))
    assert jobs[0].parameters == {"size": 4}
    assert plan.plan(course, plan.Wish(["good"]))[0].parameters == {}
    full = plan.plan(course, plan.Wish(["bare"], profile="full"))
    assert full[0].parameters == {}


def test_a_profile_of_unknown_parameters_is_refused(course: Course) -> None:
    path = course.source_path("good")
    path.write_text(path.read_text().replace('"size": 2', '"sise": 2'))
    with pytest.raises(CourseError, match=r"profiles\.smoke: sise is in no cell"):
        plan.plan(course, plan.Wish(["good"], profile="smoke"))


def test_a_copy_that_was_not_made_is_refused(course: Course) -> None:
    with pytest.raises(CourseError, match="grader release"):
        plan.plan(course, plan.Wish(["good"], students=True))


def test_the_cpu_runtime_hides_gpus() -> None:
    assert plan.environment("cpu")["CUDA_VISIBLE_DEVICES"] == "-1"
    assert "CUDA_VISIBLE_DEVICES" not in plan.environment(None)


@pytest.mark.parametrize(
    "word", ["True", "true", "None", "7", "-7", "1e3", "nan", "1_000", "", "x y", "[1]"]
)
def test_values_are_typed_as_papermill_types_them(word: str) -> None:
    ours, theirs = plan.typed(word), _resolve_type(word)
    assert (type(ours), repr(ours)) == (type(theirs), repr(theirs))
