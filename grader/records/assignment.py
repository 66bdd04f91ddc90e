"""What is graded: an assignment, its tasks and its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

TaskKind = Literal["answer", "test", "manual", "task"]


@dataclass(frozen=True, slots=True)
class Task:
    """One cell of the instructor's notebook that has nbgrader's ``grade_id``.

    Attributes
    ----------
    grade_id : str
        Its name, unique in a notebook.
    kind : str
        ``answer``: the student fills it in, and a test has its points; ``test``:
        locked, with the points of the answer above it; ``manual``: an answer that a
        person grades; ``task``: nbgrader's description cell with points.
    points : float
        The most points that it can earn; 0 for an answer.
    source : str
        Its source in the instructor's notebook.
    cell_type : str
        ``code``, ``markdown`` or ``raw``.
    title : str
        Its question, for people to read: the nearest heading above it, or where several
        questions are under one heading, the first line of its text.
    """

    grade_id: str
    kind: TaskKind
    points: float
    source: str
    cell_type: Literal["code", "markdown", "raw"]
    title: str


class BoundFile(NamedTuple):
    """A file that jails see read-only: its name there, its path here, its SHA-256."""

    name: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is graded: one source notebook and what was derived from it.

    An assignment of an nbgrader course may have several notebooks. Each of them is
    then its own ``Assignment``, and ``label`` tells them apart.

    Attributes
    ----------
    name, notebook : str
        The names of the assignment, as students see it, and of the notebook, without
        ``.ipynb``.
    source : str
        The instructor's notebook as JSON text, with answers and hidden tests.
    released : str
        The copy that students received, as JSON text.
    release : str
        The SHA-256 of ``source``.
    tasks : tuple of Task
        Its graded cells and answer cells, in the notebook's order.
    imports : tuple of str
        The modules that a fork server imports beforehand, in the order of first use.
    parameters : dict
        Variables to set in the notebook before it runs, by name.
    limits : dict
        Limits that differ from the defaults, by name.
    environment : dict
        Environment variables of the kernel.
    files : tuple of (str, bytes)
        Files that are copied into the kernel's work folder: name and content.
    bound : tuple of BoundFile
        Large files, which the work folder has too, but not as copies.
    notebooks : tuple of (str, bytes)
        The instructor's notebooks of the assignment: name and content.
    earlier : tuple of str
        Copies that students received from earlier releases, as JSON text.
    runs : bool
        False if no code of it can be run here, because it is not Python.
    sandbox : str
        The weakest level of jails in which it may be graded; ``auto`` for any.
    by_hand : dict
        Why a person has to grade a cell that cannot be run, by its grade_id.
    faults : tuple of str
        Why nbgrader refuses other cells, and how each was read instead.
    written_for_kernel : bool
        Whether its tests were written to run in the student's kernel, as in a course
        made for nbgrader. Such a test runs in both places, unless it is proved that the
        examiner judges it as the kernel does.
    warnings, lacking : tuple of str
        Faults that its author should correct, and its other notebooks that cannot be
        graded.
    """

    name: str
    notebook: str
    source: str
    released: str
    release: str
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    bound: tuple[BoundFile, ...] = ()
    notebooks: tuple[tuple[str, bytes], ...] = ()
    earlier: tuple[str, ...] = ()
    runs: bool = True
    sandbox: str = "auto"
    by_hand: dict[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    written_for_kernel: bool = False
    warnings: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def max_score(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def label(self) -> str:
        """The name to show where another notebook may have the same name."""
        same = self.name == self.notebook
        return self.name if same else f"{self.name}/{self.notebook}"
