"""The class that ``grading.py`` grades: a course in nbgrader's layout, its hand-ins."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.authoring.verify import wrong_answers
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import grade_id_of, is_answer, parse_notebook

ROOT = Path(__file__).parents[2]
# Those whose answers have a mistake in them; the others are right.
EVERY = 5
# What takes a lesson to TensorFlow: left out of the row that is NumPy alone.
KERAS = frozenset({"keras", "tf", "describe_runtime"})
_MARKER = re.compile(r"^.*\b(?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One line of the table: what is graded, how often, and what is to be reached.

    Attributes
    ----------
    title : str
        What people call it.
    assignment : str
        A notebook of ``solutions/``.
    hand_ins : int
        How many students.
    numpy_only : bool
        Leave out the instructor's cells that need TensorFlow.
    times_all, times_one : float or None
        How many times nbgrader's speed with all workers, and with one.
    over_floor : float
        Processor time over that of the bare cells: seconds, or their share.
    """

    title: str
    assignment: str
    hand_ins: int
    times_all: float
    times_one: float | None
    over_floor: float
    share: bool = False
    numpy_only: bool = False


ROWS = {
    "numpy": Row("NumPy lesson", "02_convolutions", 30, 30, 15, 0.15, numpy_only=True),
    "lesson": Row("lesson as it is", "02_convolutions", 30, 30, 15, 0.15),
    "lab": Row("MNIST lab", "06_mnist_lab", 6, 5, None, 0.15, share=True),
}


def make_course(row: Row, folder: Path) -> dict[str, str]:
    """Write the course to `folder`; return variables that its kernels need.

    The smoke profile's parameters are written into the notebook: nbgrader would not
    inject them, and both have to do the same work.
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
    place = folder / "source" / row.assignment / path.name
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(raw), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        # Its own limit of 30 s a cell is short on a busy machine.
        "c = get_config()\nc.ExecutePreprocessor.timeout = 600\n"
    )
    return dict(settings.get("environment", {}))


def without_names(
    cells: Iterable[dict[str, Any]], names: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """Yield `cells` without what needs `names`, or a name that was bound with them.

    Of the first code cell, which imports all else, only the lines go.

    Raises
    ------
    ValueError
        If a graded cell needs them.
    """
    gone, first = set(names), True
    for cell in cells:
        if cell["cell_type"] != "code":
            yield cell
        elif first:
            first = False
            yield cell | {"source": _without_lines(cell["source"], names)}
        elif not _needs(cell["source"], gone, names):
            gone -= bound_names([cell["source"]])
            yield cell
        elif "nbgrader" in cell["metadata"]:
            raise ValueError(f"a graded cell needs {sorted(names)}: {cell['source']}")
        else:
            gone |= bound_names([cell["source"]])


def _needs(source: str, gone: set[str], names: frozenset[str]) -> bool:
    bound = bound_names([source])
    return bool(gone & (_used(source) - bound) or names & bound)


def _without_lines(source: str, names: frozenset[str]) -> str:
    return "\n".join(line for line in source.split("\n") if not names & _used(line))


def _used(source: str) -> set[str]:
    tree = magics.parsed(source)
    nodes = ast.walk(tree) if tree is not None else ()
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def hand_in(row: Row, released: Path, submitted: Path) -> list[str]:
    """Write the hand-ins to `submitted`; return the students' names.

    Each has its own text, so that nothing could be graded once for two. One in
    `EVERY` has one wrong answer, from those of the course.
    """
    source = released.parents[2] / "source" / row.assignment / released.name
    right = dict(_answers(source))
    students = [f"student-{number:02d}" for number in range(row.hand_ins)]
    for number, student in enumerate(students):
        answers = right | _mistake(row.assignment, number)
        handed = json.loads(released.read_text(encoding="utf-8"))
        for cell in handed["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in answers:
                cell["source"] = _signed(answers[grade_id], number)
        place = submitted / student / row.assignment / released.name
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(handed), encoding="utf-8")
    return students


def _answers(source: Path) -> Iterator[tuple[str, str]]:
    for cell in parse_notebook(source.read_text(encoding="utf-8")).cells:
        if is_answer(cell) and cell.cell_type == "code":
            yield str(grade_id_of(cell)), _MARKER.sub("", cell.source)


def _mistake(assignment: str, number: int) -> Mapping[str, str]:
    if number % EVERY != EVERY - 1:
        return {}
    exercises = sorted((ROOT / "solutions/wrong_answers" / assignment).glob("*.py"))
    exercise = exercises[number // EVERY % len(exercises)]
    written = wrong_answers.parse(exercise.read_text("utf-8"), str(exercise))
    return {exercise.stem: written[0].source}


def _signed(answer: str, number: int) -> str:
    """Make an answer one student's own, in its text and in what it binds."""
    return f"{answer.rstrip()}\n\nhanded_in_by = {number}  # my own work\n"


def copy_class(submitted: Path, folder: Path) -> Path:
    """Return a new class folder with the same hand-ins."""
    shutil.copytree(submitted, folder / "submitted")
    return folder
