"""Try many answers in the same cell; only what depends on the answer runs again.

:class:`Trials` runs the instructor's own solution in a
:class:`~grader.grading.trial_session.TrialSession` and stops before an answer cell.
From there it runs to the last test of that exercise, with each of the other answers in
place of the solution's, and goes back to a checkpoint after each. At the end it tries
the solution. If that fails, but not in a new kernel, one of the answers has changed the
kernel or the examiner for those that came after it. Then all answers are tried again,
each in a new kernel and a new examiner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.execution.jail.jail import Jailer
from grader.grading.calibration import Places
from grader.grading.cell_run import CellRun
from grader.grading.trial_session import TrialSession
from grader.notebooks.cells import Cell
from grader.notebooks.markers import regions
from grader.records import Assignment
from grader.submissions.merge import merge

TrialOutcome = Literal["passed", "visible", "hidden", "lost"]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An answer cell and its tests.

    Attributes
    ----------
    grade_id : str
        The grade_id of the answer cell.
    start, end : int
        The cells from the answer to its last test, as a half-open range.
    tests : tuple of str
        The tests' grade_ids.
    """

    grade_id: str
    start: int
    end: int
    tests: tuple[str, ...]


def exercises(cells: Sequence[Cell]) -> Iterator[Exercise]:
    """Yield each exercise: an answer in code that has tests, in the notebook's order.

    Its tests are those that follow it, up to the first answer after them.
    """
    for start, cell in enumerate(cells):
        if cell.kind == "answer" and cell.is_code:
            tests = list(_tests_after(cells, start))
            if tests:
                names = tuple(cells[at].grade_id for at in tests)
                yield Exercise(cell.grade_id, start, tests[-1] + 1, names)


