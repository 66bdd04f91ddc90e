"""Rules on how a notebook is built, from title to summary, and its budgets. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from statistics import median

from grader.authoring.lint import prose
from grader.authoring.lint.finding import Page, Remark, Rule, is_parameters
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_answer,
    is_locked,
    is_manual,
    is_test,
    nbgrader_of,
)
from grader.records import points_text

OBJECTIVES = range(3, 6)
WORDS = range(500, 1501)
COLUMNS = 80
MEDIAN_LINES, P90_LINES = 6, 15
_SUMMARY = "In this notebook you"
_PROMPT = re.compile(r"(Exercise|Question) (\d+) · .+ \((\d+(?:\.\d+)?) points?\)")
_NAMED = re.compile(r"\b(Exercise|Question)s?\s+(\d+(?:(?:,| and| to|[–-]|\s)+\d+)*)")
_INSTALLS = re.compile(r"\b(pip3?|conda|mamba|uv)\b.*\binstall\b")
_CODE = re.compile(r"`([A-Za-z_]\w*)")


# From title to summary --------------------------------------------------------
def title(page: Page) -> Iterator[Remark]:
    """Have one H1, in the first cell; below it, no level is left out."""
    if [level for level, _ in prose.headings(page.opening)][:1] != [1]:
        yield 1, "the first cell does not begin with a title", "write '# Title'"
    depth = 0
    for number, level, text in _headings(page):
        if level == 1 and depth:
            yield number, f"a second title, {text!r}", "make it a section: ##"
        elif level > depth + 1:
            what = f"{text!r} jumps from level {depth} to level {level}"
            yield number, what, f"write it with {'#' * (depth + 1)}"
        depth = level


def _headings(page: Page) -> Iterator[tuple[int, int, str]]:
    for number, cell in page.cells("markdown"):
        for level, text in prose.headings(cell.source):
            yield number, level, text


def objectives(page: Page) -> Iterator[Remark]:
    """Three to five objectives, each tied to an exercise or question that exists."""
    found = prose.items(page.opening) if "able to" in page.opening else []
    if len(found) not in OBJECTIVES:
        what = f"{len(found)} objectives, not {OBJECTIVES[0]} to {OBJECTIVES[-1]}"
        yield 1, what, "list them after 'You will be able to'"
    known = {(kind, number) for _, kind, number, _ in _prompts(page)}
    for text in found:
        named = list(_named(text))
        if not named:
            what = f"the objective {text!r} names no exercise"
            yield 1, what, "end it with, say, (Exercise 1)"
        for kind, number in named:
            if (kind, number) not in known:
                yield (
                    1,
                    f"an objective names {kind} {number}, which is missing",
                    ("correct its number"),
                )


def _named(text: str) -> Iterator[tuple[str, int]]:
    for kind, numbers in _NAMED.findall(text):
        yield from ((kind, int(number)) for number in re.findall(r"\d+", numbers))


def _prompts(page: Page) -> Iterator[tuple[int, str, int, float]]:
    """Yield cell, kind, number and points of each exercise and question."""
    for number, _, text in _headings(page):
        found = _PROMPT.fullmatch(text)
        if found:
            yield number, found[1], int(found[2]), float(found[3])


def times(page: Page) -> Iterator[Remark]:
    """Give a time for each numbered section."""
    rows = prose.table(page.opening, "Minutes")
    told = [next(iter(row.values())) for row in rows]
    sections = [t for _, level, t in _headings(page) if level == 2 and t[:1].isdigit()]
    bad = [row["Minutes"] for row in rows if not row.get("Minutes", "").isdigit()]
    if not sections:
        yield None, "no numbered section", "number the sections: ## 1 Name"
    if told != sections or bad:
        what = f"the table of times lists {told}, the sections are {sections}"
        yield 1, what, "give each section a row, and its minutes in column 'Minutes'"


def setup(page: Page) -> Iterator[Remark]:
    """Have one setup cell, first, that gets the package and says what runs."""
    code = list(page.cells("code"))
    number, first = code[0] if code else (None, None)
    source = first.source if first is not None else ""
    getting = page.address.getting
    missing = [word for word in ("import cnnlab", "print(") if word not in source]
    if missing:
        what = f"the first code cell lacks {', '.join(map(repr, missing))}"
        yield number, what, "set up first: the package, imports, what runs here"
    elif getting not in source:
        what = "the setup cell does not get cnnlab as pyproject.toml's address says"
        yield number, what, "run grader release --address"
    for place, cell in code:
        if _INSTALLS.search(cell.source.replace(getting, "")):
            what = "installs something else than the course's package"
            yield place, what, "let notebooks install nothing else"


def parameters(page: Page) -> Iterator[Remark]:
    """Have one cell tagged parameters, after the setup; profiles name what is in it."""
    code = list(page.cells("code"))
    tagged = [number for number, cell in code if is_parameters(cell)]
    if len(tagged) != 1:
        what = f"{len(tagged)} cells are tagged 'parameters'"
        yield None, what, "tag one: papermill puts its values after it"
    elif tagged[0] != code[min(1, len(code) - 1)][0]:
        yield tagged[0], "the parameters do not follow the setup", "move them there"
    settings = page.source.metadata.get("grader", {})
    profiles = settings.get("profiles", {})
    known = bound_names(cell.source for _, cell in code if is_parameters(cell))
    for profile in ("smoke", "full"):
        if profile not in profiles:
            where = f"metadata.grader.profiles.{profile}"
            yield None, f"no profile {profile!r}", f"set {where}"
    for profile, values in profiles.items():
        for name in sorted(set(values) - known):
            what = f"profile {profile!r} sets {name}, which is no parameter"
            yield None, what, f"known are {', '.join(sorted(known)) or 'none'}"


def summary(page: Page) -> Iterator[Remark]:
    """End with what the reader did, and one link on."""
    number = len(page.source.cells)
    last = page.source.cells[-1] if number else None
    text = last.source if last is not None and last.cell_type == "markdown" else ""
    if not any(t.startswith(_SUMMARY) for _, t in prose.headings(text)):
        yield number or None, f"no '{_SUMMARY}…' at the end", "sum up in the last cell"
    elif len(prose.items(text)) < 1 or len(prose.links(text)) != 1:
        what = f"the summary has {len(prose.links(text))} links"
        yield number, what, "list what was done, then give one link on"


# Exercises --------------------------------------------------------------------
def exercises(page: Page) -> Iterator[Remark]:
    """Number prompts in turn; let them name what to write and the test's points."""
    counted = {"Exercise": 0, "Question": 0}
    for number, kind, given, _ in _prompts(page):
        counted[kind] += 1
        if given != counted[kind]:
            what = f"{kind} {given} comes where {kind} {counted[kind]} should"
            yield number, what, "number them in turn"
    for title_, cells in _by_exercise(page):
        yield from _exercise(title_, cells)


