"""Rules on a notebook's structure, from title to summary, and on its length. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from statistics import median

from grader.authoring.lint import prose
from grader.authoring.lint.exercises import prompts
from grader.authoring.lint.finding import Page, Remark, Rule
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import Cell

OBJECTIVES = range(3, 6)
WORDS = range(500, 1501)
COLUMNS = 80
MEDIAN_LINES, P90_LINES = 6, 15
_SUMMARY = "In this notebook you"
_NAMED = re.compile(r"\b(Exercise|Question)s?\s+(\d+(?:(?:,| and| to|[–-]|\s)+\d+)*)")
_INSTALLS = re.compile(r"\b(pip3?|conda|mamba|uv)\b.*\binstall\b")


# From title to summary --------------------------------------------------------
def title(page: Page) -> Iterator[Remark]:
    """Begin with one title; no heading below it skips a level."""
    if [level for level, _ in prose.headings(page.opening)][:1] != [1]:
        yield Remark(1, "the first cell does not begin with a title", "write '# Title'")
    depth = 0
    for number, level, text in page.headings():
        if level == 1 and depth:
            yield Remark(number, f"a second title, {text!r}", "make it a section: ##")
        elif level > depth + 1:
            what = f"{text!r} jumps from level {depth} to level {level}"
            yield Remark(number, what, f"write it with {'#' * (depth + 1)}")
        depth = level


def objectives(page: Page) -> Iterator[Remark]:
    """List three to five objectives, each with an exercise or question that exists."""
    listed = prose.items(page.opening) if "able to" in page.opening else []
    if len(listed) not in OBJECTIVES:
        what = f"{len(listed)} objectives, not {OBJECTIVES[0]} to {OBJECTIVES[-1]}"
        yield Remark(1, what, "list them after 'You will be able to'")
    existing = {(prompt.kind, prompt.ordinal) for prompt in prompts(page)}
    for text in listed:
        references = list(_references(text))
        if not references:
            what = f"the objective {text!r} names no exercise"
            yield Remark(1, what, "end it with, say, (Exercise 1)")
        for kind, ordinal in references:
            if (kind, ordinal) not in existing:
                what = f"an objective names {kind} {ordinal}, which is missing"
                yield Remark(1, what, "correct its number")


def _references(text: str) -> Iterator[tuple[str, int]]:
    """Yield the exercises and questions that a text names."""
    for kind, numbers in _NAMED.findall(text):
        yield from ((kind, int(number)) for number in re.findall(r"\d+", numbers))


def times(page: Page) -> Iterator[Remark]:
    """Give a time for each numbered section."""
    rows = prose.table(page.opening, "Minutes")
    timed = [next(iter(row.values())) for row in rows]
    titles = [heading.text for heading in page.headings() if heading.level == 2]
    sections = [title for title in titles if title[:1].isdigit()]
    bad = [row["Minutes"] for row in rows if not row.get("Minutes", "").isdigit()]
    if not sections:
        yield Remark(None, "no numbered section", "number the sections: ## 1 Name")
    if timed != sections or bad:
        what = f"the table of times lists {timed}, the sections are {sections}"
        yield Remark(
            1, what, "give each section a row, and its minutes in column 'Minutes'"
        )


def setup(page: Page) -> Iterator[Remark]:
    """Begin the code with a setup cell that imports the package and says what runs."""
    code = list(page.of_type("code"))
    number, first = code[0] if code else (None, None)
    source = first.source if first is not None else ""
    lines, package = page.address.import_lines, page.address.package
    wanted = (f"import {package}", "print(") if package else ("print(",)
    missing = [word for word in wanted if word not in source]
    if missing:
        what = f"the first code cell lacks {', '.join(map(repr, missing))}"
        yield Remark(number, what, "set up first: the package, imports, what runs here")
    elif lines not in source:
        what = f"the setup cell does not import {package} as pyproject.toml asks for"
        yield Remark(number, what, "run grader release --address")
    for place, cell in code:
        if _INSTALLS.search(cell.source.replace(lines, "")):
            what = "installs something other than the course's package"
            yield Remark(place, what, "let notebooks install nothing else")


def parameters(page: Page) -> Iterator[Remark]:
    """Tag one cell parameters, after the setup; profiles set only what is in it."""
    code = list(page.of_type("code"))
    tagged = [number for number, cell in code if "parameters" in cell.tags]
    if len(tagged) != 1:
        what = f"{len(tagged)} cells are tagged 'parameters'"
        yield Remark(None, what, "tag one: papermill puts its values after it")
    elif tagged[0] != code[min(1, len(code) - 1)][0]:
        yield Remark(
            tagged[0], "the parameters do not follow the setup", "move them there"
        )
    profiles = page.settings.get("profiles", {})
    legal = bound_names(cell.source for _, cell in code if "parameters" in cell.tags)
    for profile in ("smoke", "full"):
        if profile not in profiles:
            where = f"metadata.grader.profiles.{profile}"
            yield Remark(None, f"no profile {profile!r}", f"set {where}")
    for profile, values in profiles.items():
        for name in sorted(set(values) - legal):
            what = f"profile {profile!r} sets {name}, which is not a parameter"
            mend = f"parameters are {', '.join(sorted(legal)) or 'none'}"
            yield Remark(None, what, mend)


def summary(page: Page) -> Iterator[Remark]:
    """End with what the reader did, and one link to what comes next."""
    number = len(page.cells)
    last = page.cells[-1] if number else None
    text = last.source if last is not None and last.cell_type == "markdown" else ""
    if not any(t.startswith(_SUMMARY) for _, t in prose.headings(text)):
        yield Remark(
            number or None, f"no '{_SUMMARY}…' at the end", "sum up in the last cell"
        )
    elif len(prose.items(text)) < 1 or len(prose.links(text)) != 1:
        what = f"the summary has {len(prose.links(text))} links"
        yield Remark(number, what, "list what was done, then link to one next notebook")


# Length -----------------------------------------------------------------------
def code_length(page: Page) -> Iterator[Remark]:
    """Keep code cells short, both as students get them and as they are solved."""
    solved = [cell for cell in page.cells if not cell.is_test]
    for what, cells in (("student copy", page.copy), ("solution", solved)):
        lengths = sorted(len(lines(cell.source)) for cell in cells if cell.is_code)
        if not lengths:
            continue
        middle, long = median(lengths), lengths[math.ceil(0.9 * len(lengths)) - 1]
        if middle > MEDIAN_LINES or long > P90_LINES:
            lengths_text = (
                f"code cells of the {what}: median {middle:g} lines, p90 {long}"
            )
            budget = f"{MEDIAN_LINES} and {P90_LINES}"
            yield Remark(
                None, lengths_text, f"split cells until they are at most {budget}"
            )


def lines(source: str) -> list[str]:
    """Return a cell's lines of code, without blank lines and comments."""
    stripped = (line.strip() for line in source.split("\n"))
    return [line for line in stripped if line and not line.startswith("#")]


def columns(page: Page) -> Iterator[Remark]:
    """Keep lines of code as narrow as a small window."""
    for number, cell in page.of_type("code"):
        widths = [len(line) for line in cell.source.split("\n")]
        if max(widths) > COLUMNS:
            line = widths.index(max(widths)) + 1
            what = f"line {line} has {max(widths)} columns"
            yield Remark(number, what, f"break it: at most {COLUMNS}")


def word_count(page: Page) -> Iterator[Remark]:
    """Keep the prose short enough to be read in one sitting."""
    count = sum(_words(cell for _, cell in page.of_type("markdown")))
    if count not in WORDS:
        what = f"{count} words of prose, not {WORDS[0]} to {WORDS[-1]}"
        yield Remark(None, what, "tables, formulas and code do not count")


def _words(cells: Iterable[Cell]) -> Iterator[int]:
    return (prose.words(cell.source) for cell in cells)


RULES: dict[str, Rule] = {
    "title": title,
    "objectives": objectives,
    "times": times,
    "setup": setup,
    "parameters": parameters,
    "summary": summary,
    "code-length": code_length,
    "columns": columns,
    "words": word_count,
}

__all__ = ["RULES", "lines"]
