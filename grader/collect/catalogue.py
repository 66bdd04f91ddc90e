"""Match a submitted file to a notebook of the course, by name, folder or cells.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from grader.classroom.names import words
from grader.notebooks.file_names import stem_of, without_copy_marks


class NotebookKey(NamedTuple):
    """The names of an assignment and of one of its notebooks."""

    assignment: str
    notebook: str


@dataclass(frozen=True, slots=True)
class NotebookMatch:
    """The notebook of the course that a file is, or why that is not known.

    Attributes
    ----------
    assignment, notebook : str
        The names of both; empty if no notebook matches.
    sure : bool
        False if only the caller's word connects the file with the assignment, and
        neither its name nor its cells do.
    why : str
        Why no notebook matches, or what is doubtful about the match.
    """

    assignment: str = ""
    notebook: str = ""
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The notebooks of a course.

    Attributes
    ----------
    notebooks : mapping
        For each notebook the grade_ids of its cells.
    """

    notebooks: Mapping[NotebookKey, frozenset[str]]

    @property
    def assignments(self) -> frozenset[str]:
        """The names of the assignments."""
        return frozenset(key.assignment for key in self.notebooks)

    @property
    def words(self) -> frozenset[str]:
        """The names of assignments and notebooks, in the form that names compare by."""
        return frozenset(
            " ".join(words(name)) for key in self.notebooks for name in key
        )

    def notebooks_of(self, assignment: str) -> list[NotebookKey]:
        """Return the notebooks of one assignment."""
        return [key for key in self.notebooks if key.assignment == assignment]

    def assignment_called(self, name: str) -> str | None:
        """Return the assignment of this name, or of the same letters; None if none.

        >>> key = NotebookKey("hw1", "hw1")
        >>> Catalogue({key: frozenset()}).assignment_called("HW 1")
        'hw1'
        """
        if name in self.assignments:
            return name
        letters = "".join(words(name))
        called = [a for a in self.assignments if "".join(words(a)) == letters]
        return called[0] if letters and len(called) == 1 else None

    def match_notebook(
        self,
        name: str,
        folders: Iterable[str],
        grade_ids: Callable[[], frozenset[str]],
        assignment: str | None = None,
    ) -> NotebookMatch:
        """Return the notebook of the course that a submitted notebook is.

        Parameters
        ----------
        name
            The name of the file.
        folders
            The names of the folders and archives that contain it, outermost first.
        grade_ids
            Returns the grade_ids in it; called only if names do not decide.
        assignment
            The assignment that the caller gives; None considers all.
        """
        candidates = (
            self.notebooks_of(assignment) if assignment else list(self.notebooks)
        )
        by_name = self._by_name(name, candidates)
        if len(by_name) > 1:
            by_name = self._by_folder(folders, by_name) or by_name
        if len(by_name) == 1:
            return NotebookMatch(*by_name[0])
        by_folder = [] if by_name else self._by_folder(folders, candidates)
        if len(by_folder) == 1:
            return NotebookMatch(*by_folder[0])
        candidates = by_name or by_folder or candidates
        ids = grade_ids()
        return self._match_by_cells(ids, candidates) or self._match_unsure(
            ids, candidates, assignment
        )

    def assignment_of_other_file(
        self, name: str, folders: Iterable[str], assignment: str | None = None
    ) -> str:
        """Return the assignment of a file that is not a notebook, "" if not known.

        Parameters
        ----------
        name
            The name of the file.
        folders
            The names of the folders and archives that contain it, outermost first.
        assignment
            The assignment that the caller gives, if any.
        """
        if assignment:
            return assignment
        candidates = list(self.notebooks)
        matching = (
            self._by_name(name, candidates)
            or self._by_folder(folders, candidates)
            or candidates
        )
        names = {key.assignment for key in matching}
        return names.pop() if len(names) == 1 else ""

    def _by_name(self, name: str, candidates: list[NotebookKey]) -> list[NotebookKey]:
        """Return the notebooks that a file's name means.

        The name is compared as it is, then without marks of copies, then in parts.
        """
        stem = name.rpartition(".")[0] or name
        if same := [key for key in candidates if key.notebook == stem]:
            return same
        originals = (without_copy_marks(stem, canvas=c)[0] for c in (False, True))
        for original in (*originals, stem):
            file_words = words(original)
            if same := [key for key in candidates if self._has_name(key, file_words)]:
                return same
        file_words = words(stem_of(name))
        return [key for key in candidates if self._is_part_of(key, file_words)]

    def _has_name(self, key: NotebookKey, file_words: list[str]) -> bool:
        return file_words == words(key.notebook) or (
            file_words == words(key.assignment) and self._is_alone(key)
        )

    def _is_alone(self, key: NotebookKey) -> bool:
        return len(self.notebooks_of(key.assignment)) == 1

    def _is_part_of(self, key: NotebookKey, file_words: list[str]) -> bool:
        names = list(key) if self._is_alone(key) else [key.notebook]
        return any(_begins_or_ends(words(name), file_words) for name in names)

    def _by_folder(
        self, folders: Iterable[str], candidates: list[NotebookKey]
    ) -> list[NotebookKey]:
        """Return the notebooks of the assignment that the nearest folder names."""
        for folder in reversed(list(folders)):
            folder_words = words(stem_of(folder))
            for fits in (list.__eq__, _begins_or_ends):
                if keys := [
                    key
                    for key in candidates
                    if fits(words(key.assignment), folder_words)
                ]:
                    return keys
        return []

    def _match_by_cells(
        self, grade_ids: frozenset[str], candidates: list[NotebookKey]
    ) -> NotebookMatch | None:
        """Return the one notebook that has most of the cells, and at least half."""
        shared = {key: len(grade_ids & self.notebooks[key]) for key in candidates}
        best = max(shared.values(), default=0)
        leaders = [key for key, number in shared.items() if number == best]
        if best == 0 or 2 * best < len(grade_ids) or len(leaders) > 1:
            return None
        return NotebookMatch(*leaders[0])

    def _match_unsure(
        self,
        grade_ids: frozenset[str],
        candidates: list[NotebookKey],
        assignment: str | None,
    ) -> NotebookMatch:
        """Return the only candidate as an unsure match; none if there are several."""
        if assignment is None:
            names = ", ".join(sorted(self.assignments))
            return NotebookMatch(why=f"cannot tell the assignment; there are {names}")
        if len(candidates) > 1:
            names = ", ".join(key.notebook for key in candidates)
            return NotebookMatch(
                why=f"cannot tell the notebook of {assignment}; there are {names}"
            )
        other = self._match_by_cells(grade_ids, list(self.notebooks))
        why = f"its cells are those of {other.assignment}" if other else ""
        return NotebookMatch(*candidates[0], sure=False, why=why)


def _begins_or_ends(name: list[str], file_words: list[str]) -> bool:
    """Tell whether `file_words` begin or end with the words of `name`."""
    count = len(name)
    return bool(name) and name in (file_words[:count], file_words[-count:])


__all__ = ["Catalogue", "NotebookKey", "NotebookMatch"]