def _by_exercise(
    page: Page,
) -> Iterator[tuple[str, list[tuple[int, NotebookNode]]]]:
    """Yield each heading in a locked cell, with the cells up to the next heading."""
    heading = ""
    titled = []
    for number, cell in enumerate(page.source.cells, start=1):
        found = prose.headings(cell.source) if cell.cell_type == "markdown" else []
        if found:
            heading = found[-1][1] if is_locked(cell) else ""
        titled.append((f"{heading}", number, cell))
    for title_, group in groupby(titled, key=lambda each: each[0]):
        yield title_, [(number, cell) for _, number, cell in group]


def _exercise(title_: str, cells: list[tuple[int, NotebookNode]]) -> Iterator[Remark]:
    first, prompt = cells[0]
    tests = [cell for _, cell in cells if is_test(cell)]
    answers = [cell for _, cell in cells if is_answer(cell)]
    if not tests and not answers:
        return
    found = _PROMPT.fullmatch(title_)
    if found is None:
        what = f"the prompt {title_!r} names no points"
        yield first, what, "title it '### Exercise N · Name (P points)'"
        return
    points = sum(nbgrader_of(cell).get("points", 0) for cell in tests)
    if float(found[3]) != points:
        what = (
            f"the prompt says {found[3]} points, its tests give {points_text(points)}"
        )
        yield first, what, "make them equal"
    bound = bound_names(cell.source for cell in answers if cell.cell_type == "code")
    if bound and not bound & set(_CODE.findall(prompt.source)):
        what = f"the prompt names none of {', '.join(sorted(bound))}"
        yield first, what, "name in `backticks` what is to be written"


