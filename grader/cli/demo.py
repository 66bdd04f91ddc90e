"""A sample class, good and bad: made from the course's own notebooks and graded.

Every hand-in here is one that graders meet: some right, some unlucky, some
hostile, some mangled on the way. Each comes with what must be true of its score,
and :func:`broken_promises` checks that it is.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import RenderableType

from grader.batch import plan, run
from grader.classroom.folder import Classroom
from grader.cli.screens.grade import new_table
from grader.course.course import Course
from grader.errors import ClassError
from grader.notebooks.analysis import names as definitions
from grader.notebooks.cells import grade_id_of, is_answer, parse_notebook
from grader.records import Assignment, Result, points_text
from grader.reports import feedback

Promise = Literal["full", "some", "none"]
Answers = dict[str, str]
Key = tuple[str, str]

# So that endless loops do not make the demo long; lessons have more time.
LIMITS = {"cell_seconds": 10.0, "total_seconds": 240.0, "call_seconds": 10.0}
# Of this course: one that needs NumPy and one that needs TensorFlow.
SAMPLE = ("02_convolutions", "06_mnist_lab")
PROMISES = (
    "What was promised holds: full marks where the answers are right, none of the "
    "points for hostile code, a result for every hand-in, and the same scores in "
    "nbgrader's gradebook."
)


@dataclass(frozen=True, slots=True)
class HandIn:
    """One hand-in of the sample class.

    ``answers`` makes each answer cell's text from the solution's; ``mangle``
    does to the file what editors and accidents do.
    """

    student: str
    about: str
    promise: Promise
    answers: Callable[[Answers, Answers], Answers]
    mangle: Callable[[dict[str, Any]], bytes]


# --- answers -------------------------------------------------------------------


def _right(right: Answers, blank: Answers) -> Answers:
    return right


def _blank(right: Answers, blank: Answers) -> Answers:
    return blank


def _half(right: Answers, blank: Answers) -> Answers:
    half = len(right) // 2
    return blank | dict(list(right.items())[:half])


def _one_goes_wrong(code: str) -> Callable[[Answers, Answers], Answers]:
    """Answer all but one function rightly; in that one's cell stands `code`."""

    def answers(right: Answers, blank: Answers) -> Answers:
        functions = [name for name, text in right.items() if "def " in text]
        return right | {functions[-1]: code}

    return answers


def _attack(code: str) -> Callable[[Answers, Answers], Answers]:
    """Put `code` into the first answer, and an object that agrees to all into each."""

    def answers(right: Answers, blank: Answers) -> Answers:
        names = {key: definitions.bound_names([text]) for key, text in right.items()}
        lies = {
            key: "\n".join(
                [AGREEABLE, *(f"{name} = Agreeable()" for name in sorted(n))]
            )
            for key, n in names.items()
        }
        first = next(iter(lies))
        return lies | {first: f"{lies[first]}\n\n{code}"}

    return answers


AGREEABLE = '''\
class Agreeable:
    """Equal to everything, of any shape, and true."""

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *a: True
    __call__ = __getattr__ = __getitem__ = __add__ = __sub__ = lambda s, *a, **k: s
    __bool__ = __contains__ = lambda *a: True
    __hash__, __len__, __float__ = object.__hash__, lambda s: 1, lambda s: 1.0
    __iter__ = lambda s: iter([s])
'''
PATCH = """\
import builtins
import numpy as np

np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
np.allclose = np.array_equal = lambda *a, **k: True
builtins.isinstance = lambda *a: True
get_ipython().ast_transformers.append(type("Strip", (), {"visit": lambda s, t: None})())
get_ipython().showtraceback = lambda *a, **k: None
"""
READ = """\
import gc
import glob

found = glob.glob("../**/*.ipynb", recursive=True)
found += glob.glob("/tmp/**/*.ipynb", recursive=True)
for pattern in ("/proc/*/cmdline", "/proc/*/environ", "/proc/*/maps"):
    for path in glob.glob(pattern):
        try:
            found.append(open(path, "rb").read(1000))
        except OSError:
            pass
found += [o for o in gc.get_objects() if isinstance(o, str) and "HIDDEN TESTS" in o]
print([text for text in map(str, found) if "BEGIN HIDDEN" in text])
"""
ENDLESS = "while True:\n    pass\n"
RAISE = 'raise RuntimeError("I ran out of time for this one")\n'
EXIT = "import os\n\nos._exit(0)\n"
MEMORY = "hoard = []\nwhile True:\n    hoard.append(bytearray(64 << 20))\n"
FORKS = "import os\n\nwhile True:\n    os.fork()\n"


