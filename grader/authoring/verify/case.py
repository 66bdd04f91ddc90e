"""Read what is to be verified of one notebook. Nothing runs here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.authoring.verify import equivalent, mutants, wrong_answers
from grader.authoring.verify.equivalent import Listed
from grader.authoring.verify.mutants import Mutant
from grader.course.course import Course
from grader.grading.trials import Exercise, exercises
from grader.notebooks.cells import Cell, NotebookNode, cells_of, parse_notebook
from grader.notebooks.markers import regions
from grader.records import Assignment


@dataclass(frozen=True, slots=True)
class StudentCopy:
    """What students get: the file on disk, or what a release would write.

    Attributes
    ----------
    path : Path
        Where the file belongs.
    text : str
    notebook : NotebookNode
        If the text is not a notebook, what a release would write.
    cells : tuple of Cell
        The notebook's cells.
    readable : bool
        Whether the text is a notebook.
    """

    path: Path
    text: str
    notebook: NotebookNode
    cells: tuple[Cell, ...]
    readable: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One notebook and what is to be tried of it.

    Attributes
    ----------
    assignment : Assignment
    source : NotebookNode
        The instructor's notebook.
    cells : tuple of Cell
        Its cells.
    complete : bool
        Whether each exercise must have hidden tests and wrong answers, and the copy
        only what a release writes. Not in a course made for nbgrader.
    copy : StudentCopy
    exercises : tuple of Exercise
    hidden : frozenset of str
        The grade_ids of tests with a hidden part.
    folder : Path
        The folder of the wrong answers to this notebook.
    astray : tuple of Path
        What is in this folder and belongs to no exercise.
    mutants : tuple of Mutant
        First those kept, then stubs, then generated ones, each in the notebook's order.
    listed : Listed
        Generated mutants of this notebook that are right after all, and exercises
        without generated mutants.
    generated : bool
        Whether mutants were generated.
    """

    assignment: Assignment
    source: NotebookNode
    cells: tuple[Cell, ...]
    complete: bool
    copy: StudentCopy
    exercises: tuple[Exercise, ...]
    hidden: frozenset[str]
    folder: Path
    astray: tuple[Path, ...]
    mutants: tuple[Mutant, ...]
    listed: Listed
    generated: bool

    def only(self, grade_ids: Collection[str]) -> Case:
        """Return the case of some of its exercises.

        Parameters
        ----------
        grade_ids
            Of their answer cells; others are ignored.
        """
        return replace(
            self,
            exercises=tuple(e for e in self.exercises if e.grade_id in grade_ids),
            astray=(),
            mutants=tuple(m for m in self.mutants if m.grade_id in grade_ids),
            listed=self.listed.of_exercises(grade_ids),
        )


def read(course: Course, name: str, generated: bool) -> Case:
    """Read everything that is to be tried of one notebook.

    Parameters
    ----------
    course
        The course.
    name
        The assignment's name.
    generated
        Also generate wrong answers from the solutions.

    Raises
    ------
    CourseError
        If its source, a file of wrong answers, or the list of equivalent mutants is
        unusable.
    """
    assignment = course.assignment(name, checked=False)
    source = parse_notebook(assignment.source)
    copy = _student_copy(assignment, course.copy_path(name))
    cells = cells_of(source)
    tested = tuple(exercises(cells))
    home = wrong_answers.folder_of(course)
    listed = equivalent.read(home / equivalent.FILE, course.assignment_names())
    folder = home / name
    ids = [exercise.grade_id for exercise in tested]
    kept = mutants.kept(wrong_answers.read(folder, ids))
    closed = _closed(tested, listed.of(name)) if generated else ()
    return Case(
        assignment=assignment,
        source=source,
        cells=cells,
        complete=course.layout == "solutions",
        copy=copy,
        exercises=tested,
        hidden=_with_hidden_part(cells),
        folder=folder,
        astray=tuple(wrong_answers.astray(folder, ids)),
        mutants=(
            *kept,
            *mutants.stubs(copy.cells, tested),
            *mutants.generated(cells, closed),
        ),
        listed=listed.of(name),
        generated=generated,
    )


def _student_copy(assignment: Assignment, path: Path) -> StudentCopy:
    text = path.read_text("utf-8") if path.is_file() else assignment.released
    try:
        notebook, readable = parse_notebook(text, outputs=True), True
        cells = cells_of(notebook)
    except (ValueError, KeyError, TypeError, AttributeError):
        notebook, readable = parse_notebook(assignment.released), False
        cells = cells_of(notebook)
    return StudentCopy(path, text, notebook, cells, readable)


def _closed(tested: Sequence[Exercise], listed: Listed) -> list[Exercise]:
    """Return the exercises whose solutions may be changed."""
    open_ones = {entry.grade_id for entry in listed.open}
    return [exercise for exercise in tested if exercise.grade_id not in open_ones]


def _with_hidden_part(cells: Sequence[Cell]) -> frozenset[str]:
    tests = (cell for cell in cells if cell.is_test)
    return frozenset(test.grade_id for test in tests if regions(test.source))


__all__ = ["Case", "StudentCopy", "read"]
