"""A class folder: the students' submissions, and everything that grading writes.

::

    CLASS/
    ├── submitted/STUDENT/ASSIGNMENT/*.ipynb    grading only reads these
    ├── autograded/STUDENT/ASSIGNMENT/NB.ipynb  the notebook as it ran; for instructors
    ├── feedback/STUDENT/ASSIGNMENT/NB.html     the page for the student
    ├── source/ASSIGNMENT/                      empty; formgrader needs it
    ├── gradebook.db                            nbgrader's database
    └── results.jsonl                           one Result per line, the last one counts

Everything in ``submitted/`` is untrusted. A student's folder may contain a link to the
gradebook or to another student's submission, so no link in the class folder is
followed, neither when listing nor when reading.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from grader.classroom import results_file
from grader.errors import ClassError
from grader.files import plain_name, replace_file
from grader.records import Graded, Result, Submission
from grader.submissions.disguised import disguised
from grader.submissions.own_files import read_own_files
from grader.submissions.read import TIMESTAMP, read_submission

Step = Literal["submitted", "autograded", "feedback"]

LOCK = ".grading"
_LITTER = {".ipynb_checkpoints", ".DS_Store"}


class SubmissionKey(NamedTuple):
    """The student and the assignment of a submission."""

    student: str
    assignment: str


class SubmittedFile(NamedTuple):
    """A notebook in the class folder: ``submitted/STUDENT/ASSIGNMENT/FILE.ipynb``."""

    student: str
    assignment: str
    path: Path

    @property
    def key(self) -> SubmissionKey:
        """The submission that the file belongs to."""
        return SubmissionKey(self.student, self.assignment)


@dataclass(frozen=True, slots=True)
class Inbox:
    """The content of ``submitted/``.

    Attributes
    ----------
    notebooks : tuple of SubmittedFile
        Usable notebooks, sorted by student, assignment and file name.
    ignored : tuple of str
        One sentence for each file or folder that is ignored.
    """

    notebooks: tuple[SubmittedFile, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class folder that exists. Create one with :meth:`open`."""

    root: Path

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Classroom:
        """Return the class folder at ``path``.

        Raises
        ------
        ClassError
            If the folder or its ``submitted/`` is missing or a link.
        """
        root = Path(path).expanduser().resolve()
        if not root.is_dir():
            raise ClassError(_no_folder(root))
        submitted = root / "submitted"
        if submitted.is_symlink() or not submitted.is_dir():
            raise ClassError(_no_submitted(submitted))
        return cls(root)

    @property
    def gradebook(self) -> Path:
        """Path of nbgrader's SQLite database, unless the caller names another."""
        return self.root / "gradebook.db"

    @property
    def results(self) -> Path:
        """Path of the file with the results, one JSON object per line."""
        return self.root / "results.jsonl"

    def folder(self, step: Step, student: str, assignment: str) -> Path:
        """Return the folder of one submission at one step; it need not exist.

        Parameters
        ----------
        step
            The subfolder of the class folder.
        student, assignment
            The student, and the assignment.

        Raises
        ------
        ClassError
            If a name could lead out of the class folder.
        """
        return self.root / step / plain_name(student) / plain_name(assignment)

    def inbox(
        self, assignments: Collection[str] | None = None, student: str | None = None
    ) -> Inbox:
        """List the submitted notebooks, and the files that are ignored.

        Parameters
        ----------
        assignments
            Only these assignments; None means all.
        student
            Only this student; None means all.
        """
        notebooks: list[SubmittedFile] = []
        ignored: list[str] = []
        for person in self._folders(self.root / "submitted", ignored):
            if student not in (None, person.name):
                continue
            for folder in self._folders(person, ignored):
                if assignments is None or folder.name in assignments:
                    notebooks += self._notebooks(person.name, folder, ignored)
        return Inbox(tuple(notebooks), tuple(ignored))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock of this class folder, so that no other process grades into it.

        Raises
        ------
        ClassError
            If another process holds it.
        """
        with (self.root / LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ClassError(
                    f"{self.root} is being graded by another process. Wait until it "
                    "ends, or stop it. Nothing was changed."
                ) from None
            yield

    def read(self, file: SubmittedFile, given: Collection[str] = ()) -> Submission:
        """Read a submitted notebook and the files beside it, without following links.

        Its time comes from nbgrader's ``timestamp.txt`` beside the notebook; it is None
        if that file is missing or cannot be understood.

        Parameters
        ----------
        file
            The notebook.
        given
            Paths of files that the assignment puts beside it; the student's own files
            of these names are left out.

        Raises
        ------
        SubmissionError
            If the file is a link, not a plain file, too large, or cannot be read.
        """
        submission = read_submission(file.student, file.assignment, file.path)
        own = read_own_files(file.path.parent, given)
        return replace(submission, files=own.files, left_out=own.left_out)

    def write_autograded(
        self, graded: Graded, notebook: str, submitted: str | None = None
    ) -> Path:
        """Write the notebook as it ran to the place where nbgrader looks for it.

        Parameters
        ----------
        graded
            A result, and the notebook as it ran.
        notebook
            The notebook's name, without ``.ipynb``.
        submitted
            ISO 8601 time of the submission, written beside the notebook for nbgrader.

        Returns
        -------
        Path
            The notebook.
        """
        result = graded.result
        folder = self.folder("autograded", result.student, result.assignment)
        path = folder / f"{plain_name(notebook)}.ipynb"
        replace_file(path, graded.notebook, durable=True)
        if submitted is not None:
            replace_file(folder / TIMESTAMP, f"{submitted}\n")
        # Without this folder, formgrader does not list the assignment.
        listed = self.root / "source" / plain_name(result.assignment)
        listed.mkdir(parents=True, exist_ok=True)
        return path

    def copy_submitted(self, root: Path) -> Classroom:
        """Copy ``submitted/`` into another class folder; links are left out.

        Parameters
        ----------
        root
            The other class folder, which must not hold submissions.
        """
        source = self.root / "submitted"

        def links(folder: str, names: list[str]) -> set[str]:
            return {name for name in names if Path(folder, name).is_symlink()}

        shutil.copytree(source, root / "submitted", ignore=links)
        return Classroom.open(root)

    def append_result(self, result: Result) -> None:
        """Append a result to ``results.jsonl``; it replaces earlier ones.

        An incomplete line that an interrupted run left is removed first.
        """
        results_file.append(self.results, result)

    def read_results(self) -> dict[tuple[str, str], Result]:
        """Return the latest result for each ``(student, assignment)``, sorted.

        A last line that is incomplete is ignored.

        Raises
        ------
        ClassError
            If any other line is not a result.
        """
        latest = {
            (result.student, result.assignment): result for result in self.logged()
        }
        return dict(sorted(latest.items()))

    def logged(self) -> Iterator[Result]:
        """Return all results, including outdated ones, in the order they were written.

        Raises
        ------
        ClassError
            If a line is not a result, unless it is an incomplete last line.
        """
        return results_file.read(self.results)

    def _folders(self, parent: Path, ignored: list[str]) -> Iterator[Path]:
        for entry in self._entries(parent, ignored):
            if entry.is_dir():
                yield Path(entry.path)

    def _notebooks(
        self, student: str, folder: Path, ignored: list[str]
    ) -> Iterator[SubmittedFile]:
        files = [entry for entry in self._entries(folder, ignored) if entry.is_file()]
        notebooks = [Path(file.path) for file in files if _is_named_notebook(file.name)]
        notebooks += disguised((Path(file.path) for file in files), notebooks)
        for path in sorted(notebooks):
            yield SubmittedFile(student, folder.name, path)
        if not notebooks:
            ignored.append(f"{self._relative(folder)}: holds no notebook (*.ipynb)")

    def _entries(self, folder: Path, ignored: list[str]) -> list[os.DirEntry[str]]:
        """Return the usable entries of a folder, sorted by name; links never are."""
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            ignored.append(f"{self._relative(folder)}: {error.strerror}")
            return []
        reasons = {entry.path: _unusable(entry) for entry in entries}
        ignored += [
            f"{self._relative(path)}: {why}" for path, why in reasons.items() if why
        ]
        return [entry for entry in entries if reasons[entry.path] is None]

    def _relative(self, path: str | Path) -> str:
        relative = str(Path(path).relative_to(self.root))
        return relative.encode("utf-8", "backslashreplace").decode()


def _is_named_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb")


def _unusable(entry: os.DirEntry[str]) -> str | None:
    """Return why an entry is ignored, "" for no message; None if it is usable."""
    if entry.is_symlink():
        return "a link, not followed"
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8; rename it"
    if entry.name in _LITTER:
        return ""
    return "hidden" if entry.name.startswith(".") else None


def _no_folder(root: Path) -> str:
    return (
        f"No class folder at {root}. Name the folder that contains submitted/ with "
        "--class FOLDER, or make a class with: grader collect SOURCE --class FOLDER"
    )


def _no_submitted(submitted: Path) -> str:
    return (
        f"No folder {submitted}. It must be a folder, not a link, and contain "
        "STUDENT/ASSIGNMENT/NOTEBOOK.ipynb. To fill it: grader collect SOURCE "
        "--class FOLDER"
    )


__all__ = [
    "Classroom",
    "Inbox",
    "Step",
    "SubmissionKey",
    "SubmittedFile",
]
