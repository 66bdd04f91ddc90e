"""What there is to verify of one notebook. Files are read; nothing runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.verify import equivalent, mutants, wrong_answers
from grader.authoring.verify.equivalent import Listed
from grader.authoring.verify.mutants import Mutant
from grader.course.course import Course
from grader.grading.trials import Exercise, exercises
from grader.notebooks.cells import (
    NotebookNode,
    cells_of,
    grade_id_of,
    is_test,
    parse_notebook,
)
from grader.notebooks.markers import regions
from grader.records import Assignment


@dataclass(frozen=True, slots=True)
class StudentCopy:
    """What students get: the file as it lies on disk, else as a release would make it.

    Attributes
    ----------
    path : Path
        Where it belongs.
    text : str
    notebook : NotebookNode
        As a release would make it if the text is not a notebook.
    readable : bool
        The text is a notebook.
    """

    path: Path
    text: str
    notebook: NotebookNode
    readable: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One notebook and what is to be tried of it.

    Attributes
    ----------
    assignment : Assignment
    source : NotebookNode
        The instructor's notebook.
    complete : bool
        Each exercise must have hidden tests and wrong answers, and a copy only what a
        release writes: so in a course of ours, not in one made for nbgrader.
    copy : StudentCopy
    exercises : tuple of Exercise
    hidden : frozenset of str
        Tests with a hidden part.
    folder : Path
        Where the wrong answers to this notebook lie.
    astray : tuple of Path
        What lies there and belongs to no exercise.
    mutants : tuple of Mutant
        In the order of the notebook for each origin: kept, stubs, generated.
    listed : Listed
        Generated mutants of this notebook that are right after all, and exercises of
        which none are made.
    generated : bool
        Whether mutants were generated.
    """

    assignment: Assignment
    source: NotebookNode
    complete: bool
    copy: StudentCopy
    exercises: tuple[Exercise, ...]
    hidden: frozenset[str]
    folder: Path
    astray: tuple[Path, ...]
    mutants: tuple[Mutant, ...]
    listed: Listed
    generated: bool


def read(course: Course, name: str, generated: bool) -> Case:
    """Read all that is known of the assignment `name` without running it.

    Raises
    ------
    CourseError
        If its source, a file of wrong answers, or the list of equivalent mutants is
        unusable.
    """
    assignment = course.assignment(name, checked=False)
    source = parse_notebook(assignment.source)
    copy = _student_copy(assignment, course.copy_path(name))
    known = tuple(exercises(cells_of(source)))
    home = wrong_answers.folder_of(course)
    listed = equivalent.read(home / equivalent.FILE, course.assignment_names())
    folder = home / name
    ids = [exercise.grade_id for exercise in known]
    kept = mutants.kept(wrong_answers.read(folder, ids))
    closed = _closed(known, listed.of(name)) if generated else ()
    return Case(
        assignment=assignment,
        source=source,
        complete=course.layout == "solutions",
        copy=copy,
        exercises=known,
        hidden=_hidden(source),
        folder=folder,
        astray=tuple(wrong_answers.astray(folder, ids)),
        mutants=(
            *kept,
            *mutants.stubs(copy.notebook, known),
            *mutants.generated(source.cells, closed),
        ),
        listed=listed.of(name),
        generated=generated,
    )


def _student_copy(assignment: Assignment, path: Path) -> StudentCopy:
    text = path.read_text("utf-8") if path.is_file() else assignment.released
    found = _readable(text)
    released = parse_notebook(assignment.released) if found is None else found
    return StudentCopy(path, text, released, readable=found is not None)


def _readable(text: str) -> NotebookNode | None:
    try:
        return parse_notebook(text, outputs=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _closed(known: Sequence[Exercise], listed: Listed) -> list[Exercise]:
    """Return the exercises whose solutions may be changed."""
    open_ones = {entry.grade_id for entry in listed.open}
    return [exercise for exercise in known if exercise.grade_id not in open_ones]


def _hidden(source: NotebookNode) -> frozenset[str]:
    return frozenset(
        grade_id_of(cell) or ""
        for cell in source.cells
        if is_test(cell) and regions(cell.source)
    )


__all__ = ["Case", "StudentCopy", "read"]
