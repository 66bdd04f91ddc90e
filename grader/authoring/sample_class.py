"""Make a sample class from a course's notebooks, grade it, and check the scores.

Its submissions are right, wrong, hostile or damaged, as in practice. Each has a
promise: the share of the points that it must earn. :meth:`SampleClass.broken_promises`
checks the scores against the promises.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.batch import plan, run
from grader.classroom.folder import Classroom
from grader.course import project
from grader.course.course import Course
from grader.errors import ClassError
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import grade_id_of, is_answer, parse_notebook
from grader.records import Assignment, Result, points_text
from grader.reports import class_feedback

Promise = Literal["full", "some", "none"]
Answers = dict[str, str]
Key = tuple[str, str]

# Shorter than for real classes, so that endless loops do not delay the demo.
LIMITS = {"cell_seconds": 10.0, "total_seconds": 240.0, "call_seconds": 10.0}


@dataclass(frozen=True, slots=True)
class SampleSubmission:
    """One submission of the sample class.

    Attributes
    ----------
    student : str
        Name of the student.
    about : str
        A short description.
    promise : Promise
        The share of the points that it must earn.
    answers : callable
        Takes the right and the blank answers; returns the text of each answer cell.
    mangle : callable
        Takes the notebook; returns the bytes of the file, damaged or not.
    """

    student: str
    about: str
    promise: Promise
    answers: Callable[[Answers, Answers], Answers]
    mangle: Callable[[dict[str, Any]], bytes]


# --- answers -------------------------------------------------------------------


def _right(right: Answers, _blank: Answers) -> Answers:
    return right


def _blank(_right: Answers, blank: Answers) -> Answers:
    return blank


def _half(right: Answers, blank: Answers) -> Answers:
    half = len(right) // 2
    return blank | dict(list(right.items())[:half])


def _one_goes_wrong(code: str) -> Callable[[Answers, Answers], Answers]:
    """Answer every cell right except the last with a function; put `code` there."""

    def choose_answers(right: Answers, _blank: Answers) -> Answers:
        functions = [key for key, text in right.items() if "def " in text]
        return right | {functions[-1]: code}

    return choose_answers


def _attack(code: str) -> Callable[[Answers, Answers], Answers]:
    """Answer with objects that equal everything; add `code` to the first answer."""

    def choose_answers(right: Answers, _blank: Answers) -> Answers:
        names = {key: bound_names([text]) for key, text in right.items()}
        lies = {
            key: "\n".join(
                [AGREEABLE, *(f"{name} = Agreeable()" for name in sorted(bound))]
            )
            for key, bound in names.items()
        }
        first = next(iter(lies))
        return lies | {first: f"{lies[first]}\n\n{code}"}

    return choose_answers


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


def _as_saved(notebook: dict[str, Any]) -> bytes:
    return json.dumps(notebook, indent=1).encode()


def _by_colab(notebook: dict[str, Any]) -> bytes:
    """Save as Colab does: format 4.0, no cell ids, Colab's metadata and badge."""
    badge = "https://colab.research.google.com/assets/colab-badge.svg"
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] |= {"id": f"colab{number:04}"}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {
                "executionInfo": {"user": {"displayName": "A Student"}},
                "outputId": f"output{number:04}",
            }
    top = {"cell_type": "markdown", "metadata": {}, "source": f'<img src="{badge}">'}
    notebook["cells"].insert(0, top)
    notebook["metadata"] |= {"colab": {"provenance": []}}
    notebook["nbformat_minor"] = 0
    return _as_saved(notebook)


