"""Try many answers in one place: only what depends on the answer runs again.

:class:`Trials` runs the instructor's own solution in a
:class:`~grader.grading.session.GradingSession`, stops before an answer cell, and runs
from there to the tests of that exercise with other answers in its place. Between two
answers the session goes back to its checkpoint. The solution comes last: if it fails
there, but not in a kernel of its own, an answer has spoiled kernel or examiner for
those behind it, and all are tried again, each in a fresh kernel and examiner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.execution.jail.jail import Jailer
from grader.grading.session import CellRun, GradingSession
from grader.notebooks.cells import Cell
from grader.notebooks.markers import regions
from grader.records import Assignment
from grader.submissions.merge import merge

How = Literal["passed", "visible", "hidden", "lost"]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An answer cell and its tests.

    Attributes
    ----------
    grade_id : str
        Of the answer cell.
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
    """Yield each answer in code that has a test, in the order of the notebook.

    Its tests are those that follow, up to the first answer after them.
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
    """A text for an answer cell; tried under every seed, or until it is caught."""

    source: str
    every_seed: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """How an answer fared.

    Attributes
    ----------
    hows : tuple of str
        For each seed ``passed``, or what caught it first: a ``visible`` or a
        ``hidden`` test, or ``lost``: it ran into a limit or ended the kernel.
    told : str
        What the student would have read.
    raised : bool
        The answer, or a cell between it and its test, raised an error.
    """

    hows: tuple[How, ...]
    told: str = ""
    raised: bool = False

    @property
    def passed(self) -> bool:
        """It got full marks under every seed."""
        return set(self.hows) == {"passed"}

    @property
    def wavers(self) -> bool:
        """It passed under some seeds and failed under others."""
        return "passed" in self.hows and not self.passed


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an exercise: the candidates in order, and the solution.

    The solution is None where it was not asked for.
    """

    trials: tuple[Trial, ...]
    solution: Trial | None = None


class Trials:
    """The solution of one notebook, run up to an answer and again from there.

    Use as a context manager.

    Parameters
    ----------
    assignment
        What is tried.
    jailer
        Its fork server must have imported :data:`grader.execution.wiring.REWIND`.
    seeds
        What hidden tests draw their inputs from.
    in_kernel
        Test cells that cannot run in the examiner.
    """

    def __init__(
        self,
        assignment: Assignment,
        jailer: Jailer,
        seeds: Sequence[int],
        in_kernel: frozenset[str] = frozenset(),
    ) -> None:
        solution = merge(assignment, assignment.source.encode(), assignment.parameters)
        self._session = GradingSession(
            assignment, solution, jailer, seeds[0], in_kernel, unlimited=True
        )
        self._cells = solution.cells
        self._exercises = {each.grade_id: each for each in exercises(self._cells)}
        self._seeds = tuple(seeds)
        self._in_kernel = in_kernel
        self._at = 0

    def try_answers(
        self,
        grade_id: str,
        candidates: Sequence[Candidate],
        on_done: Callable[[], None] = lambda: None,
        *,
        solution: bool = True,
    ) -> Tried:
        """Try `candidates` in the answer cell `grade_id`.

        Exercises must come in the order of the notebook.

        Parameters
        ----------
        grade_id
            Of the answer cell.
        candidates
            Its other texts.
        on_done
            Called after each of them.
        solution
            Whether to try the solution under every seed, too.

        Raises
        ------
        JailError
            If no kernel can be had, or the tests could not be run.
        """
        exercise = self._exercises[grade_id]
        self._go_to(exercise.start)
        own = Candidate(self._cells[exercise.start].source)
        first = self._try(exercise, own) if solution else None
        trials = []
        for candidate in candidates:
            trials.append(self._try(exercise, candidate))
            on_done()
        if candidates and self._is_spoiled(exercise, own):
            trials = [self._try_alone(exercise, each) for each in candidates]
        return Tried(tuple(trials), first)

    def _is_spoiled(self, exercise: Exercise, own: Candidate) -> bool:
        """Say whether the solution fails because of what was tried before it."""
        once = self._seeds[:1]
        if self._try(exercise, own, once).passed:
            return False
        return self._try_alone(exercise, own, once).passed

    def _try_alone(
        self,
        exercise: Exercise,
        candidate: Candidate,
        seeds: Sequence[int] | None = None,
    ) -> Trial:
        self._session.start_over()
        return self._try(exercise, candidate, seeds)

    def _go_to(self, start: int) -> None:
        """Run the cells before `start`; of tests only those that run in the kernel."""
        for cell in self._cells[self._at : start]:
            if cell.kind != "test" or cell.grade_id in self._in_kernel:
                self._session.run_cell(cell)
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
        """Run the answer and its tests once, and under other seeds its tests."""
        answer, *others = self._cells[exercise.start : exercise.end]
        cells = [answer.with_source(candidate.source), *others]
        hows: list[How] = []
        told = ""
        raised = False
        for seed in seeds:
            self._session.use_seed(seed)
            runs = [(cell, self._session.run_cell(cell)) for cell in cells]
            raised = raised or any(run.raised for _, run in runs)
            how, message = _first_failure(runs)
            cells = [cell for cell in cells if cell.kind == "test"]
            hows.append(how)
            told = told or message
            if how == "lost" or (how != "passed" and not candidate.every_seed):
                break
        return Trial(tuple(hows), told, raised)

    @property
    def _where(self) -> str:
        return self._cells[self._at].grade_id or f"cell {self._at + 1}"

    def __enter__(self) -> Trials:
        return self

    def __exit__(self, *error: object) -> None:
        self._session.__exit__(*error)


def _first_failure(runs: Sequence[tuple[Cell, CellRun]]) -> tuple[How, str]:
    """Return what caught an answer, and what the student would have read."""
    for cell, run in runs:
        if run.check is not None and (how := _how(cell, run)) != "passed":
            return how, run.check.message
    return "passed", ""


def _how(cell: Cell, run: CellRun) -> How:
    check, outcome = run.check, run.outcome
    if check is None or outcome is None or check.status == "passed":
        return "passed"
    if outcome.ended in ("timeout", "crashed"):
        return "lost"
    if outcome.ended == "passed":  # with a number: partial credit
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
