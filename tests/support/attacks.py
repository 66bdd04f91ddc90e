"""The hostile submissions: a folder for each class of THREATS, a file for each case.

A case says in comments what it tries and what it must get, and then holds the
cells of the submission::

    # Takes the asserts out of every cell that runs after it.
    # score: 7 = double + shift + table         (or ``at most 7 = …``)
    # %% first
    …
    # %% mean
    …

A cell is named for the question it answers; ``first`` and ``last`` are cells of the
student's own, above and below all others, ``many N`` is N cells, all alike, below
those; ``file NAME`` lies beside the notebook, ``link NAME -> TARGET`` too. Questions
that a case does not answer are answered as in ``honest/half_NOTEBOOK.py``: some
rightly, some wrongly, so that a case can neither win nor lose by accident.
``reaches: MODULE:NAME …`` lists what of the grader's own a case changes or uses in its
kernel; test_hostile.py proves that it is there, for else the case would try nothing.
``assignment: NAME`` chooses the notebook, else ``numbers``; ``sample: yes`` has a case
be among those that are tried wherever time is short.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.paths import HOSTILE

HONEST = "honest"
AT_MOST = "at most "
CLASSES = (
    "strip_tests",
    "patch_what_tests_call",
    "lying_objects",
    "read_the_tests",
    "forge_the_result",
    "write_grades",
    "notice_grading",
    "end_early",
    "never_end",
    "grow",
    "outlive",
    "reach_out",
    "plant",
    "break_out",
)
_PART = re.compile(r"^# %% (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One submission and what it must get.

    ``earns`` holds the questions whose tests pass in full; all others earn nothing.
    With ``at_most`` some of them may be lost, too, because it depends on the moment.
    ``instructor_sees`` (``shown: …``): outputs that only instructors get to see hold
    what tests called the student's functions with.
    """

    group: str
    name: str
    about: str
    assignment: str
    score: float
    at_most: bool
    earns: frozenset[str]
    cells: dict[str, str]
    files: dict[str, str]
    links: dict[str, str]
    many: tuple[tuple[int, str], ...]
    reaches: frozenset[str]
    sample: bool
    instructor_sees: bool

    @property
    def student(self) -> str:
        return f"{self.group}-{self.name}"


def cases(group: str) -> list[Case]:
    """Return the cases of a class, sorted by name."""
    return [read(path) for path in sorted((HOSTILE / group).glob("*.py"))]


def read(path: Path) -> Case:
    header, *parts = _PART.split(path.read_text("utf-8"))
    told = dict(_settings(header))
    score, _, earns = told["score"].removeprefix(AT_MOST).partition("=")
    named = dict(zip(parts[::2], (p.strip("\n") for p in parts[1::2]), strict=True))
    return Case(
        group=path.parent.name,
        name=path.stem,
        about=" ".join(re.findall(r"^# (?![a-z]+: )(.+)$", header, re.MULTILINE)),
        assignment=told.get("assignment", "numbers"),
        score=float(score),
        at_most=told["score"].startswith(AT_MOST),
        earns=frozenset(earns.replace("+", " ").split()),
        cells={n: text for n, text in named.items() if " " not in n},
        files={n[5:]: text for n, text in named.items() if n.startswith("file ")},
        many=tuple((int(n[5:]), t) for n, t in named.items() if n.startswith("many ")),
        reaches=frozenset(told.get("reaches", "").split()),
        sample="sample" in told,
        instructor_sees="shown" in told,
        links=dict(n[5:].split(" -> ") for n in named if n.startswith("link ")),
    )


def _settings(header: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"^# ([a-z]+): (.+)$", header, re.MULTILINE)


def half_right(assignment: str) -> Case:
    return read(HOSTILE / HONEST / f"half_{assignment}.py")


def notebook(case: Case, released: str) -> str:
    """Return the notebook that the student hands in."""
    book = json.loads(released)
    answers = half_right(case.assignment).cells | case.cells
    own = [answers.pop(place, None) for place in ("first", "last")]
    for cell in book["cells"]:
        cell["source"] = answers.pop(cell["id"], cell["source"])
    if answers:
        raise ValueError(f"{case.student}: {case.assignment} does not ask {answers}")
    if own[0] is not None:
        # Below the instructor's imports, so that these replace nothing again.
        book["cells"].insert(2, _own_cell("own-first", own[0]))
    if own[1] is not None:
        book["cells"].append(_own_cell("own-last", own[1]))
    for count, text in case.many:
        book["cells"] += [_own_cell(f"own-{n}", text) for n in range(count)]
    return json.dumps(book)


def _own_cell(identifier: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identifier,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def submit(case: Case, released: str, submitted: Path) -> None:
    """Put the submission into a class's folder ``submitted/``."""
    folder = submitted / case.student / case.assignment
    folder.mkdir(parents=True)
    for name, text in case.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    for name, target in case.links.items():
        (folder / name).symlink_to(target)
    path = folder / f"{case.assignment}.ipynb"
    path.write_text(notebook(case, released), encoding="utf-8")