def _tests_after(cells: Sequence[Cell], start: int) -> Iterator[int]:
    met_test = False
    for at in range(start + 1, len(cells)):
        if cells[at].kind == "test":
            met_test = True
            yield at
        elif met_test and cells[at].kind in ("answer", "manual"):
            return


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text for an answer cell.

    It is tried with every seed or, if `every_seed` is false, until a test fails.
    """

    source: str
    every_seed: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """How an answer did.

    Attributes
    ----------
    outcomes : tuple of str
        For each seed: ``passed``; or what failed first, a ``visible`` or a ``hidden``
        test; or ``lost``: the answer ran into a limit or ended the kernel.
    message : str
        What the student would have read.
    raised : bool
        Whether the answer, or a cell between it and its tests, raised an error.
    """

    outcomes: tuple[TrialOutcome, ...]
    message: str = ""
    raised: bool = False

    @property
    def passed(self) -> bool:
        """Whether it got full marks with every seed."""
        return set(self.outcomes) == {"passed"}

    @property
    def wavers(self) -> bool:
        """Whether it passed with some seeds and failed with others."""
        return "passed" in self.outcomes and not self.passed


@dataclass(frozen=True, slots=True)
class Tried:
    """The trials of one exercise.

    Attributes
    ----------
    trials : tuple of Trial
        The trials of the candidates, in their order.
    solution : Trial or None
        The trial of the solution; None if it was not to be tried.
    """

    trials: tuple[Trial, ...]
    solution: Trial | None = None


class Trials:
    """Runs the solution of one notebook, with other answers in its answer cells.

    Use as a context manager.

    Parameters
    ----------
    assignment
        The notebook.
    jailer
        Builds the jails. Its fork server must have imported
        :data:`grader.execution.wiring.REWIND`.
    seeds
        The seed for the random inputs of hidden tests.
    places
        Where each test runs that does not run in the examiner alone. If None, all tests
        run in the examiner alone.
    """

    def __init__(
        self,
        assignment: Assignment,
        jailer: Jailer,
        seeds: Sequence[int],
        places: Places | None = None,
    ) -> None:
        solution = merge(assignment, assignment.source.encode(), assignment.parameters)
        self._session = TrialSession(
            assignment, solution, jailer, seeds[0], places, unlimited=True
        )
        self._cells = solution.cells
        self._exercises = {
            exercise.grade_id: exercise for exercise in exercises(self._cells)
        }
        self._seeds = tuple(seeds)
        self._in_kernel = places.beside if places else ()
        self._at = 0

    def try_answers(
        self,
        grade_id: str,
        candidates: Sequence[Candidate],
        on_done: Callable[[], None] = lambda: None,
        *,
        solution: bool = True,
    ) -> Tried:
        """Try other answers in an answer cell.

        Call this for the exercises in the order of the notebook.

        Parameters
        ----------
        grade_id
            The grade_id of the answer cell.
        candidates
            The sources of the answers to try.
        on_done
            Called after each of them.
        solution
            Whether to try the solution with every seed, too.

        Raises
        ------
        JailError
            If no kernel can be started, or the tests could not be run.
        """
        exercise = self._exercises[grade_id]
        self._go_to(exercise.start)
        correct = Candidate(self._cells[exercise.start].source)
        first = self._try(exercise, correct) if solution else None
        trials = []
        for candidate in candidates:
            trials.append(self._try(exercise, candidate))
            on_done()
        if candidates and self._is_spoiled(exercise, correct):
            trials = [self._try_alone(exercise, candidate) for candidate in candidates]
        return Tried(tuple(trials), first)

    def _is_spoiled(self, exercise: Exercise, correct: Candidate) -> bool:
        """Say whether the solution fails because of answers that were tried before."""
        once = self._seeds[:1]
        if self._try(exercise, correct, once).passed:
            return False
        return self._try_alone(exercise, correct, once).passed

    def _try_alone(
        self,
        exercise: Exercise,
        candidate: Candidate,
        seeds: Sequence[int] | None = None,
    ) -> Trial:
        """Try an answer in a new kernel and a new examiner."""
        self._session.start_over()
        return self._try(exercise, candidate, seeds)

    def _go_to(self, start: int) -> None:
        """Run the cells before `start`; of tests for the examiner, what they lend."""
        for cell in self._cells[self._at : start]:
            if cell.kind != "test" or cell.grade_id in self._in_kernel:
                self._session.run_cell(cell)
            else:
                self._session.lend(cell)
        if self._at != start:
            self._session.forget_checkpoint()
        self._at = start

    def _try(
        self,
        exercise: Exercise,
        candidate: Candidate,
        seeds: Sequence[int] | None = None,
    ) -> Trial:
        checkpoint = self._session.checkpoint(self._where)
        trial = self._under_each_seed(exercise, candidate, seeds or self._seeds)
        self._session.rollback(checkpoint)
        self._session.raise_faults(self._where)
        return trial

    def _under_each_seed(
        self, exercise: Exercise, candidate: Candidate, seeds: Sequence[int]
    ) -> Trial:
        """Run the answer and its tests with the first seed, then only the tests."""
        answer, *others = self._cells[exercise.start : exercise.end]
        cells = [answer.with_source(candidate.source), *others]
        outcomes: list[TrialOutcome] = []
        message = ""
        raised = False
        for seed in seeds:
            self._session.use_seed(seed)
            runs = [(cell, self._session.run_cell(cell)) for cell in cells]
            raised = raised or any(
                run.raised for cell, run in runs if cell.kind != "test"
            )
            outcome, text = _first_failure(runs)
            cells = [cell for cell in cells if cell.kind == "test"]
            outcomes.append(outcome)
            message = message or text
            if outcome == "lost" or (outcome != "passed" and not candidate.every_seed):
                break
        return Trial(tuple(outcomes), message, raised)

    @property
    def _where(self) -> str:
        return self._cells[self._at].grade_id or f"cell {self._at + 1}"

    def __enter__(self) -> Trials:
        return self

    def __exit__(self, *error: object) -> None:
        self._session.__exit__(*error)


def _first_failure(runs: Sequence[tuple[Cell, CellRun]]) -> tuple[TrialOutcome, str]:
    """Return the first outcome that is not a pass, and what the student would read."""
    for cell, run in runs:
        if run.check is not None and (outcome := _outcome(cell, run)) != "passed":
            return outcome, run.check.message
    return "passed", ""


def _outcome(cell: Cell, run: CellRun) -> TrialOutcome:
    check, outcome = run.check, run.outcome
    if check is None or outcome is None or check.status == "passed":
        return "passed"
    if outcome.ended in ("timeout", "crashed"):
        return "lost"
    if outcome.ended == "passed":  # it gave a number: partial credit
        return "hidden" if regions(cell.source) else "visible"
    return "hidden" if outcome.hidden else "visible"


__all__ = [
    "Candidate",
    "Exercise",
    "Trial",
    "Trials",
    "Tried",
    "exercises",
]
