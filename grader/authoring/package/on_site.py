"""Grade one submission where a package is installed, and write its results file.

The submission is collected and graded like a class of one student, in a temporary class
folder. Whatever was submitted, in whatever form, gets the grade that ``grader grade``
gives, and an explanation.
"""

from __future__ import annotations

import json
import os
import stat
import tarfile
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from grader.batch.plan import plan
from grader.batch.run import GradingSettings, run
from grader.classroom.folder import Classroom
from grader.collect.collect import CollectSettings, collect
from grader.collect.filing import CollectRow
from grader.course.course import Course
from grader.errors import ClassError, CourseError, GraderError, UsageError
from grader.execution.limits import Sandbox
from grader.records import Assignment, Result
from grader.reports.platforms.sheet import sheet
from grader.reports.platforms.table import results_file

COURSE = "course"
SETTINGS = "package.json"
STUDENT = "student"
NO_FILE = "No file was submitted. Submit your notebook, the .ipynb file, again."
FAILED = (
    "The grader failed, and you are not to blame: no points are lost. Tell your "
    "instructor, who can read what went wrong and grade it again."
)
#: The most bytes that are read of a submission that arrives as a stream.
MOST_BYTES = 1 << 30
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a package, in its ``package.json``.

    Attributes
    ----------
    target : str
        The system that the package is for.
    assignment : str
        The assignment that it grades.
    sandbox : str
        The sandbox for student code.
    visibility : str
        When students see the tests, if the system can hide them.
    """

    target: str
    assignment: str
    sandbox: Sandbox
    visibility: str = "visible"

    def to_json(self) -> str:
        """Return the settings as ``package.json`` holds them."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """Read the settings of the package that is unpacked in `folder`."""
        return cls(**json.loads((folder / SETTINGS).read_text("utf-8")))


def grade_folder(package: Path, submission: Path) -> dict[str, Any]:
    """Grade the files in a folder.

    Parameters
    ----------
    package
        The folder in which the package is unpacked.
    submission
        The folder with the student's files.

    Returns
    -------
    dict
        The content of the results file. Nothing that a student submits, and no fault of
        the grader, raises an exception.
    """
    return _graded(package, partial(copy_files, submission))


def grade_stream(package: Path, archive: BinaryIO) -> dict[str, Any]:
    """Grade the files in an archive that is read from a stream; see `grade_folder`."""
    return _graded(package, partial(_save, archive))


def _save(archive: BinaryIO, folder: Path) -> None:
    """Write an archive into a folder, unless there are no files in it."""
    path, left = folder / "submission.tar", MOST_BYTES
    with path.open("wb") as file:
        while left > 0 and (piece := archive.read(min(_PIECE, left))):
            file.write(piece)
            left -= len(piece)
    # The collector would call an archive without files a damaged one.
    with suppress(tarfile.TarError), tarfile.open(path) as saved:
        if saved.next() is None:
            path.unlink()


def _graded(package: Path, stage: Callable[[Path], None]) -> dict[str, Any]:
    settings = Settings.read(package)
    output = results_file(settings.target)
    try:
        with tempfile.TemporaryDirectory(prefix="submission-") as work:
            download = Path(work, "download")
            (download / STUDENT).mkdir(parents=True)
            stage(download / STUDENT)
            return _results(settings, Course.open(package / COURSE), Path(work))
    except GraderError as error:
        print(f"grader: {error}")
    except Exception:  # noqa: BLE001 - a results file is written, whatever happens
        print(traceback.format_exc())
    return output.message(FAILED, grader_failed=True)


def _results(settings: Settings, course: Course, work: Path) -> dict[str, Any]:
    output = results_file(settings.target)
    rows = _collected(settings, course, work)
    if not rows:
        return output.message(NO_FILE)
    filed = [row for row in rows if row.assignment]
    if not filed:
        return output.message(_not_matched(rows))
    classroom = Classroom.open(work / "class")
    result = _grade(settings, course, classroom)
    print(result)
    notebooks, _ = course.read(settings.assignment)
    about = (*_graded_files(filed), *_left_over(work / "class", notebooks))
    return output.make(sheet(notebooks, result, about), settings.visibility)


def _collected(settings: Settings, course: Course, work: Path) -> list[CollectRow]:
    """Collect the staged files into a class folder; return no rows without files."""
    roster = work / "roster.csv"
    roster.write_text(f"id\n{STUDENT}\n", "utf-8")
    options = CollectSettings(assignment=settings.assignment, roster=roster)
    try:
        return collect(work / "download", work / "class", course, options)
    except UsageError as error:
        if isinstance(error, CourseError | ClassError):
            raise
        # There are only files that nobody submits on purpose, such as those of macOS.
        print(f"grader: {error}")
        return []


def _grade(settings: Settings, course: Course, classroom: Classroom) -> Result:
    planned = plan(course, classroom, [settings.assignment])
    options = GradingSettings(workers=1, sandbox=settings.sandbox)
    (result,) = run(classroom, planned, options).values()
    return result


def _not_matched(rows: Sequence[CollectRow]) -> str:
    """Return the reasons why no file of a submission belongs to the assignment."""
    reasons = [f"- {Path(row.source).name}: {'; '.join(row.notes)}" for row in rows]
    text = "None of your files can be graded. Submit your notebook, the .ipynb file."
    return "\n".join([text, *reasons])


def _graded_files(rows: Sequence[CollectRow]) -> Iterator[str]:
    """Yield sentences on the notebooks that were graded, and how they were renamed."""
    for row in rows:
        if row.status != "refused":
            named = [name for name in row.files if name.endswith(".ipynb")]
            yield f"Graded: {', '.join(named)}."
            yield from (f"- {repair}" for repair in row.repairs)


def _left_over(room: Path, notebooks: Sequence[Assignment]) -> Iterator[str]:
    """Yield a sentence about further notebooks of the submission, if there are any."""
    others = len(list(room.glob("earlier/**/*.ipynb")))
    if others:
        count = "1 more notebook" if others == 1 else f"{others} more notebooks"
        names = ", ".join(f"{notebook.notebook}.ipynb" for notebook in notebooks)
        yield (
            f"Your files held {count} for this assignment, which did not count. "
            f"Submit one file for each of: {names}."
        )


def copy_files(source: Path, target: Path) -> None:
    """Copy the regular files below a folder; links and hidden files are left out.

    Parameters
    ----------
    source
        The folder with the student's files.
    target
        Where the copies are written.
    """
    for folder, names, files in os.walk(source):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                place = target / Path(folder).relative_to(source) / name
                _copy_regular(Path(folder, name), place)


def _copy_regular(source: Path, target: Path) -> None:
    """Copy a regular file, without waiting for a pipe or following a link."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(source, flags)
    except OSError as error:
        print(f"passed over: {source}: {error.strerror}")
        return
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            print(f"passed over: {source}: not a regular file")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as copy:
            while piece := file.read(_PIECE):
                copy.write(piece)


__all__ = [
    "COURSE",
    "SETTINGS",
    "Settings",
    "copy_files",
    "grade_folder",
    "grade_stream",
]
