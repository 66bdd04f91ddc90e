"""Questions that can be answered on the page. Pure.

The page's replies come from the tests of a question. When the site is made, the tests
run once for each letter. The letter that passes is right; for each other letter, the
message of the failed test is the reply. The tests themselves are on no page.

The page holds the replies in a scrambled form: each is combined with a stream of
numbers that depends on its letter, and all are equally long. So neither the page's
source nor the search shows which letter is right. This hides the answer, but does not
protect it: four clicks show all four replies.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.notebooks.markers import regions
from website.cells import grade_id, source

RIGHT = "Right."
_NAME = re.compile(r"q\d+")
_OPTION = re.compile(r"^- \*\*([A-Z])\*\* ", re.MULTILINE)
# "Write the letter into `answer_q1`, such as "A"." is for the notebook.
_WHERE = re.compile(r"^[^\n]*`answer_q\d+`[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The replies to the letters of a question.

    Attributes
    ----------
    name : str
        The question's grade_id, such as ``"q1"``.
    right : str
        The right letter.
    replies : mapping of str to str
        The reply to each letter.
    """

    name: str
    right: str
    replies: Mapping[str, str]


def quizzes(cells: list[dict[str, Any]]) -> dict[str, Quiz]:
    """Return the questions of a source notebook, by grade_id."""
    sources = {grade_id(cell): source(cell) for cell in cells}
    return {
        name: _quiz(name, sources[f"{name}-prompt"], sources[f"{name}-test"])
        for name in sources
        if _NAME.fullmatch(name)
    }


def _quiz(name: str, prompt: str, test: str) -> Quiz:
    letters = _OPTION.findall(prompt)
    hidden = [r for r in regions(test) if r.kind == "HIDDEN TESTS"]
    code = "\n".join(line for region in hidden for line in region.lines)
    replies = {letter: _reply(code, name, letter) for letter in letters}
    right = [letter for letter, reply in replies.items() if reply == RIGHT]
    if len(right) != 1:
        raise ValueError(
            f"question {name}: its hidden tests accept {right or 'no letter'} of "
            f"{letters}; they must accept exactly one"
        )
    return Quiz(name, right[0], replies)


def _reply(code: str, name: str, letter: str) -> str:
    """Run the course's own test of a question on one letter; return the reply."""
    try:
        exec(code, {f"answer_{name}": letter})  # noqa: S102 - the course's own code
    except AssertionError as wrong:
        return str(wrong)
    return RIGHT


def without_where(prompt: str) -> str:
    """Return a question without the line that says where its letter goes."""
    return _WHERE.sub("", prompt).strip()


def hidden(quiz: Quiz, lesson: str) -> dict[str, str]:
    """Return the replies in the scrambled form that the page holds.

    Parameters
    ----------
    quiz
        The question.
    lesson
        The lesson's name: equal replies look different in each question.

    Returns
    -------
    dict
        By letter, a string for the function ``reply`` in ``static/site.js``.
    """
    plain = {
        letter: f"{int(letter == quiz.right)}{reply}".encode()
        for letter, reply in quiz.replies.items()
    }
    length = max(map(len, plain.values()))
    mixed = {
        letter: _mixed(text.ljust(length), f"{lesson} {quiz.name} {letter}")
        for letter, text in plain.items()
    }
    return {letter: base64.b64encode(each).decode() for letter, each in mixed.items()}


def _mixed(text: bytes, start: str) -> bytes:
    masks = _stream(start)
    return bytes(byte ^ next(masks) for byte in text)


def _stream(start: str) -> Iterator[int]:
    """Yield endless bytes; the same as ``stream`` in ``static/site.js``."""
    state = 2166136261
    for byte in start.encode():
        state = ((state ^ byte) * 16777619) & 0xFFFFFFFF
    while True:
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        yield state & 255


__all__ = ["RIGHT", "Quiz", "hidden", "quizzes", "without_where"]
