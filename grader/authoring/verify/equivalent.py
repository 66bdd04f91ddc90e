"""Read the list of generated wrong answers that are right after all.

It is ``equivalent.toml`` in the folder of the wrong answers. ``[[equivalent]]`` names a
generated change that leaves the answer right. ``[[open]]`` names an exercise whose
solution is not changed, because other designs are as right. Each has a reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from grader.errors import CourseError

FILE = "equivalent.toml"


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A generated change of a solution that leaves the answer right.

    ``before`` and ``after`` are the changed lines, without indentation.
    """

    notebook: str
    grade_id: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenExercise:
    """An exercise with many right answers, whose solution is not changed."""

    notebook: str
    grade_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of the list, for all notebooks or for one."""

    equivalent: tuple[Equivalent, ...] = ()
    open: tuple[OpenExercise, ...] = ()

    def of_exercises(self, grade_ids: Collection[str]) -> Listed:
        """Return the entries for some exercises of a notebook."""
        return Listed(
            tuple(e for e in self.equivalent if e.grade_id in grade_ids),
            tuple(e for e in self.open if e.grade_id in grade_ids),
        )

    def of(self, notebook: str) -> Listed:
        """Return the entries for one notebook."""
        return Listed(
            tuple(e for e in self.equivalent if e.notebook == notebook),
            tuple(e for e in self.open if e.notebook == notebook),
        )


def read(path: Path, notebooks: Collection[str]) -> Listed:
    """Read the list; it is empty where there is no file.

    Parameters
    ----------
    path
        The file's path.
    notebooks
        The notebooks that entries may name.

    Raises
    ------
    CourseError
        If the file is not TOML, or an entry lacks something, has too much, or names a
        notebook that does not exist.
    """
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
    listed = Listed(
        tuple(_entry(Equivalent, entry, path) for entry in equivalent),
        tuple(_entry(OpenExercise, entry, path) for entry in open_ones),
    )
    _check_notebooks(listed, path, notebooks)
    return listed


Entry = TypeVar("Entry", Equivalent, OpenExercise)


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


def _check_notebooks(listed: Listed, path: Path, notebooks: Collection[str]) -> None:
    entries: list[Equivalent | OpenExercise] = [*listed.equivalent, *listed.open]
    for entry in entries:
        if entry.notebook not in notebooks:
            raise CourseError(
                f"{path}: there is no notebook {entry.notebook!r}; there are "
                f"{', '.join(notebooks)}"
            )


__all__ = ["FILE", "Equivalent", "Listed", "OpenExercise", "read"]
