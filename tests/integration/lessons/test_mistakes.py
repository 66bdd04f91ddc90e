"""What a student reads on screen at the typical mistakes, lesson by lesson.

``mistakes/LESSON/EXERCISE.py`` holds them, in the form of ``solutions/wrong_answers``.
The first line of each says what the visible test must answer, ``# says: TEXT``, or
why it lets the mistake pass, ``# passes: REASON``. Where a listed wrong answer is the
same, the second line names it, ``# wrong answer: NAME``, in place of the code.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from grader.authoring.verify import wrong_answers
from grader.authoring.verify.wrong_answers import WrongAnswer
from tests.support.visible import LESSONS, Seen, try_answers, wrong_answers_of

MISTAKES = Path(__file__).parent / "mistakes"

# A mistake may make NumPy or Keras warn, which a notebook survives.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore"),
]


def mistakes_of(lesson: str) -> dict[str, list[WrongAnswer]]:
    return {
        path.stem: wrong_answers.parse(path.read_text("utf-8"), str(path))
        for path in sorted((MISTAKES / lesson).glob("*.py"))
    }


@pytest.fixture(autouse=True)
def words_for_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no figure, and leave the environment to other tests as it was."""
    monkeypatch.setenv("CNNLAB_FIGURES", "text")


# Together they take minutes, as the lab trains networks.
EACH = [
    pytest.param(lesson, marks=[pytest.mark.nightly] if lesson >= "04" else [])
    for lesson in LESSONS
]


@functools.cache
def seen_in(lesson: str) -> dict[tuple[str, str], Seen]:
    """Return what is read at each listed wrong answer and each mistake."""
    mistakes, listed = mistakes_of(lesson), wrong_answers_of(lesson)
    unknown = set(mistakes) - set(listed)
    assert not unknown, f"no exercise of {lesson}: {unknown}"
    both = {
        name: [
            *listed[name],
            *(
                WrongAnswer(f"mistake/{mistake.name}", mistake.source)
                for mistake in mistakes.get(name, [])
                if not same_as(mistake)
            ),
        ]
        for name in listed
    }
    return {(seen.exercise, seen.name): seen for seen in try_answers(lesson, both)}


def same_as(mistake: WrongAnswer) -> str:
    """Return the name of the listed wrong answer that it stands for, or an empty text."""
    named = re.fullmatch(r"# .*\n# wrong answer: (\w+)\n", mistake.source)
    return named[1] if named else ""


def expected(mistake: WrongAnswer) -> tuple[str, str]:
    """Return the keyword and the text of a mistake's first line."""
    first = mistake.source.split("\n")[0]
    keyword, _, text = first.removeprefix("# ").partition(": ")
    assert keyword in ("says", "passes"), f"{mistake.name}: {first}"
    assert text, f"{mistake.name}: {first}"
    return keyword, text


@pytest.mark.parametrize("lesson", EACH)
def test_each_mistake_is_led_well(lesson: str) -> None:
    seen = seen_in(lesson)
    wrong = []
    for exercise, mistakes in mistakes_of(lesson).items():
        for mistake in mistakes:
            keyword, text = expected(mistake)
            name = same_as(mistake) or f"mistake/{mistake.name}"
            message = seen[exercise, name].message
            right = message is None if keyword == "passes" else text in (message or "")
            if not right:
                wrong.append(f"{exercise}/{mistake.name}: {message!r}, not {text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lesson", EACH)
def test_most_listed_wrong_answers_fail_on_screen(lesson: str) -> None:
    seen = seen_in(lesson).values()
    listed = [item for item in seen if not item.name.startswith("mistake/")]
    passing = {f"{item.exercise}/{item.name}" for item in listed if not item.message}
    marked = {f"{item.exercise}/{item.name}" for item in listed if item.subtle}
    # Only what is marked as subtle passes, and it must not be more than 30 %.
    assert passing - marked == set()
    assert marked - passing == set()
    assert len(passing) <= 0.3 * len(listed)


def test_the_mistakes_that_students_made_are_all_here() -> None:
    count = sum(
        len(each) for lesson in LESSONS for each in mistakes_of(lesson).values()
    )
    assert count >= 62
