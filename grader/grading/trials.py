"""Try many answers in one place: only what depends on the answer runs again.

A :class:`Rehearsal` is a :class:`~grader.grading.session.Sitting` of the instructor's own
solution that stops before an answer cell, and runs from there to the tests of
that exercise with other answers in its place: the code that grades. Between two
answers the kernel goes back to where it stood (:mod:`grader.execution.inside.rewind`); one
that was lost, or changed in a way that cannot be undone, is replaced by a fresh one
that runs again what came before; the examiner forgets what the tests have bound. At
last comes the solution: if it fails there, but not in a kernel of its own, an answer
has spoiled kernel or examiner for those behind it, and all are tried again alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from grader.errors import JailError
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel, Ran
from grader.grading.session import Sitting
from grader.notebooks.cells import NotebookNode, grade_id_of, kind_of
from grader.notebooks.markers import regions
from grader.records import Assignment, Check, Task
from grader.submissions import merge

REWIND = "grader.execution.inside.rewind"
"""What a fork server has to import beside a lesson's modules."""

_CALL = f"__import__({REWIND!r}, fromlist=['mark']).{{}}(globals())"
_REWIND_SECONDS = 60.0
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


def exercises(cells: Sequence[NotebookNode]) -> Iterator[Exercise]:
    """Yield each answer in code that has a test, in the order of the notebook.

    Its tests are those that follow, up to the first answer after them.
    """
    for start, cell in enumerate(cells):
        if kind_of(cell) == "answer" and cell.cell_type == "code":
            tests = list(_tests_after(cells, start))
            if tests:
                names = tuple(grade_id_of(cells[at]) or "" for at in tests)
                yield Exercise(grade_id_of(cell) or "", start, tests[-1] + 1, names)


def _tests_after(cells: Sequence[NotebookNode], start: int) -> Iterator[int]:
    met = False
    for at in range(start + 1, len(cells)):
        kind = kind_of(cells[at])
        if kind == "test":
            met = True
            yield at
        elif met and kind in ("answer", "manual"):
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
    """What came of an exercise: the other answers in order, and the solution.

    That is None where it was not asked for.
    """

    trials: tuple[Trial, ...]
    solution: Trial | None = None


class Rehearsal(Sitting):
    """The solution of one notebook, played up to an answer and again from there.

    Parameters
    ----------
    assignment
        What is tried.
    jailer
        Its fork server must have imported `REWIND`.
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
        grafted = merge.graft(
            assignment, assignment.source.encode(), assignment.parameters
        )
        super().__init__(assignment, grafted, jailer, seeds[0], in_kernel)
        self._cells = grafted.notebook.cells
        self._exercises = {e.grade_id: e for e in exercises(self._cells)}
        self._seeds = tuple(seeds)
        self._end = math.inf
        self._at = 0
        self._marked: Kernel | None = None
        self._outcome: dict[str, Any] = {}
        self._raised = False

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
        self._drop_kernel()
        self._examiner.close()
        return self._try(exercise, candidate, seeds)

    def _go_to(self, start: int) -> None:
        """Run the cells before `start`; of tests only those that run in the kernel."""
        for cell in self._cells[self._at : start]:
            here = grade_id_of(cell) in self._in_kernel
            if here or kind_of(cell) != "test":
                self._cell(cell)
        if self._at != start:
            self._marked = None
        self._at = start

    def _try(
        self,
        exercise: Exercise,
        candidate: Candidate,
        seeds: Sequence[int] | None = None,
    ) -> Trial:
        self._get_ready()
        before = len(self._replay)
        trial = self._under_each_seed(exercise, candidate, seeds or self._seeds)
        del self._replay[before:]
        self._rewind()
        self._check_faults()
        return trial

    def _under_each_seed(
        self, exercise: Exercise, candidate: Candidate, seeds: Sequence[int]
    ) -> Trial:
        """Run the answer and its tests once, and under other seeds its tests."""
        cells = [NotebookNode(c) for c in self._cells[exercise.start : exercise.end]]
        cells[0].source = candidate.source
        hows: list[How] = []
        found = ""
        self._raised = False
        for seed in seeds:
            self._seed = seed
            how, told = self._run_through(cells)
            cells = [c for c in cells if kind_of(c) == "test"]
            hows.append(how)
            found = found or told
            if how == "lost" or (how != "passed" and not candidate.every_seed):
                break
        return Trial(tuple(hows), found, self._raised)

    def _run_through(self, cells: Sequence[NotebookNode]) -> tuple[How, str]:
        """Run `cells`; return what the first failing test says."""
        how: How = "passed"
        told = ""
        for cell in cells:
            check = self._cell(cell)
            if check is not None and how == "passed":
                how, told = self._how(cell, check), check.message
        return how, told

    def _how(self, cell: NotebookNode, check: Check) -> How:
        if check.points >= check.max_points and check.status == "passed":
            return "passed"
        if self._outcome["ended"] in ("timeout", "crashed"):
            return "lost"
        if self._outcome["ended"] == "passed":  # with a number: partial credit
            return "hidden" if regions(cell.source) else "visible"
        return "hidden" if self._outcome.get("hidden", True) else "visible"

    def _run(self, cell: NotebookNode) -> Ran:
        ran = super()._run(cell)
        self._raised = self._raised or ran.ended == "error"
        return ran

    def _test_in_examiner(self, source: str, task: Task) -> dict[str, Any]:
        self._outcome = super()._test_in_examiner(source, task)
        return dict(self._outcome)

    def _test_in_kernel(self, source: str) -> dict[str, Any]:
        self._outcome = super()._test_in_kernel(source)
        return dict(self._outcome)

    # --- back to where the kernel stood ---

    def _get_ready(self) -> None:
        """Have a marked kernel, and an examiner that knows nothing yet."""
        self._examiner.forget()
        fresh = self._kernel is None
        kernel = self._ready_kernel()
        self._check_faults()
        if kernel is None:
            raise JailError(f"the solution itself ends the kernel before {self._where}")
        if not fresh:
            self._examiner.attach(kernel.call, kernel.processes)
        if kernel is not self._marked:
            ran = kernel.run(_CALL.format("mark"), _REWIND_SECONDS)
            if ran.ended != "ok":
                raise JailError(f"a kernel's state cannot be marked: {ran.error}")
            self._marked = kernel

    def _rewind(self) -> None:
        kernel = self._kernel
        if kernel is None:
            return
        same = kernel is self._marked
        if (
            not same
            or kernel.run(_CALL.format("rewind"), _REWIND_SECONDS).ended != "ok"
        ):
            self._drop_kernel()

    def _check_faults(self) -> None:
        faults = [flag for flag in self.flags if flag.startswith("our fault")]
        self.flags.clear()
        if faults:
            raise JailError(f"{self._where}: {faults[0]}")

    @property
    def _where(self) -> str:
        return grade_id_of(self._cells[self._at]) or f"cell {self._at + 1}"

    def __enter__(self) -> Rehearsal:
        return self

    def _give_up(self) -> bool:
        """Never: each loss is of another answer's making."""
        return False


__all__ = [
    "REWIND",
    "Candidate",
    "Exercise",
    "Rehearsal",
    "Trial",
    "Tried",
    "exercises",
]
