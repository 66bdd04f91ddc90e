"""Write a small course that can be graded at once, with a sample class.

The files in ``template/`` are copied. The student copies are made from its sources, and
the sample class from the student copies and the answers in
``template/sample_class/STUDENT/NOTEBOOK.py``.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader import __version__
from grader.authoring.verify import wrong_answers
from grader.course import student_copies
from grader.errors import CourseError

TEMPLATE = Path(__file__).with_name("template")
SAMPLE_CLASS = "sample_class"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DOT = "dot-"


def make_course(folder: Path) -> tuple[Path, ...]:
    """Write a small course into a new folder.

    Parameters
    ----------
    folder
        The folder. It must not exist; its name becomes the course's.

    Returns
    -------
    tuple of Path
        The files that were written, sorted.

    Raises
    ------
    CourseError
        The folder exists, its name cannot be used, or it cannot be written. Nothing
        was written.
    """
    try:
        _check(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Made elsewhere first, so that the folder never has only some of its files.
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as place:
            draft = Path(place) / folder.name
            _fill(draft)
            draft.rename(folder)
    except OSError as error:
        raise CourseError(
            f"{folder}: the course cannot be written there ({error.strerror}); "
            "choose another name, or a place where you may write"
        ) from None
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _check(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        raise CourseError(
            f"{folder}: exists, and nothing in it is overwritten; name a new folder"
        )
    if not _NAME.fullmatch(folder.name):
        raise CourseError(
            f"{folder}: {folder.name!r} cannot name a course, because it becomes "
            "a part of the address; use letters from A to Z, digits, '.', '_' and '-', "
            "beginning with a letter or a digit"
        )


def _fill(course: Path) -> None:
    shutil.copytree(
        TEMPLATE, course, ignore=shutil.ignore_patterns("__pycache__", SAMPLE_CLASS)
    )
    for path in sorted(course.rglob(f"{_DOT}*")):
        path.rename(path.with_name(path.name.replace(_DOT, ".", 1)))
    for path in course.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = text.replace("my-course", course.name)
            path.write_text(text.replace("==0.0.0", f"=={__version__}"), "utf-8")
    student_copies.write(course)
    for student, copy, answers in _sample_class(course):
        place = course / SAMPLE_CLASS / "submitted" / student / copy.stem / copy.name
        place.parent.mkdir(parents=True)
        place.write_text(_answered(copy.read_text("utf-8"), answers), "utf-8")


def _sample_class(course: Path) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """Yield students, the copies that they work in, and their answers by exercise."""
    copies = {copy.path.stem: copy.path for copy in student_copies.copies(course)}
    for path in sorted((TEMPLATE / SAMPLE_CLASS).glob("*/*.py")):
        cells = wrong_answers.parse(path.read_text(encoding="utf-8"), str(path))
        answers = {cell.name: cell.source.rstrip("\n") for cell in cells}
        yield path.parent.name, copies[path.stem], answers


def _answered(copy: str, answers: dict[str, str]) -> str:
    notebook = json.loads(copy)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


__all__ = ["SAMPLE_CLASS", "TEMPLATE", "make_course"]
