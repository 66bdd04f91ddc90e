"""What there is to verify of one notebook, and what its files alone tell.

Nothing runs here: texts are read and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.authoring.verify import mutants, stubs
from grader.authoring.verify.mutants import Equivalent, Listed, Mutant, OpenExercise
from grader.authoring.verify.proof import Shortfall
from grader.course import leaks
from grader.course.course import Course
from grader.errors import CourseError
from grader.grading.trials import Exercise, exercises
from grader.notebooks.cells import NotebookNode, grade_id_of, is_test, parse_notebook
from grader.notebooks.markers import regions
from grader.records import Assignment


@dataclass(frozen=True, slots=True)
class Case:
    """One notebook and what is to be tried of it.

    Attributes
    ----------
    assignment : Assignment
    copy : str
        The student copy as it lies on disk, else as a release would make it.
    exercises : tuple of Exercise
    mutants : tuple of Mutant
        In the order of the notebook for each origin: kept, stubs, generated.
    found : tuple of Shortfall
        What is wrong with the files.
    hidden : frozenset of str
        Tests with a hidden part.
    listed : Listed
        Generated mutants of this notebook that are right answers too; exercises of
        which none are made.
    generated : bool
        Whether mutants were generated.
    """

    assignment: Assignment
    copy: str
    exercises: tuple[Exercise, ...]
    mutants: tuple[Mutant, ...]
    found: tuple[Shortfall, ...]
    hidden: frozenset[str]
    listed: Listed
    generated: bool


def read(course: Course, name: str, generated: bool) -> Case:
    """Read all that is known of the assignment `name` without running it.

    Raises
    ------
    CourseError
        If its source, or the list of equivalent mutants, is unusable.
    """
    assignment = course.assignment(name, checked=False)
    source = parse_notebook(assignment.source)
    known = tuple(exercises(source.cells))
    kept, astray = mutants.kept(course.root / mutants.FOLDER / name, known)
    path = course.copy_path(name)
    text = path.read_text("utf-8") if path.is_file() else assignment.released
    copy = _readable(text)
    found = [Shortfall("wrong answers", fault) for fault in astray]
    if course.layout == "solutions":
        found += _unproven(source, known, kept)
    if copy is None:
        found.append(Shortfall("stub", f"{path}: the student copy is not a notebook"))
        copy = parse_notebook(assignment.released)
    found += _copy_faults(source, copy, course.layout == "solutions")
    listed = _listed(course).of(name)
    found += _unknown(listed, known)
    open_ones = {entry.grade_id for entry in listed.open}
    closed = [exercise for exercise in known if exercise.grade_id not in open_ones]
    made = mutants.generated(source.cells, closed) if generated else ()
    return Case(
        assignment=assignment,
        copy=text,
        exercises=known,
        mutants=(*kept, *mutants.stubs(copy, known), *made),
        found=tuple(found),
        hidden=_hidden(source),
        listed=listed,
        generated=generated,
    )


def _copy_faults(
    source: NotebookNode, copy: NotebookNode, ours: bool
) -> Iterator[Shortfall]:
    """Yield what the student copy gives away, and where it cannot be filled in."""
    for leak in (*leaks.told(source, copy), *leaks.carried(source, copy, ours=ours)):
        yield Shortfall("leak", leak)
    for fault in stubs.faults(source, copy):
        yield Shortfall("stub", fault)


def _readable(text: str) -> NotebookNode | None:
    try:
        return parse_notebook(text, outputs=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _hidden(source: NotebookNode) -> frozenset[str]:
    return frozenset(
        grade_id_of(cell) or ""
        for cell in source.cells
        if is_test(cell) and regions(cell.source)
    )


def _unproven(
    source: NotebookNode, known: Sequence[Exercise], kept: Sequence[Mutant]
) -> Iterator[Shortfall]:
    """Yield exercises of ours that lack what a course of ours gives each of them."""
    hidden = _hidden(source)
    for exercise in known:
        for test in exercise.tests:
            if test not in hidden:
                yield Shortfall("blank", f"{test}: has no hidden test; add one")
        if not any(mutant.grade_id == exercise.grade_id for mutant in kept):
            yield Shortfall(
                "wrong answers",
                f"{exercise.grade_id}: no wrong answer is kept for it; put some "
                f"into {mutants.FOLDER}/NOTEBOOK/{exercise.grade_id}/NAME.py",
            )


def _unknown(listed: Listed, known: Sequence[Exercise]) -> Iterator[Shortfall]:
    """Yield entries for open exercises that name none."""
    names = [exercise.grade_id for exercise in known]
    for entry in listed.open:
        if entry.grade_id not in names:
            yield Shortfall(
                "generated",
                f"{mutants.EQUIVALENT}: there is no exercise {entry.grade_id!r} that "
                f"could be open; there are {', '.join(names)}",
            )


def _listed(course: Course) -> Listed:
    listed = mutants.listed(course.root / mutants.FOLDER)
    names = course.assignment_names()
    entries: list[Equivalent | OpenExercise] = [*listed.equivalent, *listed.open]
    for entry in entries:
        if entry.notebook not in names:
            raise CourseError(
                f"{mutants.FOLDER}/{mutants.EQUIVALENT}: there is no notebook "
                f"{entry.notebook!r}; there are {', '.join(names)}"
            )
    return listed


__all__ = ["Case", "read"]
