"""Wrong answers that tests must catch: those kept beside the tests, and generated ones.

Kept ones lie in ``tests/mutants/NOTEBOOK/GRADE_ID/NAME.py``, each the whole text of
an answer cell. One whose first line is ``# subtle`` passes the visible tests and is
caught by a hidden one only. Generated ones that are right answers too are listed in
``tests/mutants/equivalent.toml``, each with the reason; so are open exercises, of whose
solution no mutants are made, as other designs are as right as ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal, TypeVar

from grader.authoring.verify import mutation
from grader.errors import CourseError
from grader.grading.trials import Exercise
from grader.notebooks.cells import NotebookNode, grade_id_of, is_answer

FOLDER = Path("tests/mutants")
EQUIVALENT = "equivalent.toml"
SUBTLE = "# subtle"
Origin = Literal["kept", "stub", "generated"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong answer.

    Attributes
    ----------
    grade_id : str
        Of the answer cell.
    name : str
        Of its file, or what was changed.
    source : str
        Text for the answer cell.
    origin : str
        ``kept`` beside the tests, the student copy's ``stub``, or ``generated``.
    subtle : bool
        It must pass the visible tests.
    before, after : str
        Of a generated one, the changed lines as they were and as they are.
    """

    grade_id: str
    name: str
    source: str
    origin: Origin
    subtle: bool = False
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A generated mutant that is a right answer too.

    ``before`` and ``after`` are the changed lines, without indentation.
    """

    notebook: str
    grade_id: str
    before: str
    after: str
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        """Say whether `mutant`, of the same notebook, is meant."""
        key = (self.grade_id, self.before, self.after)
        return key == (mutant.grade_id, mutant.before, mutant.after)


@dataclass(frozen=True, slots=True)
class OpenExercise:
    """An exercise with as many right answers as there are designs."""

    notebook: str
    grade_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What ``equivalent.toml`` says: of all notebooks, or of one."""

    equivalent: tuple[Equivalent, ...] = ()
    open: tuple[OpenExercise, ...] = ()

    def of(self, name: str) -> Listed:
        """Return what is said of the notebook `name`."""
        return Listed(
            tuple(e for e in self.equivalent if e.notebook == name),
            tuple(e for e in self.open if e.notebook == name),
        )


def kept(folder: Path, exercises: Iterable[Exercise]) -> tuple[list[Mutant], list[str]]:
    """Read the wrong answers of one notebook.

    Returns
    -------
    mutants : list of Mutant
        In the order of the notebook, then by name.
    faults : list of str
        Folders that belong to no exercise: what lies there would never be tried.
    """
    names = [exercise.grade_id for exercise in exercises]
    found = [
        Mutant(name, path.stem, source, "kept", _is_subtle(source))
        for name in names
        for path in sorted((folder / name).glob("*.py"))
        for source in [path.read_text(encoding="utf-8")]
    ]
    folders = sorted(folder.iterdir()) if folder.is_dir() else []
    faults = [
        f"{place} belongs to no exercise: there is no tested answer {place.name!r}"
        for place in folders
        if place.name not in names
    ]
    return found, faults


def _is_subtle(source: str) -> bool:
    return source.lstrip().split("\n", 1)[0].rstrip() == SUBTLE


def stubs(copy: NotebookNode, exercises: Iterable[Exercise]) -> Iterator[Mutant]:
    """Yield the student copy's own text of each answer: it must earn nothing."""
    texts = {grade_id_of(c): c.source for c in copy.cells}
    for exercise in exercises:
        if exercise.grade_id in texts:
            text = texts[exercise.grade_id]
            yield Mutant(exercise.grade_id, "left blank", text, "stub")


def generated(
    cells: Iterable[NotebookNode], exercises: Iterable[Exercise]
) -> Iterator[Mutant]:
    """Yield small changes of each solution, always in the same order."""
    texts = {grade_id_of(c): c.source for c in cells if is_answer(c)}
    for exercise in exercises:
        solution = texts[exercise.grade_id]
        for source in mutation.mutants(solution):
            before, after = changed_lines(solution, source)
            name = f"{before} → {after}"
            yield Mutant(
                exercise.grade_id, name, source, "generated", False, before, after
            )


def changed_lines(old: str, new: str) -> tuple[str, str]:
    r"""Return the lines that differ, as they were and as they are, not indented.

    Examples
    --------
    >>> changed_lines("a\n  b\nc", "a\n  d\nc")
    ('b', 'd')
    """
    lines, others = old.split("\n"), new.split("\n")
    before: list[str] = []
    after: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, lines, others, False).get_opcodes():
        if tag != "equal":
            before += lines[a:b]
            after += others[c:d]
    return _joined(before), _joined(after)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


Entry = TypeVar("Entry", Equivalent, OpenExercise)


def listed(folder: Path) -> Listed:
    """Read which mutants are right answers too, and which exercises are open.

    Raises
    ------
    CourseError
        If the file is not TOML, or an entry lacks something or has too much.
    """
    path = folder / EQUIVALENT
    if not path.is_file():
        return Listed()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: not TOML: {error}") from None
    tables = content.pop("equivalent", []), content.pop("open", [])
    if content or not all(isinstance(table, list) for table in tables):
        raise CourseError(f"{path}: it may hold [[equivalent]] and [[open]] only")
    equivalent, open_ones = tables
    return Listed(
        tuple(_entry(Equivalent, entry, path) for entry in equivalent),
        tuple(_entry(OpenExercise, entry, path) for entry in open_ones),
    )


def _entry(kind: type[Entry], entry: Any, path: Path) -> Entry:
    legal = [field.name for field in fields(kind)]
    if not isinstance(entry, dict) or set(entry) != set(legal):
        raise CourseError(
            f"{path}: an entry has {entry!r}; each must have {', '.join(legal)}"
        )
    texts = {key: str(value).strip() for key, value in entry.items()}
    if not texts["reason"]:
        raise CourseError(f"{path}: no reason is given in {entry!r}")
    return kind(**texts)


__all__ = [
    "FOLDER",
    "Equivalent",
    "Listed",
    "Mutant",
    "OpenExercise",
    "changed_lines",
    "generated",
    "kept",
    "listed",
    "stubs",
]
