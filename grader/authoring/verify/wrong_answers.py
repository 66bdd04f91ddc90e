"""Wrong answers written by hand, which the tests must catch.

They lie in ``solutions/wrong_answers/NOTEBOOK/EXERCISE.py`` (in a course made for
nbgrader: ``wrong_answers/NOTEBOOK/EXERCISE.py``), where EXERCISE is the grade_id of
the answer cell. Each is a cell that begins with a line ``# %% NAME``, as editors such
as VS Code and jupytext know it, and is the whole text for the answer cell::

    # %% forgets_the_stride
    def output_size(n, k, s):
        return n - k + 1

    # %% rounds_up [subtle]
    def output_size(n, k, s):
        return -((k - n) // s) + 1

One that is marked ``[subtle]`` passes the visible tests; only a hidden test catches it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.verify import equivalent
from grader.course import release
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
        The text for the answer cell. It ends with a line break.
    subtle : bool
        It must pass the visible tests.
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
        Of the file.
    path
        Of the file, for messages.

    Raises
    ------
    CourseError
        If there is text before the first cell, a cell is empty, or its name is
        missing, unusable or given twice. It says the line and what is legal.

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
                f"{where}: the name {name!r} is taken by the cell in line "
                f"{first_lines[name]}; each name may be given once in a file"
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
                f"{path}, line {number}: {line.strip()!r} stands before the first "
                f"cell; each wrong answer begins with a line of its own: {_LEGAL}"
            )


def _title(line: str, where: str) -> tuple[str, bool]:
    """Return the name in a cell's first line, and whether it is marked subtle."""
    title = line.partition("%%")[2]
    found = _TITLE.fullmatch(title.strip())
    name, tag = (found["name"], found["tag"]) if found else (title.strip(), None)
    if not name:
        raise CourseError(f"{where}: {line!r} names no wrong answer; {_LEGAL}")
    if not title[0].isspace() or not _NAME.fullmatch(name):
        raise CourseError(
            f"{where}: {title.rstrip()!r} is no usable name; {_LEGAL}, NAME in letters "
            "from A to Z, digits, _ and - (- not as the first)"
        )
    if tag not in (None, SUBTLE):
        raise CourseError(f"{where}: the mark [{tag}] is unknown; {_LEGAL}")
    return name, tag is not None


def _without_blank_ends(lines: Sequence[str]) -> str:
    full = [at for at, line in enumerate(lines) if line.strip()]
    return "\n".join([*lines[full[0] : full[-1] + 1], ""]) if full else ""


def folder_of(course: Course) -> Path:
    """Return where the wrong answers of `course` lie.

    Beside the sources; nbgrader would take a folder in ``source/`` for an assignment,
    so that there they lie beside ``source/`` itself.
    """
    if course.layout == "solutions":
        return course.root / release.SOURCES / FOLDER
    return course.root / FOLDER


def read(folder: Path, exercises: Sequence[str]) -> dict[str, list[WrongAnswer]]:
    """Read the wrong answers of one notebook.

    Parameters
    ----------
    folder
        Of the notebook.
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
    """Yield what lies in the folder of a notebook and belongs to no exercise of it."""
    legal = {f"{name}.py" for name in exercises}
    for path in _listing(folder):
        if path.name not in legal or not path.is_file():
            yield path


def check_places(course: Course) -> None:
    """Refuse a course whose wrong answers lie where nobody would read them.

    Raises
    ------
    CourseError
        If there are some in the folder that earlier versions read, or if something in
        their folder belongs to no notebook of the course.
    """
    old, folder = course.root / OLD_FOLDER, folder_of(course)
    if any(old.glob("*/*/*.py")) or (old / equivalent.FILE).is_file():
        raise CourseError(
            f"{old}: wrong answers lie in {folder / PATTERN} now, each as a cell that "
            f"begins with '# %% NAME'; move them there and delete {OLD_FOLDER}"
        )
    names = course.assignment_names()
    for path in _listing(folder):
        if path.name not in (*names, equivalent.FILE):
            raise CourseError(
                f"{path}: there is no notebook {path.name!r}; wrong answers lie in "
                f"{folder / PATTERN}, and notebooks are {', '.join(names)}"
            )


def _listing(folder: Path) -> list[Path]:
    """Return what lies in `folder`, without what editors and Python leave there."""
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
