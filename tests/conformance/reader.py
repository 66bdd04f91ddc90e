"""Read the styles: each is one way to test, and belongs to a kind.

A kind is a file in ``kinds``, or a folder of files there. A file begins with comments
that say what it is about. Then its styles follow::

    # %% style rows_multiplied
    # A change of one row of a grid must not show in the others.
    # alone: it changes the working directory
    # %% given
    import numpy as np
    # %% solution
    …
    # %% right: by append
    …
    # %% wrong: one row many times
    …
    # %% test
    …

The parts make the cells of a notebook, in this order:

- ``given``: a cell of the instructor that is not graded; there may be several
- ``solution``, ``right: NAME``, ``wrong: NAME``: what the answer cell may contain
- ``test``: the cell that is graded, as an instructor would write it

The description of a style may have these settings:

- ``points: 3``: the points of the test, 1 by default
- ``needs: pandas``: packages without which the style is left out
- ``alone: WHY``: a notebook without other styles, because an answer would disturb them
- ``sample: yes``: ``make test`` grades this style, too
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import Counter
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
    """One possible content of the answer cell; `label` is unique in its style."""

    label: str
    role: Role
    source: str


@dataclass(frozen=True)
class GivenCell:
    """A cell that the instructor wrote; `graded` is true for the test only."""

    source: str
    graded: bool = False
    before_answer: bool = False


@dataclass(frozen=True)
class Style:
    """One way to test, with answers; `cells` are those of the instructor, in order."""

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
        """Return whether the packages that the style needs are installed."""
        return all(importlib.util.find_spec(name) for name in self.needs)


class StyleError(ValueError):
    """A style is not written as this module describes."""


def kinds(folder: Path = KINDS) -> tuple[str, ...]:
    """Return the names of all kinds, sorted."""
    files = folder.glob("*.py")
    folders = (path.parent for path in folder.glob("*/*.py"))
    return tuple(sorted({path.stem for path in (*files, *folders)}))


def styles(names: Collection[str] = (), folder: Path = KINDS) -> list[Style]:
    """Return the styles of these kinds, or of all.

    Parameters
    ----------
    names
        The kinds; all if empty.
    folder
        The folder with the kinds.
    """
    wanted = [kind for kind in kinds(folder) if not names or kind in names]
    found = [
        style
        for kind in wanted
        for path in sorted([*folder.glob(f"{kind}.py"), *folder.glob(f"{kind}/*.py")])
        for style in read(path, kind)
    ]
    counts = Counter(style.name for style in found)
    if twice := sorted(name for name, count in counts.items() if count > 1):
        raise StyleError(f"more than one style is called {', '.join(twice)}")
    return found


def read(path: Path, kind: str) -> list[Style]:
    """Return the styles in a file of this kind, in their order."""
    _, *parts = _PART.split(path.read_text("utf-8"))
    texts = [part.strip("\n") for part in parts[1::2]]
    pairs = list(zip((part.strip() for part in parts[::2]), texts, strict=True))
    starts = [n for n, (title, _) in enumerate(pairs) if title.startswith("style ")]
    if not starts or starts[0] != 0:
        raise StyleError(f"{path}: its first part must be `# %% style NAME`")
    ends = [*starts[1:], len(pairs)]
    return [
        _style(path, kind, pairs[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _style(path: Path, kind: str, parts: list[tuple[str, str]]) -> Style:
    (title, header), *rest = parts
    name = title.removeprefix("style ")
    settings = dict(_SETTING.findall(header))
    if unknown := settings.keys() - set(SETTINGS):
        raise StyleError(
            f"{path}: style {name}: no settings are called {sorted(unknown)}; "
            f"legal are {', '.join(SETTINGS)}"
        )
    style = Style(
        kind=kind,
        name=name,
        about=" ".join(re.findall(r"^# (?![a-z]+: )(.+)$", header, re.MULTILINE)),
        points=float(settings.get("points", "1")),
        needs=tuple(settings.get("needs", "").split()),
        alone=settings.get("alone", ""),
        sample="sample" in settings,
        cells=tuple(_cells(rest)),
        answers=tuple(_answers(rest)),
        digest=_digest(settings.get("points", "1"), rest),
    )
    _check(path, style, [title for title, _ in rest])
    return style


def _digest(points: str, parts: list[tuple[str, str]]) -> str:
    """Return a digest of everything that can change nbgrader's points."""
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