def tests(page: Page) -> Iterator[Remark]:
    """Put each test right after its answer, by the same name."""
    above = [None, *page.source.cells]
    below = [*page.source.cells[1:], None]
    for number, cell in page.cells("code"):
        if is_test(cell):
            yield from _test(number, cell, above[number - 1])
        elif is_answer(cell) and not is_manual(cell):
            yield from _answer(number, below[number - 1])


def _test(
    number: int, cell: NotebookNode, answer: NotebookNode | None
) -> Iterator[Remark]:
    own = grade_id_of(cell)
    answers = answer is not None and is_answer(answer)
    if answer is None or not answers or own != f"{grade_id_of(answer)}-test":
        what = f"the test {own!r} does not follow its answer"
        yield number, what, "put it below answer NAME, with grade_id NAME-test"


def _answer(number: int, below: NotebookNode | None) -> Iterator[Remark]:
    if below is None or not is_test(below):
        yield number, "an answer without a test below it", "add its test"


# Budgets ----------------------------------------------------------------------
def code_length(page: Page) -> Iterator[Remark]:
    """Keep cells short, both as students get them and as they are solved."""
    solved = [cell for cell in page.source.cells if not is_test(cell)]
    for what, cells in (("student copy", page.copy.cells), ("solution", solved)):
        lengths = sorted(len(lines(c.source)) for c in cells if c.cell_type == "code")
        if not lengths:
            continue
        middle, long = median(lengths), lengths[math.ceil(0.9 * len(lengths)) - 1]
        if middle > MEDIAN_LINES or long > P90_LINES:
            said = f"code cells of the {what}: median {middle:g} lines, p90 {long}"
            budget = f"{MEDIAN_LINES} and {P90_LINES}"
            yield None, said, f"split cells until they are at most {budget}"


def lines(source: str) -> list[str]:
    """Return the lines of code of a cell: blank ones and comments do not count."""
    stripped = (line.strip() for line in source.split("\n"))
    return [line for line in stripped if line and not line.startswith("#")]


def columns(page: Page) -> Iterator[Remark]:
    """No line of code is wider than a narrow window."""
    for number, cell in page.cells("code"):
        widths = [len(line) for line in cell.source.split("\n")]
        if max(widths) > COLUMNS:
            line = widths.index(max(widths)) + 1
            yield (
                number,
                f"line {line} has {max(widths)} columns",
                (f"break it: at most {COLUMNS}"),
            )


def word_count(page: Page) -> Iterator[Remark]:
    """Keep the prose to what is read in one sitting."""
    count = sum(_words(cell for _, cell in page.cells("markdown")))
    if count not in WORDS:
        what = f"{count} words of prose, not {WORDS[0]} to {WORDS[-1]}"
        yield None, what, "tables, formulas and code do not count"


def _words(cells: Iterable[NotebookNode]) -> Iterator[int]:
    return (prose.words(cell.source) for cell in cells)


RULES: dict[str, Rule] = {
    "title": title,
    "objectives": objectives,
    "times": times,
    "setup": setup,
    "parameters": parameters,
    "summary": summary,
    "exercises": exercises,
    "tests": tests,
    "code-length": code_length,
    "columns": columns,
    "words": word_count,
}

__all__ = ["RULES", "lines"]