def _without_metadata(notebook: dict[str, Any]) -> bytes:
    """Remove all metadata and all cell ids, as some editors do."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    notebook["metadata"] = {}
    notebook["nbformat_minor"] = 4
    return _as_saved(notebook)


def _not_json(_notebook: dict[str, Any]) -> bytes:
    return b"%PDF-1.7\n% This is not the notebook you are looking for.\n"


def _submission(
    student: str,
    about: str,
    promise: Promise,
    answers: Callable[[Answers, Answers], Answers] = _right,
    mangle: Callable[[dict[str, Any]], bytes] = _as_saved,
) -> SampleSubmission:
    return SampleSubmission(student, about, promise, answers, mangle)


CLASS: tuple[SampleSubmission, ...] = (
    _submission("all-right", "every answer right", "full"),
    _submission("half-right", "the first half answered", "some", _half),
    _submission("blank", "nothing answered", "none", _blank),
    _submission("raises", "one answer raises", "some", _one_goes_wrong(RAISE)),
    _submission(
        "endless-loop", "one answer never ends", "some", _one_goes_wrong(ENDLESS)
    ),
    _submission("os-exit", "ends the kernel", "none", _attack(EXIT)),
    _submission("memory-bomb", "takes all memory", "none", _attack(MEMORY)),
    _submission("fork-bomb", "starts processes for ever", "none", _attack(FORKS)),
    _submission("patches-numpy", "replaces what tests call", "none", _attack(PATCH)),
    _submission("reads-tests", "looks for the tests", "none", _attack(READ)),
    _submission("from-colab", "right, saved by Colab", "full", mangle=_by_colab),
    _submission(
        "metadata-lost", "right, all labels lost", "full", mangle=_without_metadata
    ),
    _submission("not-json", "a PDF named .ipynb", "none", mangle=_not_json),
)


@dataclass(frozen=True, slots=True)
class SampleClass:
    """A class folder with the sample submissions. Make one with :meth:`make`."""

    course: Course
    classroom: Classroom
    submissions: tuple[SampleSubmission, ...]

    @classmethod
    def make(
        cls, course: Course, folder: Path | None = None, names: Collection[str] = ()
    ) -> SampleClass:
        """Write the sample class.

        Parameters
        ----------
        course
            The course whose notebooks are submitted.
        folder
            The class folder; a new temporary folder if None.
        names
            The assignments to submit. If empty, those that ``demo`` in the course's
            pyproject.toml names, or all.

        Returns
        -------
        SampleClass
            The class. Its folder is not deleted.

        Raises
        ------
        ClassError
            The folder contains other submissions.
        CourseError
            The course has no assignment of such a name.
        """
        existing = course.assignment_names()
        chosen = names or project.demo_assignments(course.root, existing)
        assignments = [course.assignment(name) for name in chosen]
        folder = folder or Path(tempfile.mkdtemp(prefix="grader-demo-"))
        submitted = folder / "submitted"
        _refuse_others(folder, submitted)
        for assignment in assignments:
            for submission in CLASS:
                path = submitted / submission.student / assignment.name
                path /= f"{assignment.notebook}.ipynb"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content(assignment, submission))
        return cls(course, Classroom.open(folder), CLASS)

    def grade(
        self, workers: int | None = None, watcher: run.GradingWatcher | None = None
    ) -> list[Result]:
        """Grade the class.

        Parameters
        ----------
        workers
            Number of worker processes; one for each core if None.
        watcher
            Receives progress.

        Returns
        -------
        list of Result
            A result for each submission.
        """
        planned = plan.plan(self.course, self.classroom)
        options = run.GradingSettings(workers=workers, force=True, limits=LIMITS)
        return list(run.run(self.classroom, planned, options, watcher).values())

    def write_feedback(self) -> list[Path]:
        """Write a feedback page for each submission; return the paths."""
        return class_feedback.write_feedback(self.classroom, self.course)

    def broken_promises(self, results: Iterable[Result]) -> list[str]:
        """Return a sentence for each promise that the results break."""
        promises = {s.student: s.promise for s in self.submissions}
        by_key = {(r.student, r.assignment): r for r in results}
        broken = [
            f"{student}, {assignment}: {points_text(result.score)} of "
            f"{points_text(result.max_score)} points, "
            f"must earn {promises[student]}"
            for (student, assignment), result in by_key.items()
            if not _kept(promises[student], result, self.course[assignment])
        ]
        submitted = {file.key for file in self.classroom.inbox().notebooks}
        broken += [f"{s}, {a}: no result" for s, a in sorted(submitted - by_key.keys())]
        return broken + _gradebook_differences(by_key, self.classroom.gradebook)


def _refuse_others(folder: Path, submitted: Path) -> None:
    """Refuse a folder with submissions of students outside the sample class."""
    students = {submission.student for submission in CLASS}
    others = {path.name for path in submitted.glob("*")} - students
    if others:
        raise ClassError(
            f"{folder} contains other submissions, of {', '.join(sorted(others)[:3])}. "
            "Name an empty folder, or leave out --class to use a new one."
        )


def content(assignment: Assignment, submission: SampleSubmission) -> bytes:
    """Return the content of a sample submission's file.

    Parameters
    ----------
    assignment
        The assignment.
    submission
        Its answers, and how the file is damaged.
    """
    right = answers_in(assignment.source)
    blank = answers_in(assignment.released)
    texts = submission.answers(right, blank)
    notebook = json.loads(assignment.released)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in texts:
            cell["source"] = texts[grade_id]
    return submission.mangle(notebook)


def answers_in(text: str) -> Answers:
    """Return the text of each code answer cell of a notebook by its grade_id."""
    cells = [c for c in parse_notebook(text).cells if is_answer(c)]
    return {str(grade_id_of(c)): c.source for c in cells if c.cell_type == "code"}


def _kept(promise: Promise, result: Result, assignment: Assignment) -> bool:
    # What a person grades has no answer in these submissions, and earns nothing.
    full = sum(
        task.points
        for task in assignment.tasks
        if task.kind == "test" and task.grade_id not in assignment.by_hand
    )
    if promise == "full":
        return result.score >= full
    return 0 < result.score < full if promise == "some" else result.score == 0


def _gradebook_differences(results: dict[Key, Result], database: Path) -> list[str]:
    """Compare results with nbgrader's tables, read with plain SQL."""
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


__all__ = ["CLASS", "SampleClass", "SampleSubmission", "answers_in", "content"]
