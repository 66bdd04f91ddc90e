"""Write a class to grade: a course in both layouts, and its submissions."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from grader.authoring.verify import wrong_answers
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import grade_id_of, is_answer, parse_notebook

# Every fifth submission has one wrong answer; the others are right.
EVERY = 5
# Names that need TensorFlow: left out of the row that uses NumPy only.
KERAS = frozenset({"keras", "tf", "describe_runtime"})
_MARKER = re.compile(r"^.*\b(?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One row of the benchmark: what is graded, how often, and the targets.

    Attributes
    ----------
    title : str
        Heading of its table.
    assignment : str
        Name of a notebook in ``solutions/``.
    submissions : int
        Number of students, with one submission each.
    numpy_only : bool
        Whether to leave out the instructor's cells that need TensorFlow.
    twice : bool
        Whether grader gets the course in nbgrader's layout, as nbgrader does, and so
        judges most tests twice. If not, it gets our layout, where the examiner judges
        each test once.
    times_all, times_one : float, float or None
        Speeds to reach with all workers and with one, as multiples of nbgrader's; None
        for no target.
    over_floor : float or None
        Most processor time allowed beyond that of the bare cells, in seconds; None for
        no target.
    share : bool
        Whether `over_floor` is a share of the bare cells' time instead.
    """

    title: str
    assignment: str
    submissions: int
    times_all: float
    times_one: float | None = None
    over_floor: float | None = None
    share: bool = False
    numpy_only: bool = False
    twice: bool = False


ROWS = {
    "numpy": Row("NumPy lesson", "02_convolutions", 30, 30, 15, 0.15, numpy_only=True),
    "lesson": Row("lesson as it is", "02_convolutions", 30, 30, 15, 0.15),
    "twice": Row(
        "NumPy lesson, judged twice",
        "02_convolutions",
        30,
        8,
        numpy_only=True,
        twice=True,
    ),
    "lab": Row("MNIST lab", "06_mnist_lab", 6, 5, over_floor=0.15, share=True),
}


def make_course(row: Row, folder: Path, ours: Path) -> dict[str, str]:
    """Write the course in both layouts.

    The smoke profile's parameters are written into the notebook, because nbgrader does
    not inject them and both graders have to do the same work.

    Parameters
    ----------
    row : Row
        The row to measure.
    folder : Path
        Folder of the course in nbgrader's layout.
    ours : Path
        Folder of the course in our layout.

    Returns
    -------
    dict of str to str
        Environment variables that the course's kernels need.
    """
    path = ROOT / "solutions" / f"{row.assignment}.ipynb"
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    settings = raw["metadata"]["grader"]
    parameters = settings.pop("profiles").get("smoke", {})
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", ()):
            lines = [f"{name} = {value!r}" for name, value in parameters.items()]
            cell["source"] = "\n".join([cell["source"], *lines])
    if row.numpy_only:
        raw["cells"] = list(without_names(raw["cells"], KERAS))
    for target in (
        folder / "source" / row.assignment / path.name,
        ours / "solutions" / path.name,
    ):
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(raw), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        # Its default, 30 s per cell, is too little on a busy machine.
        "c = get_config()\nc.ExecutePreprocessor.timeout = 600\n"
    )
    return dict(settings.get("environment", {}))


def without_names(
    cells: Iterable[dict[str, Any]], names: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """Yield `cells` without those that need `names`, directly or indirectly.

    The first code cell has all imports: only its lines that use `names` are removed.

    Parameters
    ----------
    cells : iterable of dict
        Cells as in a notebook's JSON.
    names : frozenset of str
        Names that are not available.

    Yields
    ------
    dict
        The cells that can run without `names`.

    Raises
    ------
    ValueError
        If a graded cell needs one of `names`.
    """
    missing, first = set(names), True
    for cell in cells:
        if cell["cell_type"] != "code":
            yield cell
        elif first:
            first = False
            yield cell | {"source": _without_lines(cell["source"], names)}
        elif not _needs(cell["source"], missing, names):
            missing -= bound_names([cell["source"]])
            yield cell
        elif "nbgrader" in cell["metadata"]:
            raise ValueError(f"a graded cell needs {sorted(names)}: {cell['source']}")
        else:
            missing |= bound_names([cell["source"]])


def _needs(source: str, missing: set[str], names: frozenset[str]) -> bool:
    bound = bound_names([source])
    return bool(missing & (_used(source) - bound) or names & bound)


def _without_lines(source: str, names: frozenset[str]) -> str:
    return "\n".join(line for line in source.split("\n") if not names & _used(line))


def _used(source: str) -> set[str]:
    tree = magics.parsed(source)
    nodes = ast.walk(tree) if tree is not None else ()
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def write_submissions(row: Row, released: Path, submitted: Path) -> list[str]:
    """Write one submission per student to `submitted`.

    All texts differ, so that no result can be used twice. One submission in `EVERY` has
    a wrong answer, taken from the course's wrong answers.

    Parameters
    ----------
    row
        Assignment and number of submissions.
    released
        The notebook that students get, inside the course's folder.
    submitted
        Folder for all submissions.

    Returns
    -------
    list of str
        The students' names.
    """
    source = released.parents[2] / "source" / row.assignment / released.name
    right = dict(_answers(source))
    text = released.read_text(encoding="utf-8")
    students = [f"student-{number:02d}" for number in range(row.submissions)]
    for number, student in enumerate(students):
        answers = right | _mistake(row.assignment, number)
        target = submitted / student / row.assignment / released.name
        target.parent.mkdir(parents=True)
        notebook = _answered(text, answers, number)
        target.write_text(json.dumps(notebook), encoding="utf-8")
    return students


def _answered(released: str, answers: Mapping[str, str], number: int) -> dict[str, Any]:
    """Return the released notebook with one student's answers filled in."""
    notebook: dict[str, Any] = json.loads(released)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell["source"] = _signed(answers[grade_id], number)
    return notebook


def _answers(source: Path) -> Iterator[tuple[str, str]]:
    for cell in parse_notebook(source.read_text(encoding="utf-8")).cells:
        if is_answer(cell) and cell.cell_type == "code":
            yield str(grade_id_of(cell)), _MARKER.sub("", cell.source)


def _mistake(assignment: str, number: int) -> dict[str, str]:
    if number % EVERY != EVERY - 1:
        return {}
    exercises = sorted((ROOT / "solutions/wrong_answers" / assignment).glob("*.py"))
    exercise = exercises[number // EVERY % len(exercises)]
    answers = wrong_answers.parse(exercise.read_text("utf-8"), str(exercise))
    return {exercise.stem: answers[0].source}


def _signed(answer: str, number: int) -> str:
    """Return `answer` with a line that no other student has."""
    return f"{answer.rstrip()}\n\nsubmitted_by = {number}  # my own work\n"


def copy_class(submitted: Path, folder: Path) -> None:
    """Copy submissions into a new class folder.

    Parameters
    ----------
    submitted : Path
        The folder of all submissions.
    folder : Path
        The class folder to make.
    """
    shutil.copytree(submitted, folder / "submitted")
