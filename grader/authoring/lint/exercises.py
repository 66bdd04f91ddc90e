"""Rules on exercises: their prompts, answers and tests. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from grader.authoring.lint import prose
from grader.authoring.lint.finding import NumberedCell, Page, Remark, Rule
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import Cell
from grader.records import points_text

_PROMPT = re.compile(r"(Exercise|Question) (\d+) · .+ \((\d+(?:\.\d+)?) points?\)")
_CODE = re.compile(r"`([A-Za-z_]\w*)")


class Prompt(NamedTuple):
    """The heading of an exercise or a question.

    Attributes
    ----------
    number : int
        Number of its cell in the notebook.
    kind : str
        ``Exercise`` or ``Question``.
    ordinal : int
        Which exercise or question it is, from 1.
    """

    number: int
    kind: str
    ordinal: int


def prompts(page: Page) -> Iterator[Prompt]:
    """Yield the heading of each exercise and question."""
    for heading in page.headings():
        if prompt := _PROMPT.fullmatch(heading.text):
            yield Prompt(heading.number, prompt[1], int(prompt[2]))


def exercises(page: Page) -> Iterator[Remark]:
    """Number prompts in turn; let them name what to write and the test's points."""
    counted = {"Exercise": 0, "Question": 0}
    for number, kind, ordinal in prompts(page):
        counted[kind] += 1
        if ordinal != counted[kind]:
            what = f"{kind} {ordinal} comes where {kind} {counted[kind]} should"
            yield Remark(number, what, "number them in turn")
    for title, cells in _by_exercise(page):
        yield from _exercise(title, cells)


def _by_exercise(page: Page) -> Iterator[tuple[str, list[NumberedCell]]]:
    """Yield each heading in a locked cell, with the cells up to the next heading."""
    heading = ""
    titles = []
    for cell in page.cells:
        markdown = cell.cell_type == "markdown"
        headings = prose.headings(cell.source) if markdown else []
        if headings:
            heading = headings[-1][1] if cell.locked else ""
        titles.append(heading)
    numbered = map(NumberedCell._make, enumerate(page.cells, start=1))
    pairs = zip(titles, numbered, strict=True)
    for title, group in groupby(pairs, key=lambda pair: pair[0]):
        yield title, [cell for _, cell in group]


def _exercise(title: str, cells: Sequence[NumberedCell]) -> Iterator[Remark]:
    first, prompt = cells[0]
    tests = [cell for _, cell in cells if cell.is_test]
    answers = [cell for _, cell in cells if cell.is_answer]
    if not tests and not answers:
        return
    named = _PROMPT.fullmatch(title)
    if named is None:
        what = f"the prompt {title!r} names no points"
        yield Remark(first, what, "title it '### Exercise N · Name (P points)'")
        return
    points = sum(cell.points for cell in tests)
    if float(named[3]) != points:
        given = points_text(points)
        what = f"the prompt says {named[3]} points, its tests give {given}"
        yield Remark(first, what, "make them equal")
    names = bound_names(cell.source for cell in answers if cell.is_code)
    if names and not names & set(_CODE.findall(prompt.source)):
        what = f"the prompt names none of {', '.join(sorted(names))}"
        yield Remark(first, what, "name in `backticks` what is to be written")


def tests(page: Page) -> Iterator[Remark]:
    """Put each test right after its answer, by the same name."""
    above = [None, *page.cells]
    below = [*page.cells[1:], None]
    for number, cell in page.of_type("code"):
        if cell.is_test:
            yield from _test(number, cell, above[number - 1])
        elif cell.kind == "answer":
            yield from _answer(number, below[number - 1])


def _test(number: int, test: Cell, above: Cell | None) -> Iterator[Remark]:
    answer = above if above is not None and above.is_answer else None
    if answer is None or test.grade_id != f"{answer.grade_id}-test":
        what = f"the test {test.grade_id!r} does not follow its answer"
        mend = "put it below answer NAME, with grade_id NAME-test"
        yield Remark(number, what, mend)


def _answer(number: int, below: Cell | None) -> Iterator[Remark]:
    if below is None or not below.is_test:
        yield Remark(number, "an answer without a test below it", "add its test")


RULES: dict[str, Rule] = {"exercises": exercises, "tests": tests}

__all__ = ["RULES", "Prompt", "prompts"]
