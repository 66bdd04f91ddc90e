"""Read the wrong answers written by hand, which the tests must catch.

They are in ``solutions/wrong_answers/NOTEBOOK/EXERCISE.py`` (in a course made for
nbgrader: ``wrong_answers/NOTEBOOK/EXERCISE.py``), where EXERCISE is the grade_id of
the answer cell. Each begins with a line ``# %% NAME``, a notation that editors such as
VS Code and jupytext know, and is the whole text of the answer cell::

    # %% forgets_the_stride
    def output_size(n, k, s):
        return n - k + 1

    # %% rounds_up [subtle]
    def output_size(n, k, s):
        return -((k - n) // s) + 1

One marked ``[subtle]`` must pass the visible tests: only a hidden test catches it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.verify import equivalent
from grader.course import student_copies
from grader.course.course import Course
from grader.errors import CourseError

FOLDER = "wrong_answers"
PATTERN = "NOTEBOOK/EXERCISE.py"
SUBTLE = "subtle"
OLD_FOLDER = Path("tests/mutants")
_HEADER = re.compile(r"#[ \t]*%%")
_TITLE = re.compile(r"(?P<name>[^\[\]]*?)\s*(?:\[(?P<tag>[^\[\]]*)\])?")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_LEGAL = f"write '# %% NAME' or '# %% NAME [{SUBTLE}]'"


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """One cell of a file of wrong answers.

    Attributes
    ----------
    name : str
    source : str
        The text of the answer cell, with a line break at its end.
    subtle : bool
        Whether it must pass the visible tests.
    """

    name: str
    source: str
    subtle: bool = False


def parse(text: str, path: str) -> list[WrongAnswer]:
    r"""Split a file into its wrong answers, in the order of the file.

    Blank lines around an answer do not belong to it.

    Parameters
    ----------
    text
        The file's text.
    path
        The file's path, for messages.

    Raises
    ------
    CourseError
        If there is text before the first cell, a cell is empty, or its name is
        missing, unusable or given twice. The message says the line and what is legal.

    Examples
    --------
    >>> parse("# %% too_large [subtle]\nx = 3\n", "x.py")
    [WrongAnswer(name='too_large', source='x = 3\n', subtle=True)]
    """
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    _refuse_text_before(lines[: starts[0]] if starts else lines, path)
    first_lines: dict[str, int] = {}
    answers = []
    for start, end in itertools.pairwise([*starts, len(lines)]):
        where = f"{path}, line {start + 1}"
        name, subtle = _title(lines[start], where)
        if name in first_lines:
            raise CourseError(
                f"{where}: the name {name!r} is already used by the cell in line "
                f"{first_lines[name]}; a name may be used once in a file"
            )
        first_lines[name] = start + 1
        source = _without_blank_ends(lines[start + 1 : end])
        if not source:
            raise CourseError(
                f"{where}: the cell {name!r} is empty; write the wrong answer below "
                "its first line"
            )
        answers.append(WrongAnswer(name, source, subtle))
    return answers


def _refuse_text_before(lines: Sequence[str], path: str) -> None:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            raise CourseError(
                f"{path}, line {number}: {line.strip()!r} is before the first "
                f"cell; each wrong answer begins with a line of its own: {_LEGAL}"
            )


def _title(line: str, where: str) -> tuple[str, bool]:
    """Return the name in a cell's first line, and whether it is marked subtle."""
    title = line.partition("%%")[2]
    parts = _TITLE.fullmatch(title.strip())
    name, tag = (parts["name"], parts["tag"]) if parts else (title.strip(), None)
    if not name:
        raise CourseError(f"{where}: {line!r} names no wrong answer; {_LEGAL}")
    if not title[0].isspace() or not _NAME.fullmatch(name):
        raise CourseError(
            f"{where}: {title.rstrip()!r} is not a usable name; {_LEGAL}; NAME may "
            "have letters from A to Z, digits, _ and - (- not as the first)"
        )
    if tag not in (None, SUBTLE):
        raise CourseError(f"{where}: the mark [{tag}] is unknown; {_LEGAL}")
    return name, tag is not None


def _without_blank_ends(lines: Sequence[str]) -> str:
    full = [at for at, line in enumerate(lines) if line.strip()]
    return "\n".join([*lines[full[0] : full[-1] + 1], ""]) if full else ""


def folder_of(course: Course) -> Path:
    """Return the folder of a course's wrong answers.

    It is beside the sources. nbgrader would take a folder in ``source/`` for an
    assignment, so that in a course made for it the folder is beside ``source/``.
    """
    if course.layout == "solutions":
        return course.root / student_copies.SOURCES / FOLDER
    return course.root / FOLDER


def read(folder: Path, exercises: Sequence[str]) -> dict[str, list[WrongAnswer]]:
    """Read the wrong answers of one notebook.

    Parameters
    ----------
    folder
        The folder of the notebook's wrong answers.
    exercises
        The grade_ids of its tested answers.

    Returns
    -------
    dict
        For each exercise its wrong answers, in the order of the file.

    Raises
    ------
    CourseError
        If a file cannot be used; see :func:`parse`.
    """
    files = {name: folder / f"{name}.py" for name in exercises}
    return {name: _read_file(p) if p.is_file() else [] for name, p in files.items()}


def _read_file(path: Path) -> list[WrongAnswer]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    return parse(text, str(path))


def astray(folder: Path, exercises: Collection[str]) -> Iterator[Path]:
    """Yield the paths in a folder of wrong answers that belong to no exercise.

    Parameters
    ----------
    folder
        The folder of one notebook.
    exercises
        Names of the notebook's exercises.
    """
    legal = {f"{name}.py" for name in exercises}
    for path in _listing(folder):
        if path.name not in legal or not path.is_file():
            yield path


def check_places(course: Course) -> None:
    """Refuse a course with wrong answers at places that are not read.

    Raises
    ------
    CourseError
        If there are some in the folder that earlier versions read, or if something in
        their folder belongs to no notebook of the course.
    """
    old, folder = course.root / OLD_FOLDER, folder_of(course)
    if any(old.glob("*/*/*.py")) or (old / equivalent.FILE).is_file():
        raise CourseError(
            f"{old}: wrong answers are in {folder / PATTERN} now, each below a line "
            f"'# %% NAME'; move them there and delete {OLD_FOLDER}"
        )
    names = course.assignment_names()
    for path in _listing(folder):
        if path.name not in (*names, equivalent.FILE):
            raise CourseError(
                f"{path}: there is no notebook {path.name!r}; wrong answers are in "
                f"{folder / PATTERN}, and notebooks are {', '.join(names)}"
            )


def _listing(folder: Path) -> list[Path]:
    """Return the paths in a folder, without what editors and Python leave there."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [p for p in paths if not p.name.startswith(".") and p.name != "__pycache__"]


__all__ = [
    "FOLDER",
    "PATTERN",
    "WrongAnswer",
    "astray",
    "check_places",
    "folder_of",
    "parse",
    "read",
]
