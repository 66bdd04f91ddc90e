"""Find out which notebook of the course a file is: by name, folders, or cells.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from grader.classroom.roster import words
from grader.notebooks.file_names import stem_of, without_copy_marks


class NotebookKey(NamedTuple):
    """An assignment and one of its notebooks, both by name."""

    assignment: str
    notebook: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs, or why that is not known.

    ``sure`` is False where a file is taken for a notebook because the caller named
    the assignment, though neither its name nor its cells say so.
    """

    assignment: str = ""
    notebook: str = ""
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The notebooks of a course, each with the grade_ids of its cells."""

    notebooks: Mapping[NotebookKey, frozenset[str]]

    @property
    def assignments(self) -> frozenset[str]:
        """The names of the assignments."""
        return frozenset(key.assignment for key in self.notebooks)

    @property
    def words(self) -> frozenset[str]:
        """What assignments and notebooks are called, folded, for use in names."""
        return frozenset(
            " ".join(words(name)) for key in self.notebooks for name in key
        )

    def of(self, assignment: str) -> list[NotebookKey]:
        """Return the notebooks of one assignment."""
        return [key for key in self.notebooks if key.assignment == assignment]

    def place(
        self,
        name: str,
        folders: Iterable[str],
        cells: Callable[[], frozenset[str]],
        assignment: str | None = None,
    ) -> Place:
        """Say which notebook of the course a submitted notebook is.

        Parameters
        ----------
        name
            What the file is called.
        folders
            The names of the folders and archives it lay in.
        cells
            Returns the grade_ids in it; asked only where names do not decide.
        assignment
            What the caller says; then only its notebooks come into question.
        """
        pool = self.of(assignment) if assignment else list(self.notebooks)
        named = self._named(name, pool)
        if len(named) > 1:
            named = self._in_folders(folders, named) or named
        if len(named) == 1:
            return Place(*named[0])
        inside = [] if named else self._in_folders(folders, pool)
        if len(inside) == 1:
            return Place(*inside[0])
        pool = named or inside or pool
        return self._by_cells(cells(), pool) or self._unsure(cells, pool, assignment)

    def place_other(
        self, name: str, folders: Iterable[str], assignment: str | None = None
    ) -> str:
        """Return the assignment that a file other than a notebook is for, or "".

        Parameters
        ----------
        name
            What the file is called.
        folders
            The names of the folders and archives it lay in.
        assignment
            What the caller says, if anything.
        """
        if assignment:
            return assignment
        pool = list(self.notebooks)
        found = self._named(name, pool) or self._in_folders(folders, pool) or pool
        names = {key.assignment for key in found}
        return names.pop() if len(names) == 1 else ""

    def _named(self, name: str, pool: list[NotebookKey]) -> list[NotebookKey]:
        """Return the notebooks of that name: as it is, without marks, or as a part."""
        stem = name.rpartition(".")[0] or name
        if found := [key for key in pool if key.notebook == stem]:
            return found
        copied = (without_copy_marks(stem, canvas=each)[0] for each in (False, True))
        for original in (*copied, stem):
            wanted = words(original)
            if found := [key for key in pool if self._called(key, wanted)]:
                return found
        wanted = words(stem_of(name))
        return [key for key in pool if self._within(key, wanted)]

    def _called(self, key: NotebookKey, wanted: list[str]) -> bool:
        return wanted == words(key.notebook) or (
            wanted == words(key.assignment) and self._is_alone(key)
        )

    def _is_alone(self, key: NotebookKey) -> bool:
        return len(self.of(key.assignment)) == 1

    def _within(self, key: NotebookKey, wanted: list[str]) -> bool:
        names = list(key) if self._is_alone(key) else [key.notebook]
        return any(_stands_at_an_end(words(name), wanted) for name in names)

    def _in_folders(
        self, folders: Iterable[str], pool: list[NotebookKey]
    ) -> list[NotebookKey]:
        """Return the notebooks of the assignment that the nearest folder names."""
        for folder in reversed(list(folders)):
            wanted = words(stem_of(folder))
            for fits in (list.__eq__, _stands_at_an_end):
                if found := [
                    key for key in pool if fits(words(key.assignment), wanted)
                ]:
                    return found
        return []

    def _by_cells(self, cells: frozenset[str], pool: list[NotebookKey]) -> Place | None:
        """Return the notebook that shares most cells: at least half of them."""
        shared = {key: len(cells & self.notebooks[key]) for key in pool}
        best = max(shared.values(), default=0)
        leaders = [key for key, number in shared.items() if number == best]
        if best == 0 or 2 * best < len(cells) or len(leaders) > 1:
            return None
        return Place(*leaders[0])

    def _unsure(
        self,
        cells: Callable[[], frozenset[str]],
        pool: list[NotebookKey],
        assignment: str | None,
    ) -> Place:
        if assignment is None:
            return Place(why=f"which assignment? There are {self._listed()}")
        if len(pool) > 1:
            names = ", ".join(key.notebook for key in pool)
            return Place(why=f"which notebook of {assignment}? There are {names}")
        other = self._by_cells(cells(), list(self.notebooks))
        why = f"its cells are those of {other.assignment}" if other else ""
        return Place(*pool[0], sure=False, why=why)

    def _listed(self) -> str:
        return ", ".join(sorted(self.assignments))


def _stands_at_an_end(name: list[str], wanted: list[str]) -> bool:
    count = len(name)
    return bool(name) and name in (wanted[:count], wanted[-count:])


__all__ = ["Catalogue", "NotebookKey", "Place"]