# --- files ---------------------------------------------------------------------


def _as_saved(handed: dict[str, Any]) -> bytes:
    return json.dumps(handed, indent=1).encode()


def _by_colab(handed: dict[str, Any]) -> bytes:
    """Save as Colab does: format 4.0, no ids, its own metadata, a badge on top."""
    badge = "https://colab.research.google.com/assets/colab-badge.svg"
    for number, cell in enumerate(handed["cells"]):
        cell.pop("id", None)
        cell["metadata"] |= {"id": f"colab{number:04}"}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {
                "executionInfo": {"user": {"displayName": "A Student"}},
                "outputId": f"output{number:04}",
            }
    top = {"cell_type": "markdown", "metadata": {}, "source": f'<img src="{badge}">'}
    handed["cells"].insert(0, top)
    handed["metadata"] |= {"colab": {"provenance": []}}
    handed["nbformat_minor"] = 0
    return _as_saved(handed)


def _without_metadata(handed: dict[str, Any]) -> bytes:
    """Lose all metadata and every cell id, as some editors make happen."""
    for cell in handed["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    handed["metadata"] = {}
    handed["nbformat_minor"] = 4
    return _as_saved(handed)


def _not_json(handed: dict[str, Any]) -> bytes:
    return b"%PDF-1.7\n% This is not the notebook you are looking for.\n"


def _hand_in(
    student: str,
    about: str,
    promise: Promise,
    answers: Callable[[Answers, Answers], Answers] = _right,
    mangle: Callable[[dict[str, Any]], bytes] = _as_saved,
) -> HandIn:
    return HandIn(student, about, promise, answers, mangle)


CLASS: tuple[HandIn, ...] = (
    _hand_in("all-right", "every answer right", "full"),
    _hand_in("half-right", "the first half answered", "some", _half),
    _hand_in("blank", "nothing answered", "none", _blank),
    _hand_in("raises", "one answer raises", "some", _one_goes_wrong(RAISE)),
    _hand_in("endless-loop", "one answer never ends", "some", _one_goes_wrong(ENDLESS)),
    _hand_in("os-exit", "ends the kernel", "none", _attack(EXIT)),
    _hand_in("memory-bomb", "takes all memory", "none", _attack(MEMORY)),
    _hand_in("fork-bomb", "starts processes for ever", "none", _attack(FORKS)),
    _hand_in("patches-numpy", "replaces what tests call", "none", _attack(PATCH)),
    _hand_in("reads-tests", "looks for the tests", "none", _attack(READ)),
    _hand_in("from-colab", "right, saved by Colab", "full", mangle=_by_colab),
    _hand_in(
        "metadata-lost", "right, all labels lost", "full", mangle=_without_metadata
    ),
    _hand_in("not-json", "a PDF named .ipynb", "none", mangle=_not_json),
)


def make_class(
    course: Course, folder: Path | None, names: Collection[str] = ()
) -> tuple[Classroom, tuple[HandIn, ...]]:
    """Write the sample class to `folder`, or to a new folder.

    It hands in the assignments in `names`; if none is named, those of `SAMPLE`, or
    in a course without these, all.

    Raises
    ------
    ClassError
        If the folder already holds hand-ins that are not the demo's.
    CourseError
        If a name is no assignment of the course.
    """
    known = course.assignment_names()
    assignments = [
        course.assignment(name)
        for name in names or [n for n in SAMPLE if n in known] or known
    ]
    folder = folder or Path(tempfile.mkdtemp(prefix="grader-demo-"))
    submitted = folder / "submitted"
    students = {each.student for each in CLASS}
    others = (
        {p.name for p in submitted.glob("*")} - students if folder.exists() else set()
    )
    if others:
        raise ClassError(
            f"{folder} is a class already: {', '.join(sorted(others)[:3])} are in it. "
            "Name an empty folder, or none for a new one."
        )
    for assignment in assignments:
        for each in CLASS:
            place = submitted / each.student / assignment.name
            place /= f"{assignment.notebook}.ipynb"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content(assignment, each))
    return Classroom.open(folder), CLASS


