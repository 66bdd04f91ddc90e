"""Read the styles of tests: a file for each kind, a style for each way to test.

A file begins with what the kind is about, and then holds its styles::

    # %% style rows_multiplied
    # Rows that are one and the same list.
    # alone: it changes the working directory
    # %% given
    import numpy as np
    # %% solution
    …
    # %% right: by append
    …
    # %% wrong: rows multiplied
    …
    # %% test
    …

``given`` is a cell of the instructor's, at its place between the others. ``solution``,
``right: …`` and ``wrong: …`` are texts of the one answer cell. ``test`` is the graded
cell, as the instructor wrote it. Settings of a style, in comments like its
description: ``points: 3`` (else 1), ``needs: pandas`` for what must be installed,
``alone: WHY`` where a wrong answer would disturb other styles in the same notebook,
and ``sample: yes`` where the style is one of the few that are graded in each run of
the tests.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

KINDS = Path(__file__).with_name("kinds")
SETTINGS = ("points", "needs", "alone", "sample")
SOLUTION = "solution"

Role = Literal["solution", "right", "wrong"]
_PART = re.compile(r"^# %% (.+)$", re.MULTILINE)
_SETTING = re.compile(r"^# ([a-z]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One text for the answer cell; `label` is unique in its style."""

    label: str
    role: Role
    source: str


@dataclass(frozen=True)
class GivenCell:
    """A cell of the instructor's, graded (the test) or not."""

    source: str
    graded: bool = False
    before_answer: bool = False


@dataclass(frozen=True)
class Style:
    """One way to test, with answers; `cells` are the instructor's, in their order."""

    kind: str
    name: str
    about: str
    points: float
    needs: tuple[str, ...]
    alone: str
    sample: bool
    cells: tuple[GivenCell, ...]
    answers: tuple[Answer, ...]
    digest: str

    @property
    def runnable(self) -> bool:
        """Whether the packages that the style needs are installed."""
        return all(importlib.util.find_spec(name) for name in self.needs)


class StyleError(ValueError):
    """A style is not written as this module describes."""


def kinds(folder: Path = KINDS) -> tuple[str, ...]:
    """Return the names of all kinds, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.py")))


def styles(names: Collection[str] = (), folder: Path = KINDS) -> list[Style]:
    """Return the styles of these kinds, or of all.

    Parameters
    ----------
    names
        Kinds; all if empty.
    folder
        Where their files lie.
    """
    wanted = [kind for kind in kinds(folder) if not names or kind in names]
    found = [style for kind in wanted for style in read(folder / f"{kind}.py")]
    twice = {s.name for s in found if sum(s.name == o.name for o in found) > 1}
    if twice:
        raise StyleError(f"more than one style is called {', '.join(sorted(twice))}")
    return found


def read(path: Path) -> list[Style]:
    """Return the styles of one kind, in the order of its file."""
    _, *parts = _PART.split(path.read_text("utf-8"))
    texts = [part.strip("\n") for part in parts[1::2]]
    pairs = list(zip((part.strip() for part in parts[::2]), texts, strict=True))
    starts = [n for n, (title, _) in enumerate(pairs) if title.startswith("style ")]
    if not starts or starts[0] != 0:
        raise StyleError(f"{path}: its first part must be `# %% style NAME`")
    ends = [*starts[1:], len(pairs)]
    return [
        _style(path, pairs[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _style(path: Path, parts: list[tuple[str, str]]) -> Style:
    (title, header), *rest = parts
    name = title.removeprefix("style ")
    told = dict(_SETTING.findall(header))
    if unknown := told.keys() - set(SETTINGS):
        raise StyleError(
            f"{path}: style {name}: no settings are called {sorted(unknown)}; "
            f"legal are {', '.join(SETTINGS)}"
        )
    style = Style(
        kind=path.stem,
        name=name,
        about=" ".join(re.findall(r"^# (?![a-z]+: )(.+)$", header, re.MULTILINE)),
        points=float(told.get("points", "1")),
        needs=tuple(told.get("needs", "").split()),
        alone=told.get("alone", ""),
        sample="sample" in told,
        cells=tuple(_cells(rest)),
        answers=tuple(_answers(rest)),
        digest=_digest(told.get("points", "1"), rest),
    )
    _check(path, style, [title for title, _ in rest])
    return style


def _digest(points: str, parts: list[tuple[str, str]]) -> str:
    """Return a digest of all that nbgrader's verdict depends on."""
    return hashlib.sha256(repr((points, parts)).encode()).hexdigest()[:12]


def _cells(parts: list[tuple[str, str]]) -> Iterator[GivenCell]:
    answered = False
    for title, text in parts:
        answered |= title == SOLUTION
        if title in ("given", "test"):
            yield GivenCell(text, title == "test", not answered)


def _answers(parts: list[tuple[str, str]]) -> Iterator[Answer]:
    for title, text in parts:
        role = title.partition(":")[0]
        if role in (SOLUTION, "right", "wrong"):
            yield Answer(title, cast(Role, role), text)


def _check(path: Path, style: Style, titles: list[str]) -> None:
    where = f"{path}: style {style.name}"
    roles = [answer.role for answer in style.answers]
    labels = [answer.label for answer in style.answers]
    legal = {"given", "test", *labels}
    if not style.about:
        raise StyleError(f"{where} needs a line that says how it tests")
    if unknown := [title for title in titles if title not in legal]:
        raise StyleError(f"{where}: unknown parts {unknown}")
    if titles.count(SOLUTION) != 1 or titles.count("test") != 1:
        raise StyleError(f"{where} needs exactly one solution and one test")
    if not {"right", "wrong"} <= set(roles) or len(labels) != len(set(labels)):
        raise StyleError(f"{where} needs right and wrong answers, each with its name")


__all__ = [
    "KINDS",
    "SOLUTION",
    "Answer",
    "GivenCell",
    "Style",
    "StyleError",
    "kinds",
    "read",
    "styles",
]