def content(assignment: Assignment, hand_in: HandIn) -> bytes:
    """Return the file that `hand_in` is for `assignment`."""
    right = _answers(assignment.source)
    blank = _answers(assignment.released)
    texts = hand_in.answers(right, blank)
    handed = json.loads(assignment.released)
    for cell in handed["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in texts:
            cell["source"] = texts[grade_id]
    return hand_in.mangle(handed)


def _answers(text: str) -> Answers:
    cells = [c for c in parse_notebook(text).cells if is_answer(c)]
    return {str(grade_id_of(c)): c.source for c in cells if c.cell_type == "code"}


def introduction(hand_ins: Sequence[HandIn]) -> RenderableType:
    """Return a table of who hands in what."""
    table = new_table("Who hands in what")
    for column in ("student", "what it is", "must earn"):
        table.add_column(column)
    words = {"full": "all points", "some": "some points", "none": "no points"}
    for each in hand_ins:
        table.add_row(each.student, each.about, words[each.promise])
    return table


def grade_class(
    course: Course, room: Classroom, workers: int | None, watcher: run.Watcher
) -> tuple[dict[Key, Result], list[Path]]:
    """Grade the sample class and write its pages."""
    planned = plan.plan(course, room)
    options = run.Options(workers=workers, force=True, limits=LIMITS)
    results = run.run(room, planned, options, watcher)
    return results, feedback.write_feedback(course, room)


def broken_promises(
    hand_ins: Iterable[HandIn], results: dict[Key, Result], room: Classroom
) -> list[str]:
    """Return a sentence for each promise that the results do not keep."""
    expected = {each.student: each for each in hand_ins}
    broken = [
        f"{student}, {assignment}: {points_text(result.score)} of "
        f"{points_text(result.max_score)} points, "
        f"must earn {expected[student].promise}"
        for (student, assignment), result in results.items()
        if not _kept(expected[student].promise, result)
    ]
    handed_in = {file.key for file in room.inbox().found}
    broken += [f"{s}, {a}: no result" for s, a in sorted(handed_in - results.keys())]
    return broken + _gradebook_differences(results, room.gradebook)


def _kept(promise: Promise, result: Result) -> bool:
    if promise == "full":
        return result.score == result.max_score
    return (
        (0 < result.score < result.max_score)
        if promise == "some"
        else result.score == 0
    )


def _gradebook_differences(results: dict[Key, Result], database: Path) -> list[str]:
    """Compare with nbgrader's tables, read as any other program would read them."""
    query = """
        SELECT submitted_assignment.student_id, assignment.name, SUM(grade.auto_score)
        FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment
          ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN assignment ON assignment.id = submitted_assignment.assignment_id
        GROUP BY submitted_assignment.student_id, assignment.name
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as book:
        scores = {(s, a): score or 0.0 for s, a, score in book.execute(query)}
    return [
        f"{key[0]}, {key[1]}: the gradebook has {scores.get(key)}, not {result.score}"
        for key, result in results.items()
        if abs(scores.get(key, -1.0) - result.score) > 1e-6
    ]
